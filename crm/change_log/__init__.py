"""The change log: who did what and when, newest first, said in the reader's language."""
