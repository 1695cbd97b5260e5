"""What is saved is found, what is gone is not, and no use-case has to think of it."""

from __future__ import annotations

import secrets

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from crm import word_index
from crm.attachments.commands import add_attachment, delete_attachment
from crm.attachments.forms import NewFile
from crm.cases.case_commands import add_message
from crm.cases.commands import correct_case, open_case, undo_case
from crm.cases.forms import CorrectedCase, NewCase
from crm.context import Context
from crm.correspondence.forms import MessageKind, NewMessage
from crm.installation import first_contents
from crm.members.commands import add_house, rename_organisation
from crm.members.forms import NewHouse, NewName
from crm.names import loose_key, search_key, sort_key
from crm.people.commands import add_contact_point, add_person, add_post
from crm.people.forms import NewContactPoint, NewPerson, NewPost
from crm.permissions import Permission
from crm.records import Kind, Record
from crm.search import engine
from crm.search.checking import disagreements
from crm.search.index import rebuild
from crm.search.queries import find_records
from crm.tags.commands import change_tags
from crm.tags.forms import ChangedTags
from crm.touched import NotNoted, note_touched
from crm.word_index import record_id_of
from db.models.cases import Message, SupportCase
from db.models.organisations import Organisation
from db.models.people import ContactKind, ContactPoint, Person, Post, PostKind
from db.search_tables import entries, words

CASE, PERSON, HOUSE = 3, 2, 1


def found(ctx: Context, word: str, kind: int) -> list[int]:
    """The records of that kind whose entry has the word."""
    with ctx.database.reading() as session:
        rows = session.execute(select(entries).where(entries.c.kind == kind).order_by(entries.c.id)).all()
        known = set(session.scalars(select(words.c.word)))
    hits = [record_id_of(row.id) for row in rows if word in row.words.split()]
    assert not hits or word in known
    return hits


def is_right(ctx: Context) -> bool:
    return disagreements(ctx.database) == 0


def logged(ctx: Context, what: str, **more: object) -> int:
    new = {"what": what, "answered": False, "token": secrets.token_urlsafe(24)} | more
    return open_case(ctx, NewCase.checked(**new))


@pytest.fixture
def fjordglimt(ctx: Context) -> int:
    return add_house(ctx, NewHouse.checked(name="Fjordglimt kulturhus", municipality_number="1508"))


@pytest.fixture
def kjaersti(ctx: Context, fjordglimt: int) -> int:
    person = add_person(ctx, NewPerson(name="Kjærsti Øyen"))
    add_post(ctx, NewPost(person_id=person, organisation_id=fjordglimt, title="Daglig leder"))
    return person


def test_a_call_is_found_by_its_words_its_house_and_its_caller_the_moment_it_is_saved(
    ctx: Context, fjordglimt: int, kjaersti: int
) -> None:
    case = logged(ctx, "Teller driftstilskuddet?", organisation_id=fjordglimt, person_id=kjaersti)
    for word in ("driftstilskuddet", "fjordglimt", "kjærsti"):
        assert found(ctx, word, CASE) == [case]
    assert is_right(ctx)


def test_a_corrected_call_is_found_by_what_it_says_now(ctx: Context) -> None:
    case = logged(ctx, "Om parkett", who="Ola i foajeen")
    correct_case(ctx, case, CorrectedCase.checked(version=1, who="Ola", what="Om tariff"))
    assert found(ctx, "tariff", CASE) == [case]
    assert found(ctx, "parkett", CASE) == []
    assert found(ctx, "foajeen", CASE) == []
    assert is_right(ctx)


def test_a_call_taken_back_leaves_no_word_behind(ctx: Context) -> None:
    case = logged(ctx, "Blåskjellsuppe", answered=True)
    assert found(ctx, "blåskjellsuppe", CASE) == [case]
    undo_case(ctx, case)
    with ctx.database.reading() as session:
        assert session.scalars(select(entries.c.id)).all() == []
        assert session.scalars(select(words.c.word)).all() == []
    assert is_right(ctx)


