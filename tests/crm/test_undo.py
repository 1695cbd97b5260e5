"""An import or a merge is taken back to the letter, or not at all and with the reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from crm.context import Context
from crm.errors import ChangedMeanwhile, Refused
from crm.members.commands import add_house, edit_organisation
from crm.members.forms import ChangedDetails, NewHouse
from crm.members.queries import member_card
from crm.names import loose_key, search_key, sort_key
from crm.people.commands import add_contact_point, add_post
from crm.people.forms import NewContactPoint, NewPost
from crm.permissions import Permission
from crm.undo.commands import forget_old_batches, undo_batch
from crm.undo.journal import PastTheJournal, insert_many, recording
from crm.undo.queries import batch_about, list_batches
from crm.undo.rules import KEPT_FOR, Standing
from crm.undo.steps import forget_row
from crm.undo.words import refused_words
from db.models.cases import Channel, SupportCase, TimeQuality
from db.models.organisations import NameKind, Organisation, OrganisationName
from db.models.people import ContactKind, ContactPoint, Person, Post, PostKind
from db.models.undo import BatchKind, UndoBatch, UndoStep
from tests.conftest import ContextFor
from tests.crm.contents import contents

pytestmark = pytest.mark.usefixtures("right_last_contacts")

Work = Callable[[Session], None]


def done(ctx: Context, work: Work, **facts: Any) -> int:
    """A batch of that work, as an import or a merge does it."""
    with ctx.write(Permission.KEEP_MEMBERS) as session, recording(ctx, session, BatchKind.IMPORT, **facts) as batch:
        work(session)
    return batch.id


def house(ctx: Context, name: str, **details: Any) -> int:
    return add_house(ctx, NewHouse.checked(name=name, **details))


def row_of(ctx: Context, name: str) -> dict[str, Any]:
    keys = {"sort_key": sort_key(name), "search_key": search_key(name), "loose_key": loose_key(name)}
    return {"name": name, **keys, "created_at": ctx.now}


def person(ctx: Context, name: str) -> Person:
    return Person(**row_of(ctx, name))


def id_and_note(ctx: Context, name: str) -> tuple[int, str]:
    with ctx.database.reading() as session:
        row = session.execute(select(Person.id, Person.note).where(Person.name == name)).one()
        return row.id, row.note


def id_of(ctx: Context, name: str) -> int:
    return id_and_note(ctx, name)[0]


def test_what_was_added_changed_and_removed_is_as_it_was(ctx: Context) -> None:
    fjordglimt, solsiden = house(ctx, "Fjordglimt", org_number="310 000 027"), house(ctx, "Solsiden kulturhus")
    add_contact_point(ctx, NewContactPoint(kind=ContactKind.PHONE, raw="21 23 45 67", organisation_id=solsiden))
    before = contents(ctx.database)

    def work(session: Session) -> None:
        one, other = session.get_one(Organisation, fjordglimt), session.get_one(Organisation, solsiden)
        # The number changes hands: taken back in the wrong order, two houses would have it at once.
        number, one.org_number = one.org_number, None
        session.flush()
        other.org_number, other.note = number, "Overtok driften"
        keys = {"search_key": "fjordglimt", "loose_key": "fjordglimt"}
        session.add(OrganisationName(organisation_id=solsiden, kind=NameKind.FORMER, name="Fjordglimt", **keys))
        session.delete(session.scalars(select(ContactPoint)).one())
        kari = person(ctx, "Kari Nordmann")
        session.add(kari)
        session.flush()
        session.add(Post(person_id=kari.id, organisation_id=solsiden, kind=PostKind.EMPLOYEE))
        kari.note = "Ringes etter kl. 10"  # a row of this very batch, changed once more

    batch = done(ctx, work)
    assert contents(ctx.database) != before
    undo_batch(ctx, batch)
    assert contents(ctx.database) == before


def test_what_is_brought_in_by_the_thousand_goes_together(ctx: Context) -> None:
    before = contents(ctx.database)

    def work(session: Session) -> None:
        people = insert_many(session, Person, [row_of(ctx, f"Kari {number}") for number in range(1_500)])
        assert people == sorted(set(people))
        assert named_there(session, people[17]) == "Kari 17"

    batch = done(ctx, work)
    with ctx.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 1_500
        steps = session.scalars(select(UndoStep)).all()
        assert len(steps) < 5, "compactly"
        assert "Kari" not in str([step.rows for step in steps])
    undo_batch(ctx, batch)
    assert contents(ctx.database) == before


def named_there(session: Session, person_id: int) -> str:
    return session.get_one(Person, person_id).name


def test_of_what_stays_as_it_is_nothing_is_kept(ctx: Context) -> None:
    fjordglimt = house(ctx, "Fjordglimt", note="Spør etter Kari")
    done(ctx, lambda session: setattr(session.get_one(Organisation, fjordglimt), "website", "fjordglimt.example"))
    with ctx.database.reading() as session:
        (step,) = session.scalars(select(UndoStep)).all()
        assert [row[2] for row in step.rows] == [{"website": None}]


def test_it_can_only_be_done_once_and_the_list_says_by_whom(ctx: Context, context_for: ContextFor) -> None:
    batch = done(ctx, lambda session: session.add(person(ctx, "Kari Nordmann")), file="kontakter.csv")
    colleague = context_for("bjørn_ærlend", "2026-11-25 09:00")
    undo_batch(colleague, batch)
    with pytest.raises(Refused) as refused:
        undo_batch(ctx, batch)
    assert refused_words(refused.value) == ["Dette er alt tatt tilbake."]
    (row,) = list_batches(ctx)
    assert (row.by, row.undone_by, row.undone_at) == ("Ingunn Ås", "Bjørn-Ærlend Wiik", colleague.now)
    assert (row.standing, row.facts) == (Standing.UNDONE, {"file": "kontakter.csv"})


def test_a_row_that_somebody_has_changed_since_stays_and_is_named(ctx: Context) -> None:
    fjordglimt = house(ctx, "Fjordglimt")

    def work(session: Session) -> None:
        session.get_one(Organisation, fjordglimt).note = "Fra lista"
        session.add(person(ctx, "Kari Nordmann"))

    batch = done(ctx, work)
    edit_organisation(ctx, fjordglimt, ChangedDetails(version=2, note="Fra lista, og ringt opp"))
    before = contents(ctx.database)
    with pytest.raises(Refused) as refused:
        undo_batch(ctx, batch)
    assert refused_words(refused.value) == [
        "Noen har endret noe av dette siden. Ingenting er tatt tilbake.",
        "Fjordglimt",
    ]
    assert contents(ctx.database) == before


def test_a_form_left_open_since_before_it_was_taken_back_overwrites_nobody(ctx: Context) -> None:
    """Opened while the list's note stood there; a version that came back with the note would be a colleague's by now."""
    fjordglimt = house(ctx, "Fjordglimt")
    seen = [member_card(ctx, fjordglimt).version]
    batch = done(ctx, lambda session: setattr(session.get_one(Organisation, fjordglimt), "note", "Fra lista"))
    seen.append(member_card(ctx, fjordglimt).version)
    undo_batch(ctx, batch)
    now = member_card(ctx, fjordglimt).version
    assert now not in seen
    edit_organisation(ctx, fjordglimt, ChangedDetails(version=now, note="Ringt opp"))
    for version in seen:
        with pytest.raises(ChangedMeanwhile):
            edit_organisation(ctx, fjordglimt, ChangedDetails(version=version, note="Fra skjemaet som lå åpent"))
    assert member_card(ctx, fjordglimt).note == "Ringt opp"


def test_what_somebody_has_tied_to_a_new_row_keeps_it(ctx: Context) -> None:
    fjordglimt = house(ctx, "Fjordglimt")
    batch = done(ctx, lambda session: session.add(person(ctx, "Kari Nordmann")))
    add_post(ctx, NewPost(person_id=id_of(ctx, "Kari Nordmann"), organisation_id=fjordglimt))
    with pytest.raises(Refused) as refused:
        undo_batch(ctx, batch)
    assert refused.value.code == "undo_others_hang_on_it"
    assert refused_words(refused.value)[1:] == [
        "en stilling for Kari Nordmann: på personens side, «Rett eller avslutt» og «Fjern – var aldri riktig»"
    ]


def test_a_call_from_somebody_who_came_with_the_list_is_not_lost(ctx: Context) -> None:
    batch = done(ctx, lambda session: session.add(person(ctx, "Kari Nordmann")))
    with ctx.write(Permission.KEEP_MEMBERS) as session:
        case = SupportCase(what="Billettsystem?", person_id=id_of(ctx, "Kari Nordmann"), channel=Channel.PHONE)
        case.received_at, case.created_at, case.received_quality = ctx.now, ctx.now, TimeQuality.EXACT
        case.responsible_id = ctx.user_id
        session.add(case)
    with pytest.raises(Refused) as refused:
        undo_batch(ctx, batch)
    assert refused_words(refused.value)[1:] == ["sak 1"]


def test_a_number_that_another_house_has_by_now_is_not_taken_from_it(ctx: Context) -> None:
    fjordglimt = house(ctx, "Fjordglimt", org_number="310 000 027")
    batch = done(ctx, lambda session: setattr(session.get_one(Organisation, fjordglimt), "org_number", None))
    house(ctx, "Fjordglimt drift", org_number="310 000 027")
    with pytest.raises(Refused) as refused:
        undo_batch(ctx, batch)
    assert refused.value.code == "undo_name_taken"


def test_the_later_of_two_is_taken_back_first(ctx: Context) -> None:
    fjordglimt = house(ctx, "Fjordglimt")
    before = contents(ctx.database)
    first = done(ctx, lambda session: setattr(session.get_one(Organisation, fjordglimt), "note", "Én"))
    second = done(ctx, lambda session: setattr(session.get_one(Organisation, fjordglimt), "note", "To"))
    with pytest.raises(Refused):
        undo_batch(ctx, first)
    undo_batch(ctx, second)
    undo_batch(ctx, first)
    assert contents(ctx.database) == before


def test_after_thirty_days_it_cannot_be_taken_back_and_the_images_are_gone(
    ctx: Context, context_for: ContextFor
) -> None:
    fjordglimt = house(ctx, "Fjordglimt", note="Spør etter Kari")
    batch = done(ctx, lambda session: setattr(session.get_one(Organisation, fjordglimt), "note", ""))
    assert forget_old_batches(context_for("ingunn", ctx.now + KEPT_FOR)) == 0
    later = context_for("ingunn", ctx.now + KEPT_FOR + timedelta(minutes=1))
    with pytest.raises(Refused) as refused:
        undo_batch(later, batch)
    assert refused.value.code == "undo_too_late"
    assert forget_old_batches(later) == 1
    with ctx.database.reading() as session:
        assert session.scalars(select(UndoStep)).all() == []
        assert session.get_one(UndoBatch, batch).forgotten_at == later.now
    assert [row.standing for row in list_batches(later)] == [Standing.TOO_LATE]


def test_nothing_of_an_erased_person_is_left_and_the_rest_can_still_be_taken_back(ctx: Context) -> None:
    with ctx.write(Permission.KEEP_MEMBERS) as session:
        session.add_all([person(ctx, "Kjærsti Øyen"), person(ctx, "Kari Nordmann")])
    kjaersti, kari = id_of(ctx, "Kjærsti Øyen"), id_of(ctx, "Kari Nordmann")

    def work(session: Session) -> None:
        for each in (kjaersti, kari):
            session.get_one(Person, each).note = "Ny i stillingen"

    batch = done(ctx, work)
    with ctx.write(Permission.KEEP_MEMBERS) as session:
        forget_row(session, "persons", kjaersti)
        session.get_one(Person, kjaersti).name = "Slettet kontakt #1"
    with ctx.database.reading() as session:
        assert "Øyen" not in str([step.rows for step in session.scalars(select(UndoStep))])
    undo_batch(ctx, batch)
    assert id_and_note(ctx, "Kari Nordmann") == (kari, "")
    assert id_and_note(ctx, "Slettet kontakt #1") == (kjaersti, "Ny i stillingen")


def test_dates_instants_and_lists_come_back_as_what_they_were(ctx: Context) -> None:
    with ctx.write(Permission.KEEP_MEMBERS) as session:
        kari = person(ctx, "Kari Nordmann")
        session.add(kari)
        session.flush()
        session.add(
            ContactPoint(person_id=kari.id, kind=ContactKind.EMAIL, raw="kari@x.example", until=date(2026, 1, 5))
        )
    before = contents(ctx.database)

    def work(session: Session) -> None:
        session.delete(session.scalars(select(ContactPoint)).one())
        session.flush()
        session.delete(session.scalars(select(Person)).one())

    undo_batch(ctx, done(ctx, work))
    assert contents(ctx.database) == before


def test_a_statement_past_the_journal_is_a_mistake_of_ours_and_stops_everything(ctx: Context) -> None:
    before = contents(ctx.database)
    with pytest.raises(PastTheJournal):
        done(ctx, lambda session: session.execute(delete(Person)) and None)
    assert contents(ctx.database) == before
    assert list_batches(ctx) == []


def test_a_batch_is_found_by_what_it_was_about(ctx: Context) -> None:
    with ctx.write(Permission.KEEP_MEMBERS) as session, recording(ctx, session, BatchKind.MERGE) as batch:
        batch.subject_kind, batch.subject_id = "organisations", 12
    found = batch_about(ctx, "organisations", 12)
    assert found is not None
    assert (found.id, found.kind, found.until) == (batch.id, BatchKind.MERGE, ctx.now + KEPT_FOR)
    assert batch_about(ctx, "organisations", 13) is None
