"""Two that are one: finding them, laying them side by side, and making one of them with all its history."""
