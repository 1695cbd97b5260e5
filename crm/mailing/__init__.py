"""Mailing lists: who is on them by name, who said yes and how, and who said no for good."""
