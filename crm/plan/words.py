"""How the plan's stored words are said: statuses, rhythms and remarks."""

from __future__ import annotations

from datetime import date

from crm.i18n import shown_date, shown_month, shown_number, shown_quarter, t, tn
from crm.periods import Quarter
from crm.plan.cards import MeasureProgress, PartProgress
from crm.plan.forms import Cadence, Rule
from crm.plan.rules import Remark, Status, Verdict


def status_word(status: Status) -> str:
    return {
        Status.MET: t("Nådd"),
        Status.PARTLY: t("Delvis nådd"),
        Status.MISSED: t("Ikke nådd"),
        Status.UNDER_WAY: t("Underveis"),
        Status.UPCOMING: t("Kommer"),
        Status.NOT_APPLICABLE: t("Gjelder ikke nå"),
        Status.COUNT_ONLY: t("Telles, uten mål i planen"),
        Status.NOT_RECORDABLE: t("Kan ikke registreres ennå"),
    }[status]


def quarter_name(quarter: Quarter) -> str:
    return shown_quarter(quarter.year, quarter.number)


def month_name(number: int) -> str:
    """`november`, in any year."""
    return shown_month(2026, number).partition(" ")[0]


def cadence_word(cadence: Cadence) -> str:
    return {
        Cadence.MONTHLY: t("Hver måned"),
        Cadence.QUARTERLY: t("Hvert kvartal"),
        Cadence.HALF_YEARLY: t("Hvert halvår"),
        Cadence.YEARLY: t("Hvert år"),
        Cadence.DEADLINE: t("Innen en frist"),
        Cadence.CONTINUOUS: t("Løpende"),
        Cadence.ON_REQUEST: t("På forespørsel"),
        Cadence.EVENT_BOUND: t("Når anledningen er der"),
    }[cadence]


def expected(rule: Rule, quarter: Quarter) -> str:
    """`2–4 nyhetsbrev hver måned`; what the plan does not number says so."""
    if rule.arenas:
        return t("{occasions}: uten antall i planen", occasions=", ".join(arena.name for arena in rule.arenas))
    if rule.minimum is None:
        return t("{rhythm}, uten tall i planen", rhythm=cadence_word(rule.cadence).lower())
    return f"{_amount(rule)} {_how_often(rule, quarter)}"


def done(measure: MeasureProgress) -> str:
    """`3 møter`, in the reading's own words."""
    if measure.reading is None:
        return ""
    rule, n = measure.reading.rule, measure.verdict.done
    return f"{shown_number(n)} {rule.unit if n == 1 else rule.units}"


def part_done(part: PartProgress) -> str:
    """`MIR: 1 av 1 møte`, with what was cancelled."""
    name = part.name
    if part.expected:
        said = tn("{name}: {done} av {n} møte", "{name}: {done} av {n} møter", part.expected, name=name, done=part.done)
    else:
        said = tn("{name}: {n} møte", "{name}: {n} møter", part.done, name=name)
    if part.cancelled:
        days = ", ".join(shown_date(day, style="brief") for day in part.cancelled)
        said += " · " + t("avlyst {days}", days=days)
    if part.held_without_us:
        said += " · " + tn("{n} holdt uten oss", "{n} holdt uten oss", part.held_without_us)
    return said


def remark(verdict: Verdict) -> str:
    day = verdict.day
    if verdict.remark is None or day is None:
        return ""
    return {
        Remark.NEXT_WINDOW: t("{quarter} kommer", quarter=quarter_name(Quarter.of(day))),
        Remark.WINDOW_UNTIL: t("Kan nås til og med {day}", day=shown_date(day)),
        Remark.OUTSIDE_WINDOW: t("Utenfor tiden planen gir. {quarter} kommer.", quarter=quarter_name(Quarter.of(day))),
        Remark.DEADLINE: t("Frist {day}", day=shown_date(day)),
        Remark.SENT_DAYS_BEFORE: _days_before(verdict.days or 0, day),
        Remark.AFTER_DEADLINE: t("Sendt etter fristen {day}", day=shown_date(day)),
    }[verdict.remark]


def _amount(rule: Rule) -> str:
    if rule.maximum is not None and rule.maximum != rule.minimum:
        return f"{rule.minimum}–{rule.maximum} {rule.units}"
    return t("minst {n} {unit}", n=rule.minimum, unit=rule.unit if rule.minimum == 1 else rule.units)


def _how_often(rule: Rule, quarter: Quarter) -> str:
    if rule.target.each_body:
        return t("hvert kvartal i hvert organ")
    if rule.target.deadline is not None:
        return t("innen {day}", day=shown_date(rule.target.deadline_in(quarter.year), style="day").partition(" ")[2])
    if rule.windows or rule.cadence is Cadence.YEARLY:
        return _within_the_year(rule, quarter.year)
    return cadence_word(rule.cadence).lower()


def _within_the_year(rule: Rule, year: int) -> str:
    windows = [window for window in rule.windows if window.has(year)]
    numbers = sorted({number for window in windows for number in window.quarters})
    about = ", ".join(window.about for window in windows if window.about)
    if not numbers or len(numbers) == 4:
        return t("i året")
    span = f"{numbers[0]}." if len(numbers) == 1 else f"{numbers[0]}.–{numbers[-1]}."
    said = t("i året, i {quarters}\u00a0kvartal", quarters=span)
    return f"{said} ({about})" if about else said


def _days_before(days: int, day: date) -> str:
    if days == 0:
        return t("Sendt på fristdagen {day}", day=shown_date(day))
    return tn("Sendt {n} dag før fristen {day}", "Sendt {n} dager før fristen {day}", days, day=shown_date(day))
