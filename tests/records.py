"""One record of each kind that tags, tasks and attachments can hang on."""

from __future__ import annotations

import secrets
from datetime import date, time

from crm.cases.commands import open_case
from crm.cases.forms import NewCase
from crm.context import Context
from crm.media.commands import open_inquiry
from crm.media.forms import NewInquiry
from crm.members.commands import add_house
from crm.members.forms import NewHouse
from crm.networks.body_commands import add_body
from crm.networks.commands import log_meeting
from crm.networks.forms import NewBody, NewMeeting, Rhythm
from crm.people.commands import add_person
from crm.people.forms import NewPerson
from crm.records import Kind, Record
from db.models.meetings import Cadence


def house(ctx: Context, name: str = "Fjordglimt kulturhus") -> Record:
    return Record(Kind.ORGANISATION, add_house(ctx, NewHouse.checked(name=name)))


def person(ctx: Context, name: str = "Kjærsti Øyen") -> Record:
    return Record(Kind.PERSON, add_person(ctx, NewPerson(name=name)))


def case(ctx: Context, what: str = "Gjelder TONO også foajeen?") -> Record:
    new = NewCase(token=secrets.token_urlsafe(24), what=what, answered=False)
    return Record(Kind.CASE, open_case(ctx, new))


def inquiry(ctx: Context) -> Record:
    new = NewInquiry(token=secrets.token_urlsafe(24), question="Hvor mange hus har billettavgift?")
    return Record(Kind.INQUIRY, open_inquiry(ctx, new))


def meeting(ctx: Context) -> Record:
    rhythm = Rhythm(since=date(2026, 1, 1), cadence=Cadence.QUARTERLY, minimum=1)
    body = add_body(ctx, NewBody(name="Kulturalliansen", rhythm=rhythm))
    new = NewMeeting(
        body_id=body, is_held=False, day=date(2026, 12, 2), starts=time(10), token=secrets.token_urlsafe(24)
    )
    return Record(Kind.MEETING, log_meeting(ctx, new))


def one_of_each(ctx: Context) -> list[Record]:
    """In the order of `Kind`."""
    return [house(ctx), person(ctx), case(ctx), inquiry(ctx), meeting(ctx)]
