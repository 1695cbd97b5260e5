"""What is chosen when two become one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from crm.forms import Form


class Pick(StrEnum):
    """Whose value stays: that of the one that stays, that of the one that is merged into it, or, of notes, both."""

    KEPT = "kept"
    MERGED = "merged"
    BOTH = "both"


# In the order in which they are laid side by side. What is missing here is no fact about the organisation: keys, versions.
ORGANISATION_FIELDS = (
    "name",
    "org_number",
    "municipality_number",
    "owner_form",
    "owner_municipality_number",
    "governs_number",
    "parent_id",
    "website",
    "note",
)
PERSON_FIELDS = ("name", "languages", "note")


class _Merge(Form):
    """`picks` of fields that are not named there are the kept one's, or the other's where the kept one has none."""

    kept_id: int
    merged_id: int
    kept_version: int
    merged_version: int
    picks: Mapping[str, Pick] = {}

    @model_validator(mode="after")
    def _are_two(self) -> Self:
        if self.kept_id == self.merged_id:
            raise PydanticCustomError("merge_needs_two", "one and the same")
        if any(pick is Pick.BOTH for field, pick in self.picks.items() if field != "note"):
            raise PydanticCustomError("merge_both_only_notes", "only notes can be put together")
        return self


class MergedPersons(_Merge):
    pass


class MergedOrganisations(_Merge):
    """`on` is the first day as one. `persons` are pairs, (who stays, who is the same one), merged in the same action."""

    on: date
    persons: tuple[tuple[int, int], ...] = ()


def preset(field: str, kept: Any, merged: Any) -> Pick:
    """What we propose: nothing that is known gets lost."""
    if field == "note" and kept and merged and kept != merged:
        return Pick.BOTH
    return Pick.KEPT if kept or not merged else Pick.MERGED


def picked(pick: Pick, kept: Any, merged: Any) -> Any:
    if pick is Pick.BOTH:
        return "\n\n".join(dict.fromkeys(note for note in (kept, merged) if note))
    return merged if pick is Pick.MERGED else kept
