"""What a colleague types about tags."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from crm.forms import Form
from crm.names import search_key

LONGEST_NAME = 60


def _one_line(typed: str) -> str:
    name = " ".join(typed.split())
    if not search_key(name):
        raise PydanticCustomError("tag_name_missing", "a tag needs a letter or a number")
    if len(name) > LONGEST_NAME:
        raise PydanticCustomError("tag_name_long", "a tag is a word or a few")
    return name


Name = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_one_line)]


class TagName(Form):
    name: Name


class ChangedTags(Form):
    """What was put on and taken off since the screen was drawn, not the whole set: a colleague's tags stay."""

    put: tuple[Name, ...] = Field(default=(), max_length=50)
    taken_off: tuple[int, ...] = Field(default=(), max_length=50)
