"""Rett and Angre: putting a saved call right, and taking it back while it is fresh."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from crm.cases.commands import correct_case, open_case, undo_case
from crm.cases.forms import CorrectedCase, NewCase
from crm.cases.queries import saved_case
from crm.context import Context
from crm.drafts.queries import list_drafts
from crm.errors import ChangedMeanwhile, InvalidForm, NotFound, Refused
from crm.members.commands import add_house
from crm.members.forms import NewHouse
from db.models.cases import Author, Direction, Message, MessageChannel, TimeQuality
from db.models.house_keeping import AuditEntry
from tests.conftest import oslo

pytestmark = pytest.mark.usefixtures("right_last_contacts")

WHAT = "Åsne spør om støy fra Øvre Sal, og kommer tilbake"


def open_one(ctx: Context, **other: object) -> int:
    typed = {"token": "en-helt-vanlig-samtale", "who": "lyngmo", "what": WHAT, "answered": True} | other
    return open_case(ctx, NewCase.checked(**typed))


@pytest.fixture
def lyngmo(ctx: Context) -> int:
    return add_house(ctx, NewHouse.checked(name="Lyngmo kulturhus", municipality_number="5601"))


def actions(ctx: Context, case_id: int) -> list[str]:
    with ctx.database.reading() as session:
        of_case = select(AuditEntry.action).where(AuditEntry.subject_kind == "support_cases")
        return list(session.scalars(of_case.where(AuditEntry.subject_id == str(case_id)).order_by(AuditEntry.id)))


def test_undo_takes_the_call_away_and_gives_the_text_back_as_a_draft(ctx: Context, lyngmo: int) -> None:
    case_id = open_one(ctx, organisation_id=lyngmo)
    token = undo_case(ctx, case_id)
    assert saved_case(ctx, case_id) is None
    with ctx.database.reading() as session:
        assert session.scalars(select(Message)).all() == []
    (draft,) = list_drafts(ctx)
    assert draft.token == token
    assert draft.fields["what"] == WHAT
    assert draft.fields["who"] == "Lyngmo kulturhus"
    assert draft.fields["organisation_id"] == lyngmo


def test_undo_leaves_facts_without_text_in_the_change_log(ctx: Context) -> None:
    case_id = open_one(ctx)
    undo_case(ctx, case_id)
    assert actions(ctx, case_id) == ["case.opened", "case.undone"]
    with ctx.database.reading() as session:
        assert not any("Åsne" in str(line.facts) for line in session.scalars(select(AuditEntry)))


def test_undone_and_saved_again_the_call_came_when_it_came(ctx: Context) -> None:
    undo_case(ctx, open_one(ctx))
    (draft,) = list_drafts(ctx)
    later = replace(ctx, now=ctx.now + timedelta(minutes=9))
    again = saved_case(later, open_one(later, token=draft.token, opened_at=draft.created_at))
    assert again is not None
    assert again.received_at == oslo("2026-11-24 10:02")
    assert again.received_quality is TimeQuality.EXACT


def test_a_guessed_time_stays_a_guess_through_undo(ctx: Context) -> None:
    undo_case(ctx, open_one(ctx, received_at=oslo("2026-11-24 08:15")))
    (draft,) = list_drafts(ctx)
    again = saved_case(
        ctx, open_one(ctx, token=draft.token, opened_at=draft.created_at, received_at=draft.fields["received_at"])
    )
    assert again is not None
    assert again.received_at == oslo("2026-11-24 08:15")
    assert again.received_quality is TimeQuality.RECONSTRUCTED


def test_an_unknown_callers_number_comes_back_with_the_draft(ctx: Context) -> None:
    undo_case(ctx, open_one(ctx, who="21 23 45 67"))
    assert [draft.fields["who"] for draft in list_drafts(ctx)] == ["21 23 45 67"]


def test_nobody_undoes_a_colleagues_call(ctx: Context) -> None:
    case_id = open_one(ctx)
    colleague = replace(ctx, actor=replace(ctx.actor, user_id=ctx.user_id + 1))
    with pytest.raises(Refused, match="undo_not_yours"):
        undo_case(colleague, case_id)


def test_after_a_quarter_of_an_hour_it_stands(ctx: Context) -> None:
    case_id = open_one(ctx)
    with pytest.raises(Refused, match="undo_too_late"):
        undo_case(replace(ctx, now=ctx.now + timedelta(minutes=16)), case_id)
    undo_case(replace(ctx, now=ctx.now + timedelta(minutes=15)), case_id)


def test_a_case_that_has_been_answered_since_stands(ctx: Context) -> None:
    case_id = open_one(ctx, answered=False)
    with ctx.database.writing() as session:
        session.add(
            Message(
                case_id=case_id,
                inquiry_id=None,
                direction=Direction.OUTBOUND,
                channel=MessageChannel.EMAIL,
                author=Author.HUMAN,
                at=ctx.now,
                user_id=ctx.user_id,
                token=None,
            )
        )
    with pytest.raises(Refused, match="undo_has_happened"):
        undo_case(ctx, case_id)


def test_a_case_that_was_handed_over_since_stands(ctx: Context) -> None:
    case_id = open_one(ctx)
    with ctx.database.writing() as session:
        ctx.record(session, "case.handed_over", ("support_cases", case_id), to=2)
    with pytest.raises(Refused, match="undo_has_happened"):
        undo_case(ctx, case_id)


def test_what_is_gone_cannot_be_undone_twice(ctx: Context) -> None:
    case_id = open_one(ctx)
    undo_case(ctx, case_id)
    with pytest.raises(NotFound):
        undo_case(ctx, case_id)
    assert len(list_drafts(ctx)) == 1


def test_who_and_what_are_put_right(ctx: Context, lyngmo: int) -> None:
    case_id = open_one(ctx, who="lyngmo scene")
    correct_case(
        ctx, case_id, CorrectedCase.checked(version=1, organisation_id=lyngmo, who="lyngmo", what="Leie av sal")
    )
    saved = saved_case(ctx, case_id)
    assert saved is not None
    assert (saved.organisation_id, saved.caller, saved.what, saved.version) == (lyngmo, "", "Leie av sal", 2)
    with ctx.database.reading() as session:
        facts = session.scalars(select(AuditEntry.facts).where(AuditEntry.action == "case.corrected")).one()
    assert facts == {"fields": ["caller", "organisation_id", "what"]}
    undo_case(ctx, case_id)  # one's own correction does not make a fresh call an old one


def test_a_correction_over_somebody_elses_is_refused(ctx: Context) -> None:
    case_id = open_one(ctx)
    correct_case(ctx, case_id, CorrectedCase.checked(version=1, who="lyngmo", what="Først"))
    with pytest.raises(ChangedMeanwhile):
        correct_case(ctx, case_id, CorrectedCase.checked(version=1, who="lyngmo", what="Så"))
    saved = saved_case(ctx, case_id)
    assert saved is not None
    assert saved.what == "Først"


def test_a_correction_to_nothing_is_refused(ctx: Context) -> None:
    with pytest.raises(InvalidForm):
        CorrectedCase.checked(version=1, who="lyngmo", what=" ")


def test_a_correction_that_changes_nothing_leaves_no_line(ctx: Context) -> None:
    case_id = open_one(ctx)
    correct_case(ctx, case_id, CorrectedCase.checked(version=1, who="lyngmo", what=WHAT))
    assert actions(ctx, case_id) == ["case.opened"]
