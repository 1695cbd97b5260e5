"""What the evidence of a measure says beyond its count: each kind of evidence has its own lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from crm.figures.cards import PressQuarter, QuarterTimes, SupportQuarter
from crm.figures.words import few_text, median_text, ninetieth_text, share_text
from crm.i18n import shown_duration, shown_number, t, tn
from crm.plan.cards import MeasureProgress


@dataclass(frozen=True)
class QuarterFigures:
    support: SupportQuarter
    press: PressQuarter


Lines = Callable[[MeasureProgress, QuarterFigures], list[str]]


def figure_lines(measure: MeasureProgress, figures: QuarterFigures) -> list[str]:
    """In the order of the reading's kinds; [] where only the count is known."""
    kinds = measure.reading.rule.evidence if measure.reading else ()
    return [line for kind in kinds if kind in _SAYS for line in _SAYS[kind](measure, figures)]


def _channel_word(channel: str) -> str:
    return {"phone": t("telefon"), "email": t("e-post"), "meeting": t("møte"), "other": t("annet")}[channel]


def _support(_: MeasureProgress, figures: QuarterFigures) -> list[str]:
    support = figures.support
    channels = ", ".join(f"{_channel_word(word)} {shown_number(n)}" for word, n in sorted(support.by_channel.items()))
    still_open = tn("{n} åpen", "{n} åpne", support.still_open)
    reached = share_text(support.houses_reached, support.member_houses)
    lines = [f"{channels[:1].upper()}{channels[1:]} · {still_open}"] if channels else []
    lines.append(t("Medlemshus vi har hjulpet: {share}", share=reached))
    return lines + _waits(support.times)


def _asked(_: MeasureProgress, figures: QuarterFigures) -> list[str]:
    """Asked and of our own accord are counted apart; the plan names the web, television and radio."""
    named = {"web": t("nett"), "television": t("tv"), "radio": t("radio")}
    counts = {word: figures.press.by_medium.get(word, 0) for word in named}
    said = ", ".join(f"{named[word]} {shown_number(n)}" for word, n in counts.items())
    others = sum(figures.press.by_medium.values()) - sum(counts.values())
    lines = [t("Vi ble spurt: {n} ({media})", n=shown_number(sum(counts.values())), media=said)]
    if others:
        lines.append(tn("{n} fra andre medier teller ikke her", "{n} fra andre medier teller ikke her", others))
    return lines


def _answered(measure: MeasureProgress, figures: QuarterFigures) -> list[str]:
    times = figures.press.times
    lines = [t("Besvart av dem som kom i kvartalet: {share}", share=share_text(times.answered, times.received))]
    lines.append(t("Før fristen: {share}", share=share_text(times.before_deadline, times.with_deadline)))
    if times.withdrawn:
        lines.append(tn("{n} trukket, ikke regnet med", "{n} trukket, ikke regnet med", times.withdrawn))
    return lines + _waits(times) + _own_target(measure, figures)


def _own_target(measure: MeasureProgress, figures: QuarterFigures) -> list[str]:
    """Ours, and said to be ours: the plan has no number for "raskt"."""
    minutes = measure.reading.rule.target.own_response_minutes if measure.reading else None
    times = figures.press.times
    if minutes is None or not times.waits:
        return []
    limit = timedelta(minutes=minutes)
    kept = share_text(times.within(limit), len(times.waits))
    return [
        t(
            "Innen {limit} arbeidstid og før fristen: {share} (appens forslag, ikke planens)",
            limit=shown_duration(limit),
            share=kept,
        )
    ]


def _waits(times: QuarterTimes) -> list[str]:
    """Both clocks, how many answers, and a word when they are few."""
    if not times.waits:
        return []
    few = few_text(times)
    return [median_text(times), ninetieth_text(times), *([few] if few else [])]


# Asked for by evidence and not by measure, so that a revised reading brings its figures along.
_SAYS: dict[str, Lines] = {
    "support_case_phone": _support,
    "inquiry_received_web": _asked,
    "inquiry_answered": _answered,
}
