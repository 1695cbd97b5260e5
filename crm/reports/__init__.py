"""A quarter of the plan put into words: what the screens and the written report say alike."""
