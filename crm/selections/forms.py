"""What is typed about a selection when it is saved."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, StringConstraints
from pydantic_core import PydanticCustomError

from crm.forms import Form
from crm.names import search_key
from crm.selections.outgoing import Purpose
from crm.selections.wanted import Wanted


def _filled(typed: str) -> str:
    if not search_key(typed):
        raise PydanticCustomError("selection_name_missing", "a selection needs a name")
    return typed


class NewSelection(Form):
    """`token` is one saving of one form: the same token twice is one selection."""

    name: Annotated[str, StringConstraints(max_length=200), AfterValidator(_filled)]
    wanted: Wanted
    columns: tuple[str, ...]
    token: str | None = None


class ExportFormat(StrEnum):
    WORKBOOK = "workbook"
    CSV = "csv"
    CARDS = "cards"  # vCard, of persons alone
    EVERYTHING = "everything"  # of persons alone: all there is of each, as our import reads it back equal
    LABELS = "labels"
    ADDRESSES = "addresses"  # for the blind copy of the mail program


class Export(Form):
    """`chosen` None is everybody in the selection. `selection_id` is the saved one it was made from, for the change log.

    `with_unsubscribed` is for what people get as members although they have left a mailing list.
    """

    wanted: Wanted
    format: ExportFormat
    purpose: Purpose
    columns: tuple[str, ...] = ()
    chosen: tuple[int, ...] | None = None
    with_unsubscribed: bool = False
    selection_id: int | None = None


class ChangedSelection(NewSelection):
    version: int
