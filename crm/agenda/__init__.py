"""What waits for the one who has just sat down."""
