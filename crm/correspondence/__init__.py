"""The correspondence of a support case or a press inquiry, and the clocks read from it."""
