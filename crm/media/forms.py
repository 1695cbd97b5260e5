"""What a colleague types about a journalist's inquiry."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, Field, StringConstraints
from pydantic_core import PydanticCustomError

from crm.forms import Form
from db.models.cases import Channel, Medium, MessageChannel, Outcome

Token = Annotated[str, StringConstraints(min_length=1, max_length=43)]
PersonName = Annotated[str, StringConstraints(max_length=200)]
OutletName = Annotated[str, StringConstraints(max_length=300)]


def _said(question: str) -> str:
    if not question:
        raise PydanticCustomError("question_missing", "nothing was asked")
    return question


Question = Annotated[str, StringConstraints(max_length=20_000), AfterValidator(_said)]


class Asked(Form):
    """Who asks what, for when. An id is somebody known; a name without an id is somebody new, unless it is known after all.

    `deadline_at` is on the wall clock, nights and weekends included; None: no deadline.
    """

    outlet_id: int | None = None
    outlet: OutletName = ""
    journalist_id: int | None = None
    journalist: PersonName = ""
    medium: Medium | None = None
    question: Question
    channel: Channel = Channel.PHONE
    deadline_at: AwareDatetime | None = None


class NewInquiry(Asked):
    """`opened_at` is when its first word was typed, None when its draft tells; that is when it came, unless `received_at` says
    otherwise.

    `contact` is the journalist's number or address as it was said; unreadable ones are kept as they are.
    """

    contact: Annotated[str, StringConstraints(max_length=300)] = ""
    received_at: AwareDatetime | None = None
    opened_at: AwareDatetime | None = None
    token: Token


class ChangedInquiry(Asked):
    """`version` is the one the screen showed."""

    received_at: AwareDatetime
    version: int


def _answers(outcome: Outcome | None) -> Outcome | None:
    if outcome is Outcome.WITHDRAWN:
        raise PydanticCustomError("withdrawn_is_no_answer", "what the journalist took back was not answered")
    return outcome


class Answer(Form):
    """`at` None is now. `closes`: nothing more is expected of us."""

    text: str = Field(default="", max_length=20_000)
    channel: MessageChannel = MessageChannel.PHONE
    at: AwareDatetime | None = None
    outcome: Annotated[Outcome | None, AfterValidator(_answers)] = None
    closes: bool = True
    token: Token | None = None


class Closing(Form):
    """`outcome` None: closed, and nothing is known of what came of it."""

    outcome: Outcome | None = None
    at: AwareDatetime | None = None
