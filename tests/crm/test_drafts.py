"""Half-written calls: kept as rows, one's own only, gone when saved or thrown away."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from crm.cases.commands import open_case
from crm.cases.forms import NewCase
from crm.context import Context
from crm.drafts.commands import keep_draft, throw_away_draft
from crm.drafts.queries import DraftKind, is_token_free, list_drafts, read_draft
from crm.errors import NotAllowed, NotFound, Refused
from db.models.house_keeping import AuditEntry
from tests.conftest import ContextFor

pytestmark = pytest.mark.usefixtures("right_last_contacts")

FIRST, SECOND = "den-forste-samtalen", "den-andre-samtalen"
FJORDGLIMT = {"who": "fjordgl", "what": "Teller drift"}


@pytest.fixture
def staff(context_for: ContextFor) -> tuple[Context, Context]:
    ingunn = context_for("ingunn")
    return ingunn, replace(ingunn, actor=replace(ingunn.actor, user_id=ingunn.user_id + 1))


def later(ctx: Context, minutes: int) -> Context:
    return replace(ctx, now=ctx.now + timedelta(minutes=minutes))


def test_a_draft_remembers_when_the_first_word_came(ctx: Context) -> None:
    keep_draft(ctx, FIRST, kind=DraftKind.CASE, fields={"who": "fj"})
    keep_draft(later(ctx, 3), FIRST, kind=DraftKind.CASE, fields=FJORDGLIMT)
    draft = read_draft(ctx, FIRST)
    assert draft is not None
    assert draft.fields == FJORDGLIMT
    assert draft.created_at == ctx.now
    assert draft.updated_at == ctx.now + timedelta(minutes=3)


def test_the_last_touched_stands_first_and_both_kinds_stand_together(ctx: Context) -> None:
    keep_draft(ctx, FIRST, kind=DraftKind.CASE, fields=FJORDGLIMT)
    keep_draft(later(ctx, 1), SECOND, kind=DraftKind.INQUIRY, fields={"question": "Kutt?"})
    assert [(draft.token, draft.kind) for draft in list_drafts(ctx)] == [
        (SECOND, DraftKind.INQUIRY),
        (FIRST, DraftKind.CASE),
    ]


def test_a_colleague_neither_sees_nor_changes_nor_throws_it_away(staff: tuple[Context, Context]) -> None:
    ingunn, wiik = staff
    keep_draft(ingunn, FIRST, kind=DraftKind.CASE, fields=FJORDGLIMT)
    assert list_drafts(wiik) == []
    assert read_draft(wiik, FIRST) is None
    assert not is_token_free(wiik, FIRST)
    with pytest.raises(NotFound):
        keep_draft(wiik, FIRST, kind=DraftKind.CASE, fields={"who": "tulling"})
    throw_away_draft(wiik, FIRST)
    found = read_draft(ingunn, FIRST)
    assert found is not None
    assert found.fields == FJORDGLIMT


def test_a_colleagues_save_with_the_same_address_does_not_take_the_draft(staff: tuple[Context, Context]) -> None:
    ingunn, wiik = staff
    keep_draft(ingunn, FIRST, kind=DraftKind.CASE, fields=FJORDGLIMT)
    open_case(wiik, NewCase.checked(token=FIRST, who="", what="Noe annet", answered=True))
    assert len(list_drafts(ingunn)) == 1


def test_the_last_echo_of_typing_after_the_save_makes_no_new_draft(ctx: Context) -> None:
    open_case(ctx, NewCase.checked(token=FIRST, who="", what="Teller drift", answered=True))
    assert keep_draft(ctx, FIRST, kind=DraftKind.CASE, fields=FJORDGLIMT) is False
    assert list_drafts(ctx) == []
    assert not is_token_free(ctx, FIRST)


def test_thrown_away_is_gone_and_can_be_put_back_as_it_was(ctx: Context) -> None:
    keep_draft(ctx, FIRST, kind=DraftKind.CASE, fields=FJORDGLIMT)
    draft = read_draft(ctx, FIRST)
    assert draft is not None
    throw_away_draft(ctx, FIRST)
    throw_away_draft(ctx, FIRST)  # clicking twice is no error
    assert list_drafts(ctx) == []
    assert keep_draft(later(ctx, 2), FIRST, kind=draft.kind, fields=draft.fields, began_at=draft.created_at)
    back = read_draft(ctx, FIRST)
    assert back is not None
    assert (back.fields, back.created_at) == (FJORDGLIMT, ctx.now)


@pytest.mark.parametrize(
    ("token", "fields"),
    [
        ("", FJORDGLIMT),  # an address somebody cut short
        ("x" * 44, FJORDGLIMT),  # longer than any token of ours
        (FIRST, {"what": "x" * 100_001}),  # no hand has typed this
    ],
)
def test_what_no_hand_has_typed_is_refused(ctx: Context, token: str, fields: dict[str, str]) -> None:
    with pytest.raises(Refused):
        keep_draft(ctx, token, kind=DraftKind.CASE, fields=fields)


def test_typing_is_no_event_and_disturbs_no_cache(ctx: Context) -> None:
    before = ctx.data_version()
    keep_draft(ctx, FIRST, kind=DraftKind.CASE, fields=FJORDGLIMT)
    throw_away_draft(ctx, FIRST)
    assert ctx.data_version() == before
    with ctx.database.reading() as session:
        assert session.scalars(select(AuditEntry)).all() == []


def test_the_board_has_no_drafts(context_for: ContextFor) -> None:
    with pytest.raises(NotAllowed):
        list_drafts(context_for("styret"))
