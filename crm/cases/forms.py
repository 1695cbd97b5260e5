"""What a colleague types with a phone on the shoulder: who or nobody, and what. Nothing else is asked."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Self

from pydantic import AwareDatetime, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from crm.forms import Form
from db.models.cases import Channel

LONGEST_WHAT = 20_000

Who = Annotated[str, StringConstraints(max_length=300)]
What = Annotated[str, StringConstraints(max_length=LONGEST_WHAT)]
Token = Annotated[str, StringConstraints(min_length=16, max_length=43)]


class Caller(Form):
    """`who` as it was typed; with a house or person chosen it is only looked through for a phone number."""

    who: Who = ""
    organisation_id: int | None = None
    person_id: int | None = None


class CaseText(Caller):
    what: What

    @model_validator(mode="after")
    def _something_is_said(self) -> Self:
        if not self.what:
            raise PydanticCustomError("what_missing", "a case without a word is none")
        return self


class NewCase(CaseText):
    """`answered` is "Besvart nå": nothing is left to do. `token` belongs to one filling of the form, so clicking twice saves once.

    `received_at` None is now, or the moment the first word was typed, when that is known: `opened_at`, else its draft's.
    """

    token: Token
    answered: bool
    channel: Channel = Channel.PHONE
    topic_id: int | None = None
    received_at: AwareDatetime | None = None
    opened_at: datetime | None = None


class CorrectedCase(CaseText):
    version: int
