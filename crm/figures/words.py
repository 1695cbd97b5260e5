"""How figures of waiting are said: both clocks in every sentence, and the number of answers beside them."""

from __future__ import annotations

from datetime import timedelta

from crm.figures.cards import QuarterTimes
from crm.figures.rules import is_few
from crm.i18n import shown_duration, shown_number, shown_percent, t, tn


def both(working: timedelta | None, wall: timedelta | None) -> str:
    """`42 min arbeidstid / 1 t kalendertid`: a zero on one clock is never read alone."""
    if working is None or wall is None:
        return "–"
    return t("{working} arbeidstid / {wall} kalendertid", working=shown_duration(working), wall=shown_duration(wall))


def share_text(part: int, whole: int) -> str:
    """`7 av 8 = 87,5 %`; without a whole there is no share."""
    if not whole:
        return t("ingen")
    share = shown_percent(part / whole, decimals=0 if 100 * part % whole == 0 else 1)
    return t("{part} av {whole} = {share}", part=shown_number(part), whole=shown_number(whole), share=share)


def median_text(times: QuarterTimes) -> str:
    said = both(times.working.median, times.wall.median)
    return t("Median til første svar: {both} (n = {n})", both=said, n=shown_number(len(times.waits)))


def ninetieth_text(times: QuarterTimes) -> str:
    said = both(times.working.ninetieth, times.wall.ninetieth)
    return t("90-persentil: {both} (n = {n})", both=said, n=shown_number(len(times.waits)))


def few_text(times: QuarterTimes) -> str:
    """Empty where there are enough answers to speak of a distribution."""
    n = len(times.waits)
    return tn("Bare ett svar – et enkelttilfelle.", "Bare {n} svar – enkelttilfeller.", n) if is_few(n) else ""
