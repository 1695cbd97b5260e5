"""What is typed about a mailing list and those on it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from crm.forms import Form
from crm.names import search_key
from db.models.lists import ConsentHow

MOST_AT_ONCE = 20_000


def _filled(typed: str) -> str:
    if not search_key(typed):
        raise PydanticCustomError("list_name_missing", "a list needs a name")
    return typed


def _stated(how: object) -> object:
    if how is None:
        raise PydanticCustomError("consent_how_missing", "a yes is said in some way")
    return how


Name = Annotated[str, StringConstraints(max_length=200), AfterValidator(_filled)]
Source = Annotated[str, StringConstraints(max_length=300)]


class MailingListDetails(Form):
    """`needs_consent`: nobody on it is written to before they have said yes."""

    name: Name
    about: Annotated[str, StringConstraints(max_length=2_000)] = ""
    needs_consent: bool = True


class NewMailingList(MailingListDetails):
    """`token` is one saving of one form: the same token twice is one list."""

    token: str | None = None


class ChangedMailingList(MailingListDetails):
    version: int


class Consent(Form):
    """When somebody said yes, how, and where it can be seen: "påmeldingen til landsmøtet 2026"."""

    given_on: date
    how: Annotated[ConsentHow, BeforeValidator(_stated)]
    source: Source = ""


class PutOnList(Form):
    """`consent` is one that all of these have given in the same way, such as by a form they filled in."""

    person_ids: Annotated[tuple[int, ...], Field(max_length=MOST_AT_ONCE)] = ()
    organisation_ids: Annotated[tuple[int, ...], Field(max_length=MOST_AT_ONCE)] = ()
    consent: Consent | None = None


class Unsubscribed(Form):
    """`on` is the day they said no; `source` where: "svarte på nyhetsbrevet"."""

    version: int
    on: date
    source: Source = ""
