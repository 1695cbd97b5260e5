"""What a colleague types about one step of a correspondence."""

from __future__ import annotations

from enum import StrEnum

from pydantic import AwareDatetime, Field

from crm.forms import Form
from db.models.cases import Author, Direction, MessageChannel


class MessageKind(StrEnum):
    """What colleagues choose between; direction, author and holding follow from it."""

    REPLY = "reply"
    HOLDING = "holding"  # "we ring you back"
    INCOMING = "incoming"
    NOTE = "note"  # to ourselves
    AUTOREPLY = "autoreply"

    @property
    def direction(self) -> Direction:
        return {MessageKind.INCOMING: Direction.INBOUND, MessageKind.NOTE: Direction.INTERNAL}.get(
            self, Direction.OUTBOUND
        )

    @property
    def author(self) -> Author:
        return Author.AUTOMATIC if self is MessageKind.AUTOREPLY else Author.HUMAN


class NewMessage(Form):
    """`at` None is now. `channel` is not asked for a note. `token`: one saving of one form, see `steps.add_message`."""

    kind: MessageKind
    channel: MessageChannel = MessageChannel.PHONE
    text: str = Field(default="", max_length=20_000)
    at: AwareDatetime | None = None
    token: str | None = Field(default=None, max_length=43)
