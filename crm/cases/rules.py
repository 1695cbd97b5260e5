"""Decisions about a call that need no database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from crm.contact_details import read_phones
from crm.errors import Refused
from db.models.cases import Channel, MessageChannel, TimeQuality

# Clocks differ by seconds and a call is written down a moment after it began; what lies further back is from memory.
RECONSTRUCTED_FROM = timedelta(minutes=5)
UNDO_WITHIN = timedelta(minutes=15)
EARLIEST_YEAR = 2000

ANSWERED_BY: dict[Channel, MessageChannel] = {
    Channel.PHONE: MessageChannel.PHONE,
    Channel.EMAIL: MessageChannel.EMAIL,
    Channel.MEETING: MessageChannel.MEETING,
    Channel.OTHER: MessageChannel.OTHER,
}


@dataclass(frozen=True)
class Received:
    at: datetime
    quality: TimeQuality


def received(typed: datetime | None, *, opened_at: datetime | None, now: datetime) -> Received:
    """When the call came. Untouched: when the form's first word was typed, exact however late the save.

    Set to more than five minutes ago it is reconstructed, unless to that very minute.
    Raises Refused: received_in_future, or received_too_long_ago for a mistyped year.
    """
    if typed is None:
        return Received(min(opened_at or now, now), TimeQuality.EXACT)
    if typed > now + timedelta(minutes=1):
        raise Refused("received_in_future")
    if typed.year < EARLIEST_YEAR:
        raise Refused("received_too_long_ago")
    if opened_at is not None and opened_at <= now and abs(typed - opened_at) < timedelta(minutes=1):
        return Received(opened_at, TimeQuality.EXACT)  # the field shows whole minutes
    exact = now - typed <= RECONSTRUCTED_FROM
    return Received(min(typed, now), TimeQuality.EXACT if exact else TimeQuality.RECONSTRUCTED)


def caller_phone(who: str) -> str | None:
    """The number in what was typed about the caller, as E.164: when it rings again, its cases are found."""
    return next((phone.e164 for phone in read_phones(who) if phone.valid), None)


def caller_text(who: str, *, is_known: bool) -> str:
    """A house we know needs no scrap of its name beside it; for a stranger the scrap is all we have."""
    return "" if is_known else who
