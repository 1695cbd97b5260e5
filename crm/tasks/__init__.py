"""Tasks: what somebody is to do, by a day, on a record or on none."""