def test_an_answer_finds_the_call_it_belongs_to(ctx: Context) -> None:
    case = logged(ctx, "Om scenelys")
    add_message(ctx, case, NewMessage(kind=MessageKind.REPLY, text="Sendte rigghåndboka"))
    assert found(ctx, "rigghåndboka", CASE) == [case]
    assert is_right(ctx)


def test_a_house_that_is_renamed_takes_its_people_and_its_calls_along(
    ctx: Context, fjordglimt: int, kjaersti: int
) -> None:
    case = logged(ctx, "Om vakthold", organisation_id=fjordglimt)
    rename_organisation(ctx, fjordglimt, NewName.checked(version=1, name="Havblikk scene", keep_former=True))
    assert found(ctx, "havblikk", HOUSE) == found(ctx, "fjordglimt", HOUSE) == [fjordglimt]
    assert found(ctx, "havblikk", PERSON) == [kjaersti]
    assert found(ctx, "havblikk", CASE) == [case]
    assert found(ctx, "fjordglimt", CASE) == []
    assert is_right(ctx)


def test_a_number_and_a_tag_find_who_has_them(ctx: Context, kjaersti: int) -> None:
    add_contact_point(ctx, NewContactPoint(kind=ContactKind.PHONE, raw="+47 406 12 345", person_id=kjaersti))
    change_tags(ctx, Record(Kind.PERSON, kjaersti), ChangedTags.checked(put=("Turnéleder",)))
    assert found(ctx, "40612345", PERSON) == found(ctx, "turneleder", PERSON) == [kjaersti]
    assert is_right(ctx)


def test_what_is_written_past_the_objects_is_seen_too(ctx: Context, fjordglimt: int, kjaersti: int) -> None:
    case = logged(ctx, "Om billettgebyr", organisation_id=fjordglimt)
    add_message(ctx, case, NewMessage(kind=MessageKind.NOTE, text="Spurte leverandøren"))
    with ctx.write(Permission.KEEP_MEMBERS) as session:
        session.execute(update(Organisation).where(Organisation.id == fjordglimt).values(name="Stille scene"))
        session.execute(delete(Message).where(Message.case_id == case))
        point = {"kind": "email", "raw": "kari@scene.example", "is_valid": True, "label": "", "version": 1}
        session.execute(insert(ContactPoint), [point | {"person_id": kjaersti}])
    assert found(ctx, "stille", CASE) == [case]
    assert found(ctx, "leverandøren", CASE) == []
    assert found(ctx, "kari", PERSON) == [kjaersti]
    assert is_right(ctx)


def test_calls_moved_to_another_house_in_one_statement_follow(ctx: Context, fjordglimt: int) -> None:
    """As a merge does it: what stood under one house stands under the other afterwards."""
    case = logged(ctx, "Om vakthold", organisation_id=fjordglimt)
    other = add_house(ctx, NewHouse.checked(name="Lyngmo kulturhus"))
    with ctx.write(Permission.KEEP_MEMBERS) as session:
        moved = update(SupportCase).where(SupportCase.organisation_id == fjordglimt).values(organisation_id=other)
        session.execute(moved)
    assert (found(ctx, "lyngmo", CASE), found(ctx, "fjordglimt", CASE)) == ([case], [])
    assert is_right(ctx)


def person_row(ctx: Context, name: str) -> dict[str, object]:
    keys = {"sort_key": sort_key(name), "search_key": search_key(name), "loose_key": loose_key(name)}
    return {"name": name, "created_at": ctx.now} | keys


def test_a_bulk_insert_says_which_rows_it_made_or_is_refused(ctx: Context) -> None:
    rows = [person_row(ctx, name) for name in ("Signe Vågå", "Odd Ærø")]
    with pytest.raises(NotNoted), ctx.write(Permission.KEEP_MEMBERS) as session:
        session.execute(insert(Person), rows)
    with ctx.write(Permission.KEEP_MEMBERS) as session:
        ids = session.scalars(insert(Person).returning(Person.id, sort_by_parameter_order=True), rows).all()
        note_touched(session, Person, ids)
    assert found(ctx, "vågå", PERSON) == [ids[0]]
    assert is_right(ctx)


