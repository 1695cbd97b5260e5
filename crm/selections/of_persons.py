"""What a selection can ask of the person or organisation itself: marks, lists, and how it is reached."""

from __future__ import annotations
