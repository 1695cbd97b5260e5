"""Tags: free words on records, the same word however it is written, kept in order under Oppsett."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from crm.cases.commands import undo_case
from crm.context import Context
from crm.errors import ChangedMeanwhile, InvalidForm, NotFound, Refused
from crm.media.commands import take_back_inquiry
from crm.networks.commands import delete_meeting
from crm.records import Kind, Record, columns_of
from crm.tags.commands import change_tags, merge_tags, remove_tag, rename_tag, tag_many
from crm.tags.forms import ChangedTags, TagName
from crm.tags.queries import TagRow, list_tags, tags_in_use, tags_of, tags_of_many
from db.models.house_keeping import AuditEntry
from db.models.tags import Tag, Tagging
from tests.conftest import ContextFor
from tests.records import case, house, one_of_each


def put(ctx: Context, record: Record, *names: str) -> None:
    change_tags(ctx, record, ChangedTags.checked(put=names))


def on(ctx: Context, record: Record) -> list[str]:
    return [tag.name for tag in tags_of(ctx, record)]


def tag(ctx: Context, name: str) -> TagRow:
    return next(row for row in list_tags(ctx) if row.name == name)


def test_the_same_word_on_every_kind_of_record_is_one_tag(ctx: Context) -> None:
    records = one_of_each(ctx)
    for record, typed in zip(records, ("Turné", "turné", "TURNÉ", " turne ", "Turné"), strict=True):
        put(ctx, record, typed)
    assert [on(ctx, record) for record in records] == [["Turné"]] * 5
    assert tag(ctx, "Turné").uses == dict.fromkeys(Kind, 1)


def test_norwegian_letters_tell_tags_apart_and_the_order_is_norwegian(ctx: Context) -> None:
    fjordglimt = house(ctx, "Fjordglimt kulturhus")
    put(ctx, fjordglimt, "Ål", "Al", "Øving", "Ærlig", "zoom")
    assert on(ctx, fjordglimt) == ["Al", "zoom", "Ærlig", "Øving", "Ål"]


@pytest.mark.parametrize(
    ("typed", "reason"),
    [("  ", "tag_name_missing"), ("★ – !", "tag_name_missing"), ("a" * 61, "tag_name_long")],
)
def test_what_is_no_word_is_refused(typed: str, reason: str) -> None:
    with pytest.raises(InvalidForm) as refused:
        TagName.checked(name=typed)
    assert refused.value.problems == {"name": reason}
    assert TagName.checked(name=" to \n ord ").name == "to ord"


def test_two_colleagues_at_once_keep_each_others_tags(context_for: ContextFor) -> None:
    ingunn, bjorn = context_for("ingunn"), context_for("bjørn_ærlend")
    call = case(ingunn)
    put(ingunn, call, "TONO")
    put(bjorn, call, "Moms")
    (tono,) = (one.id for one in tags_of(ingunn, call) if one.name == "TONO")
    change_tags(ingunn, call, ChangedTags(put=("Haster",), taken_off=(tono,)))
    assert on(bjorn, call) == ["Haster", "Moms"]


def test_the_log_says_what_was_put_on_and_taken_off_and_nothing_when_nothing_was(ctx: Context) -> None:
    call = case(ctx)
    put(ctx, call, "TONO", "tono", "Moms")
    put(ctx, call, "Tono")
    change_tags(ctx, call, ChangedTags(taken_off=(tag(ctx, "Moms").id, 999)))
    with ctx.database.reading() as session:
        lines = session.execute(
            select(AuditEntry.subject_kind, AuditEntry.facts)
            .where(AuditEntry.action == "tag.changed")
            .order_by(AuditEntry.id)
        ).all()
    assert [tuple(line) for line in lines] == [
        ("support_cases", {"put": ["TONO", "Moms"], "taken_off": []}),
        ("support_cases", {"put": [], "taken_off": ["Moms"]}),
    ]


def test_many_houses_get_a_tag_at_once_and_those_that_have_it_count_once(ctx: Context) -> None:
    houses = [house(ctx, name) for name in ("Fjordglimt kulturhus", "Åsgard konserthus", "Lyngmo kulturhus")]
    put(ctx, houses[0], "Turné")
    ids = [one.id for one in houses]
    assert tag_many(ctx, Kind.ORGANISATION, [*ids, ids[1]], TagName(name="turne")) == 2
    assert tag_many(ctx, Kind.ORGANISATION, ids, TagName(name="Turné")) == 0
    assert tags_of_many(ctx, Kind.ORGANISATION, ids) == dict.fromkeys(ids, ("Turné",))
    with pytest.raises(NotFound):
        tag_many(ctx, Kind.ORGANISATION, [ids[0], 999_999], TagName(name="Jubileum"))
    assert [one.name for one in tags_in_use(ctx)] == ["Turné"]


def test_suggestions_are_those_in_use_on_that_kind_of_record(ctx: Context) -> None:
    put(ctx, house(ctx, "Fjordglimt kulturhus"), "Turné")
    call = case(ctx)
    put(ctx, call, "TONO", "Moms")
    change_tags(ctx, call, ChangedTags(taken_off=(tag(ctx, "Moms").id,)))
    assert [one.name for one in tags_in_use(ctx)] == ["TONO", "Turné"]
    assert [one.name for one in tags_in_use(ctx, Kind.CASE)] == ["TONO"]
    assert tags_in_use(ctx, Kind.PERSON) == []


def test_a_tag_is_renamed_everywhere_but_not_to_one_that_is_there(ctx: Context) -> None:
    call = case(ctx)
    put(ctx, call, "Mva", "TONO")
    rename_tag(ctx, tag(ctx, "Mva").id, TagName(name="Moms"), version=1)
    assert on(ctx, call) == ["Moms", "TONO"]
    with pytest.raises(InvalidForm) as taken:
        rename_tag(ctx, tag(ctx, "Moms").id, TagName(name="Tono"), version=2)
    assert taken.value.problems == {"name": "tag_name_taken"}
    rename_tag(ctx, tag(ctx, "Moms").id, TagName(name="MOMS"), version=2)
    with pytest.raises(ChangedMeanwhile):
        rename_tag(ctx, tag(ctx, "MOMS").id, TagName(name="Merverdiavgift"), version=2)


def test_two_tags_become_one_and_no_record_has_it_twice(ctx: Context) -> None:
    records = one_of_each(ctx)
    for record in records:
        put(ctx, record, "Mva")
    put(ctx, records[2], "Moms")
    merge_tags(ctx, tag(ctx, "Mva").id, tag(ctx, "Moms").id, version=1)
    assert [on(ctx, record) for record in records] == [["Moms"]] * 5
    assert [row.name for row in list_tags(ctx)] == ["Moms"]
    with pytest.raises(NotFound):
        merge_tags(ctx, tag(ctx, "Moms").id, tag(ctx, "Moms").id, version=1)


def test_only_a_tag_on_nothing_is_deleted(ctx: Context) -> None:
    call = case(ctx)
    put(ctx, call, "Moms")
    with pytest.raises(Refused) as refused:
        remove_tag(ctx, tag(ctx, "Moms").id, version=1)
    assert refused.value.code == "tag_in_use"
    change_tags(ctx, call, ChangedTags(taken_off=(tag(ctx, "Moms").id,)))
    assert tag(ctx, "Moms").uses == {}
    remove_tag(ctx, tag(ctx, "Moms").id, version=1)
    assert list_tags(ctx) == []


def test_a_record_that_somebody_has_tagged_is_no_slip_to_be_undone(ctx: Context) -> None:
    _, _, call, inquiry, meeting = records = one_of_each(ctx)
    for record in records:
        put(ctx, record, "Turné")
    for undo in (
        lambda: undo_case(ctx, call.id),
        lambda: take_back_inquiry(ctx, inquiry.id),
        lambda: delete_meeting(ctx, meeting.id, version=1),
    ):
        with pytest.raises(Refused):
            undo()


def test_the_database_holds_that_a_tag_is_on_one_record(ctx: Context) -> None:
    first, second, *_ = one_of_each(ctx)
    put(ctx, first, "Turné")
    for columns in ({}, {**columns_of(first), **columns_of(second)}):
        with pytest.raises(IntegrityError), ctx.database.writing() as session:
            session.add(Tagging(tag_id=tag(ctx, "Turné").id, **columns))
    with pytest.raises(IntegrityError), ctx.database.writing() as session:
        session.execute(delete(Tag))


def test_a_record_that_is_gone_gets_no_tag(ctx: Context) -> None:
    with pytest.raises(NotFound):
        put(ctx, Record(Kind.CASE, 999), "TONO")
    assert list_tags(ctx) == []