def test_whoever_writes_past_the_session_says_so_before_and_it_is_read_again_afterwards(
    ctx: Context, kjaersti: int
) -> None:
    with ctx.write(Permission.KEEP_MEMBERS) as session:
        note_touched(session, Person, [kjaersti])
        session.connection().execute(text("UPDATE persons SET name = 'Kjærsti Havn'"))
    assert found(ctx, "havn", PERSON) == [kjaersti]
    assert is_right(ctx)


def _add_torunn_and_then_something_impossible(ctx: Context) -> None:
    with ctx.write(Permission.KEEP_MEMBERS) as session:
        session.add(Person(**person_row(ctx, "Torunn Bråten")))
        session.flush()
        session.add(Post(person_id=999_999, organisation_id=999_999, kind=PostKind.OTHER))


def test_a_write_that_failed_left_nothing_in_the_index(ctx: Context) -> None:
    with pytest.raises(IntegrityError):
        _add_torunn_and_then_something_impossible(ctx)
    assert found(ctx, "bråten", PERSON) == []


def test_check_sees_what_was_written_behind_its_back_and_rebuild_puts_it_right(ctx: Context, kjaersti: int) -> None:
    first_contents(ctx.database, ctx.now)
    assert is_right(ctx)
    with ctx.database.writing() as session:
        session.execute(text("UPDATE persons SET name = 'Kjærsti Havn'"))
        session.execute(text("UPDATE search_words SET word = 'tull' WHERE word = 'og'"))
    assert disagreements(ctx.database) == 3  # one person, one word missing, one that stands nowhere
    count = rebuild(ctx.database)
    assert is_right(ctx)
    with ctx.database.reading() as session:
        assert len(session.scalars(select(entries.c.id)).all()) == count
    assert found(ctx, "havn", PERSON) == [kjaersti]


def test_a_record_is_found_by_the_name_of_its_file_until_that_is_deleted(ctx: Context) -> None:
    case = logged(ctx, "Hva gjelder for foajeen?")
    file = NewFile.checked(name="Rammeavtale 2026.pdf", content=b"%PDF-1.7")
    attachment = add_attachment(ctx, Record(Kind.CASE, case), file)
    assert found(ctx, "rammeavtale", CASE) == [case]
    delete_attachment(ctx, attachment)
    assert found(ctx, "rammeavtale", CASE) == []
    assert is_right(ctx)


def test_a_call_is_found_among_the_newest_and_among_those_before(ctx: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_AMONG_THE_NEWEST", 2)
    monkeypatch.setattr(engine, "_newest_of", engine._newest_of.__wrapped__)
    calls = [logged(ctx, what) for what in ("TONO", "Rigg", "TONO for kor", "Lyd")]
    assert [hit.id for group in find_records(ctx, "tono") for hit in group.hits] == [calls[2], calls[0]]


def test_a_name_is_found_though_thousands_of_other_words_begin_so_and_come_first(ctx: Context, kjaersti: int) -> None:
    of_calls = [f"kj{number}" for number in range(engine.MOST_CONSIDERED + 1)]
    with ctx.database.writing() as session:
        rows = [{"word": word, "loose": word, "stem": word, "places": 1 << CASE} for word in of_calls]
        session.execute(insert(words), rows)
    assert kjaersti in [hit.id for group in find_records(ctx, "kj") for hit in group.hits if group.record == "person"]


@pytest.mark.parametrize("where", ["names", "words"])
def test_words_are_asked_for_as_the_index_has_them(ctx: Context, where: str) -> None:
    on_sqlite = ("QUERY PLAN SELECT rowid FROM search_texts WHERE search_texts MATCH 'tono'", "VIRTUAL TABLE INDEX")
    entry = f"SELECT id FROM search_entries WHERE {word_index.on_postgresql(where)} @@ CAST('tono' AS tsquery)"
    asked, index = on_sqlite if ctx.database.is_sqlite else (entry, f"ix_search_entries_{where}")
    with ctx.database.reading() as session:
        if not ctx.database.is_sqlite:
            session.execute(text("SET LOCAL enable_seqscan = off"))  # or nobody would look up the words of no calls
        assert index in str(session.execute(text(f"EXPLAIN {asked}")).all())
