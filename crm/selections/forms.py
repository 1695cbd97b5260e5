"""What is typed about a selection when it is saved."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, StringConstraints
from pydantic_core import PydanticCustomError

from crm.forms import Form
from crm.names import search_key
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


class ChangedSelection(NewSelection):
    version: int
