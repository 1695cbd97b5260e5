"""The action plan: its words, our readings of them, and how far they are met."""
