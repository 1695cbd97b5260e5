"""The stored words of persons, for screens: they never touch the tables themselves."""

from __future__ import annotations

from db.models.people import AddressUse, ContactChannel, ContactKind, LegalBasis, PostKind

__all__ = ["IN_OFFICE", "LANGUAGES", "AddressUse", "ContactChannel", "ContactKind", "LegalBasis", "PostKind"]

# Only these may carry a party: the table says so too.
IN_OFFICE = (PostKind.ELECTED, PostKind.NOMINATED)

# Offered in this order; others can come with an import.
LANGUAGES = ("nb", "nn", "se", "sma", "smj", "fkv", "en", "sv", "da", "fi", "de", "fr", "es", "pl", "uk", "ar")
