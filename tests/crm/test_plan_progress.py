"""The plan counts what the association logged: every record by itself, once in any total, for everybody who may see figures."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from crm.cases.commands import open_case
from crm.cases.forms import NewCase
from crm.context import Context
from crm.errors import ChangedMeanwhile, InvalidForm, NotFound
from crm.media.commands import open_inquiry
from crm.media.forms import NewInquiry
from crm.media.rules import Medium
from crm.periods import Quarter
from crm.plan.cards import MeasureProgress, PlanProgress, ReadingCard
from crm.plan.commands import adopt_plan, revise_reading
from crm.plan.forms import NewReading, Target
from crm.plan.queries import progress, records_behind
from crm.plan.rules import Status
from db.models.house_keeping import AuditEntry
from tests.asking import asking
from tests.conftest import ContextFor, oslo
from tests.quarter import logged_quarter

Q3, Q4, NEXT = Quarter(2026, 3), Quarter(2026, 4), Quarter(2027, 1)


@pytest.fixture
def logged(context_for: ContextFor, tmp_path_factory: pytest.TempPathFactory) -> ContextFor:
    logged_quarter(context_for, tmp_path_factory.mktemp("quarter"))
    return context_for


@pytest.fixture
def in_january(logged: ContextFor) -> Context:
    """Friday 8 January 2027: Ingunn makes the board's report of the fourth quarter."""
    return logged("ingunn", "2027-01-08 09:00")


def the(plan: PlanProgress, code: str) -> MeasureProgress:
    found = plan.measure(code)
    assert found is not None
    return found


def reading_of(ctx: Context, code: str, quarter: Quarter = Q4) -> ReadingCard:
    card = the(progress(ctx, quarter), code).reading
    assert card is not None
    return card


def test_mir_is_met_arrangorforum_is_not_and_its_cancelled_meeting_is_named(in_january: Context) -> None:
    """S12."""
    networks = the(progress(in_january, Q4), "M2.5")
    parts = {part.name: (part.done, part.expected, part.status, len(part.cancelled)) for part in networks.parts}
    assert parts == {"MIR": (1, 1, Status.MET, 0), "Arrangørforum": (0, 1, Status.MISSED, 1)}
    assert (networks.status, networks.verdict.done) == (Status.PARTLY, 1)


def test_press_and_support_are_counted_and_not_coloured(in_january: Context) -> None:
    """S12: 38 support cases, 8 answered inquiries, 3 interviews; one of the seven from web, tv and radio was withdrawn later."""
    plan = progress(in_january, Q4)
    found = {code: (the(plan, code).status, the(plan, code).verdict.done) for code in ("M1.3", "M1.5", "M4.3", "M4.4")}
    assert found == {
        "M1.3": (Status.COUNT_ONLY, 38),
        "M1.5": (Status.COUNT_ONLY, 7),
        "M4.3": (Status.COUNT_ONLY, 8),
        "M4.4": (Status.COUNT_ONLY, 3),
    }


def test_what_no_screen_records_yet_says_so(in_january: Context) -> None:
    plan = progress(in_january, Q4)
    waiting = [measure.code for measure in plan.measures if measure.status is Status.NOT_RECORDABLE]
    recordable = {"M1.3", "M1.5", "M2.5", "M4.3", "M4.4"}
    assert set(waiting) == {measure.code for measure in plan.measures} - recordable
    assert the(plan, "M1.5").not_offered == ("media_initiative",)


def test_a_record_is_one_in_the_total_however_many_measures_it_counts_for(in_january: Context) -> None:
    """38 cases, 9 inquiries (two of the newspaper's count only when answered) and 1 meeting."""
    plan = progress(in_january, Q4)
    assert sum(measure.verdict.done for measure in plan.measures) > 48
    assert plan.records == 48


def test_a_quarter_that_has_not_begun_is_not_red(logged: ContextFor) -> None:
    plan = progress(logged("ingunn", "2026-12-20 09:00"), NEXT)
    assert the(plan, "M2.5").status is Status.UPCOMING


def test_the_quarter_we_are_in_is_under_way(logged: ContextFor) -> None:
    networks = the(progress(logged("ingunn", "2026-12-20 09:00"), Q4), "M2.5")
    assert {part.name: part.status for part in networks.parts} == {"MIR": Status.MET, "Arrangørforum": Status.UNDER_WAY}
    assert networks.status is Status.UNDER_WAY


def test_a_call_at_half_past_midnight_on_new_years_day_belongs_to_the_new_year(context_for: ContextFor) -> None:
    """It is still 2026 in UTC."""
    ctx = context_for("ingunn", "2027-01-01 00:30")
    adopt_plan(ctx)
    open_case(ctx, NewCase(who="ukjent", what="Alarmen går", answered=True, token="nyttårsnatten-0001"))
    assert the(progress(ctx, Q4), "M1.3").verdict.done == 0
    assert the(progress(ctx, NEXT), "M1.3").verdict.done == 1


def test_every_number_opens_exactly_its_records(in_january: Context) -> None:
    plan = progress(in_january, Q4)
    for measure in plan.measures:
        assert len(records_behind(in_january, measure.code, Q4).rows) == measure.verdict.done, measure.code


def test_a_record_says_what_else_it_counts_for(in_january: Context) -> None:
    """S3: a radio interview counts for M4.3, M4.4 and M1.5."""
    (radio, *_) = [row for row in records_behind(in_january, "M4.4", Q4).rows if "Spørsmål 2 " in row.title]
    assert radio.kinds == ("interview",)
    assert radio.also_counts_for == ("M1.5", "M4.3")
    assert (radio.record, radio.organisation) == ("inquiry", "Nordlyspressen")


