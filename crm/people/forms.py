"""What is typed about persons, their posts and how to reach them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from crm.forms import Form
from db.models.people import ContactKind, PostKind

Name = Annotated[str, StringConstraints(max_length=200)]
Label = Annotated[str, StringConstraints(max_length=100)]
Raw = Annotated[str, StringConstraints(max_length=500)]


class NewPerson(Form):
    name: Name

    @model_validator(mode="after")
    def _has_a_name(self) -> Self:
        if not self.name:
            raise PydanticCustomError("person_name_missing", "a person needs a name")
        return self


class NewPost(Form):
    """`since` None: for longer than anybody wrote down."""

    person_id: int
    organisation_id: int
    title: Name = ""
    kind: PostKind = PostKind.EMPLOYEE
    since: date | None = None


class EndedPost(Form):
    """`until` is the last day in the post."""

    version: int
    until: date


class NewContactPoint(Form):
    """As it was written; a number that cannot be read is kept and marked, never refused."""

    kind: ContactKind
    raw: Raw
    label: Label = ""
    person_id: int | None = None
    organisation_id: int | None = None

    @model_validator(mode="after")
    def _belongs_to_one(self) -> Self:
        if not self.raw:
            raise PydanticCustomError("contact_missing", "nothing was written")
        if (self.person_id is None) == (self.organisation_id is None):
            raise PydanticCustomError("contact_owner", "a person's or an organisation's, not both")
        return self


class EndedContactPoint(Form):
    """`until` is the last day the number or address was in use: kept as an old one, so that old calls still make sense."""

    version: int
    until: date
