"""Figures worked out over many records: how fast we answer, and how many we reach."""