def test_a_board_member_sees_that_it_happened_and_not_what_was_said(logged: ContextFor) -> None:
    ctx = logged("styret", "2027-01-08 09:00")
    assert the(progress(ctx, Q4), "M1.3").verdict.done == 38
    for code in ("M1.3", "M4.3", "M2.5"):
        rows = records_behind(ctx, code, Q4).rows
        assert rows
        assert {(row.title, row.organisation) for row in rows} == {("", "")}


def test_the_records_come_fifty_at_a_time_and_none_twice(context_for: ContextFor) -> None:
    """Sixty calls, some in the same minute."""
    ctx = context_for("ingunn", "2026-10-01 08:00")
    adopt_plan(ctx)
    for n in range(60):
        at = context_for("ingunn", oslo("2026-10-05 09:00") + timedelta(minutes=n // 7))
        open_case(at, NewCase(who="ukjent", what=f"Spørsmål {n}", answered=True, token=f"seksti-samtaler-{n:02}"))
    first = records_behind(ctx, "M1.3", Q4)
    second = records_behind(ctx, "M1.3", Q4, before=first.before)
    assert (len(first.rows), len(second.rows), second.before) == (50, 10, None)
    assert len({row.record_id for row in (*first.rows, *second.rows)}) == 60
    moments = [row.at for row in (*first.rows, *second.rows)]
    assert moments == sorted(moments, reverse=True)


def test_an_address_somebody_changed_by_hand_opens_the_first_page(
    in_january: Context, subtests: pytest.Subtests
) -> None:
    for nonsense in ("", "1.2", "x.case.1", "1.case.x", "9" * 30 + ".case.1", "١.case.1"):
        with subtests.test(nonsense):
            assert len(records_behind(in_january, "M1.3", Q4, before=nonsense).rows) == 38


def test_a_measure_the_plan_does_not_have_is_not_found(in_january: Context) -> None:
    with pytest.raises(NotFound):
        records_behind(in_january, "M9.9", Q4)


def test_without_a_plan_there_is_nothing_to_show(ctx: Context) -> None:
    with pytest.raises(NotFound):
        progress(ctx, Q4)


def test_july_becomes_an_exception_from_a_day_on_and_the_change_is_written_down(logged: ContextFor) -> None:
    ctx = logged("ingunn", "2026-11-24 10:02")
    card = reading_of(ctx, "M1.1")
    revised = NewReading(**dict(card.rule), since=date(2026, 7, 1)).model_copy(
        update={"target": Target(exception_months=(7,))}
    )
    revise_reading(ctx, "M1.1", revised, based_on=card.id, version=card.version)
    assert reading_of(ctx, "M1.1", Q3).rule.target.exception_months == (7,)
    assert reading_of(ctx, "M1.1", Quarter(2026, 2)).rule.target.exception_months == ()
    with ctx.database.reading() as session:
        (entry,) = session.query(AuditEntry).where(AuditEntry.action == "reading.revised")
        assert entry.facts["changed"]["target"] == [{}, {"exception_months": [7]}]
        assert entry.actor_id == ctx.user_id


def test_two_administrators_do_not_revise_over_each_other(logged: ContextFor) -> None:
    ctx = logged("ingunn", "2026-11-24 10:02")
    card = reading_of(ctx, "M1.4")
    same_day = NewReading(**dict(card.rule), since=card.since)
    revise_reading(ctx, "M1.4", same_day.model_copy(update={"minimum": 2}), based_on=card.id, version=card.version)
    with pytest.raises(ChangedMeanwhile):
        revise_reading(ctx, "M1.4", same_day.model_copy(update={"minimum": 3}), based_on=card.id, version=card.version)
    assert reading_of(ctx, "M1.4").rule.minimum == 2


def test_a_form_drawn_before_a_newer_reading_began_is_refused(logged: ContextFor) -> None:
    ctx = logged("ingunn", "2026-11-24 10:02")
    card = reading_of(ctx, "M1.4")
    newer = NewReading(**dict(card.rule), since=date(2026, 10, 1))
    revise_reading(ctx, "M1.4", newer, based_on=card.id, version=card.version)
    with pytest.raises(ChangedMeanwhile):
        revise_reading(ctx, "M1.4", newer, based_on=card.id, version=card.version)


def test_a_reading_cannot_begin_before_the_one_it_follows(logged: ContextFor) -> None:
    ctx = logged("ingunn", "2026-11-24 10:02")
    card = reading_of(ctx, "M1.4")
    earlier = NewReading(**dict(card.rule), since=card.since - timedelta(days=1))
    with pytest.raises(InvalidForm) as refused:
        revise_reading(ctx, "M1.4", earlier, based_on=card.id, version=card.version)
    assert refused.value.problems == {"since": "reading_since_too_early"}


def test_the_plan_asks_the_database_the_same_number_of_times_however_much_was_logged(logged: ContextFor) -> None:
    ctx = logged("ingunn", "2026-12-31 10:00")
    before = selects_of(ctx)
    for n in range(30):
        new = NewInquiry(question=f"Spørsmål {n}", medium=Medium.RADIO, token=f"flere-henvendelser-{n}")
        open_inquiry(ctx, new)
    assert selects_of(ctx) == before


def selects_of(ctx: Context) -> int:
    with asking(ctx.database) as asked:
        progress(ctx, Q4)
        records_behind(ctx, "M1.5", Q4)
    return len(asked)
