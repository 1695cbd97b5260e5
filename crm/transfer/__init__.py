"""Lists from outside, read into the house."""
