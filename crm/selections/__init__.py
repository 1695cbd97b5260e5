"""Selections: filters over persons and organisations whose members are worked out when they are looked at."""
