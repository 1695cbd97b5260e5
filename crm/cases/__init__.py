"""Members' calls and mails: who, what, when, and how it went."""
