"""An office with two years of work on a small scale, and one record for each screen that shows one."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Browser
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm.attachments.commands import add_attachment
from crm.attachments.forms import NewFile
from crm.context import Context
from crm.demo.filling import STAFF, fill
from crm.drafts.commands import keep_draft
from crm.mailing.commands import make_mailing_list, put_on_list
from crm.mailing.forms import Consent, NewMailingList, PutOnList
from crm.members.commands import add_house
from crm.members.forms import NewHouse
from crm.people.queries import find_callers
from crm.records import Kind, Record
from crm.selections.columns import DEFAULT_COLUMNS
from crm.selections.commands import save_selection
from crm.selections.conditions import InCounty
from crm.selections.forms import NewSelection
from crm.selections.wanted import Wanted
from crm.tags.commands import change_tags
from crm.tags.forms import ChangedTags
from crm.tasks.commands import add_task
from crm.tasks.forms import NewTask
from db.engine import Database
from db.models.cases import Inquiry, Message
from db.models.house_keeping import DraftKind
from db.models.lists import ConsentHow, ListedKind, MailingList, MailingListMember, Selection
from db.models.meetings import Attendance
from db.models.organisations import Membership, Organisation, OrganisationKind
from db.models.people import DoNotContact, Person, Post
from db.models.plan import Measure
from db.models.tasks import Repeats, Task
from db.models.users import User
from db.one_sitting import OneSitting
from db.upgrade import create
from streamlit_config.navigation import SCREENS
from tests.browser.office import Office, free_port

SCALE = 0.04
NOW = "2026-11-24 10:02"
HALF_WRITTEN = {DraftKind.CASE: "half a call", DraftKind.INQUIRY: "half a question"}
AddressOf = Callable[[Session], str]


def filled_office(folder: Path, browser: Browser) -> Office:
    """Not yet open."""
    path = folder / "kulturcrm.db"
    url = f"sqlite:///{path}"
    create(url)
    office = Office(folder, Database(url), free_port(), browser)
    office.it_is(NOW)
    with OneSitting(url) as database:
        fill(database, office.moment, scale=SCALE)
    with office.database.reading() as session:
        ids = {user.email: user.id for user in session.scalars(select(User))}
    office.users = {key: ids[email] for key, (_, email, _) in STAFF.items()}
    add_what_the_demonstration_lacks(office)
    return office


def add_what_the_demonstration_lacks(office: Office) -> None:
    ctx = office.context("bjørn_ærlend")
    with office.database.reading() as session:
        house, case, person = _most(session, Membership), _most(session, Message), _most(session, Post)
    change_tags(ctx, Record(Kind.ORGANISATION, house), ChangedTags(put=("Stor sal", "Svarte ikke i fjor")))
    add_attachment(ctx, Record(Kind.ORGANISATION, house), NewFile(name="Avtale om scenedrift.txt", content=b"Avtalen"))
    about = Record(Kind.CASE, case)
    add_task(ctx, _task("Ring tilbake om driftstilskuddet", date(2026, 11, 20), record=about))
    add_task(ctx, _task("Send nyhetsbrevet", date(2026, 12, 1), repeats=Repeats.MONTHLY))
    _add_mailing_list(ctx, person, house)
    _add_selection(ctx)
    _begin_to_write(office)
    # The demonstration's Fjordglimt once more, as somebody in a hurry writes it.
    add_house(ctx, NewHouse.checked(name="Fjordglimt kulturhus KF", municipality_number="1508"))


def _task(what: str, due: date, *, record: Record | None = None, repeats: Repeats | None = None) -> NewTask:
    return NewTask(what=what, due=due, repeats=repeats, record=record, token=secrets.token_urlsafe(16))


def _add_mailing_list(ctx: Context, person: int, house: int) -> None:
    made = make_mailing_list(ctx, NewMailingList(name="Nyhetsbrevet", about="Går ut den første i måneden."))
    consent = Consent(given_on=date(2026, 9, 1), how=ConsentHow.FORM, source="Påmeldingen til landsmøtet")
    put_on_list(ctx, made, PutOnList(person_ids=(person,), organisation_ids=(house,), consent=consent))


def _add_selection(ctx: Context) -> None:
    kind = ListedKind.ORGANISATION
    wanted = Wanted(kind, (InCounty(("15", "46")),))
    save_selection(ctx, NewSelection(name="Husene på Vestlandet", wanted=wanted, columns=tuple(DEFAULT_COLUMNS[kind])))


def _begin_to_write(office: Office) -> None:
    """A call of one who wants none from us, and a question of a journalist who asked before: both are found while one types."""
    ctx = office.context("ingunn")
    with office.database.reading() as session:
        caller = session.scalars(select(Person.name).join(DoNotContact).order_by(DoNotContact.id).limit(1)).one()
        asked = select(Person.name).join(Inquiry, Inquiry.journalist_id == Person.id).order_by(Inquiry.id).limit(1)
        journalist = session.scalars(asked).one()
    call = {"who": caller, "choice": find_callers(ctx, caller)[0].key, "what": "Leie av sal"}
    question = {"who": journalist, "journalist": journalist, "what": "Hvor mange hus?"}
    for kind, fields in ((DraftKind.CASE, call), (DraftKind.INQUIRY, question)):
        keep_draft(ctx, HALF_WRITTEN[kind], kind=kind, fields=fields)


# -- Addresses


OWNERS: dict[type, Any] = {
    Message: Message.case_id,
    Membership: Membership.organisation_id,
    Post: Post.person_id,
    Attendance: Attendance.event_id,
}


def _most(session: Session, of: type) -> int:
    """The record that has most of these: a full screen."""
    owner = OWNERS[of]
    asked = select(owner).where(owner.is_not(None)).group_by(owner).order_by(func.count().desc(), owner).limit(1)
    return int(session.scalars(asked).one())


def _last(session: Session, of: type) -> int:
    return int(session.scalars(select(func.max(of.id))).one())  # type: ignore[attr-defined]


def _kind(session: Session, kind: OrganisationKind) -> int:
    return int(session.scalars(select(func.min(Organisation.id)).where(Organisation.kind == kind)).one())


def _two_alike(session: Session) -> str:
    one, other = session.scalars(
        select(Organisation.id)
        .where(Organisation.search_key.startswith("fjordglimt kulturhus"))
        .order_by(Organisation.id)
    ).all()
    return f"id={one}&med={other}"


# What stands after the question mark. A screen outside the menu shows one record and must be here.
RECORDS: dict[str, AddressOf] = {
    "new_case": lambda _: f"utkast={quote(HALF_WRITTEN[DraftKind.CASE])}",
    "new_inquiry": lambda _: f"utkast={quote(HALF_WRITTEN[DraftKind.INQUIRY])}",
    "search": lambda _: f"q={quote('ålesund')}",
    "task": lambda session: f"id={_last(session, Task)}",
    "case": lambda session: f"id={_most(session, Message)}",
    "member": lambda session: f"id={_most(session, Membership)}",
    "selection": lambda session: f"utvalg={_last(session, Selection)}",
    "mailing_list": lambda session: f"id={_last(session, MailingList)}",
    "recipient": lambda session: f"id={_last(session, MailingListMember)}",
    "organisation": lambda session: f"id={_kind(session, OrganisationKind.OUTLET)}",
    "person": lambda session: f"id={_most(session, Post)}",
    "merge": _two_alike,
    "inquiry": lambda session: f"id={_last(session, Inquiry)}",
    "body": lambda session: f"id={_kind(session, OrganisationKind.NETWORK_BODY)}",
    "meeting": lambda session: f"id={_most(session, Attendance)}",
    "measure": lambda session: f"kode={session.scalars(select(Measure.code).order_by(Measure.position)).first()}",
}


def address_of(office: Office, key: str) -> str:
    screen = SCREENS[key]
    if key == next(iter(SCREENS)):
        return "/"  # the first one has the shortest address
    if key not in RECORDS:
        assert screen.in_menu, f"say in RECORDS which record the screen {key} is looked at with"
        return f"/{screen.address}"
    with office.database.reading() as session:
        return f"/{screen.address}?{RECORDS[key](session)}"
