"""When the office is open."""
