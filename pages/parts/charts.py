"""Charts as plain records: building Plotly's own objects costs ten times as much. Nothing here draws; the pages do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum
from typing import Any

from crm.figures.cards import QuarterTimes
from crm.figures.rules import Spread, is_few
from crm.i18n import shown_duration, shown_quarter, t

Chart = dict[str, Any]


class Clock(StrEnum):
    WORKING = "working"
    WALL = "wall"

    def of(self, times: QuarterTimes) -> Spread:
        return times.working if self is Clock.WORKING else times.wall

    def seconds(self, times: QuarterTimes) -> list[int]:
        return [wait.working if self is Clock.WORKING else wait.wall for wait in times.waits]


DARK, MIDDLE, LIGHT = "#1f5265", "#5c9bb0", "#c9dde4"


def waiting_chart(quarters: Sequence[QuarterTimes], *, clock: Clock, title: str) -> Chart:
    """A box for each quarter: the middle half, the median across it, and a line up to the 90th percentile.

    Quarters with few answers have a dot for each answer instead: three answers make no distribution. One clock a chart.
    """
    names = [_name(times) for times in quarters]
    shown = [(name, clock.of(times), times) for name, times in zip(names, quarters, strict=True)]
    return {
        "data": [_boxes(shown), _dots(shown, clock), _medians(shown)],
        "layout": {
            "title": {"text": title, "font": {"size": 15}, "x": 0, "xanchor": "left"},
            "height": 340,
            "margin": {"l": 44, "r": 8, "t": 44, "b": 72},
            "separators": ", ",
            "xaxis": {
                "type": "category",
                "categoryorder": "array",
                "categoryarray": names,
                "range": [-0.6, len(names) - 0.4],
            },
            "yaxis": {"title": {"text": t("timer")}, "rangemode": "tozero", "zeroline": True},
            "legend": {"orientation": "h", "y": -0.28, "x": 0},
            "showlegend": True,
        },
    }


def _name(times: QuarterTimes) -> str:
    """Short, so that eight of them fit on a telephone: `K4 26`."""
    return t("K{number} {year}", number=times.quarter.number, year=f"{times.quarter.year % 100:02}")


def _boxes(shown: Sequence[tuple[str, Spread, QuarterTimes]]) -> Chart:
    enough = [(name, spread) for name, spread, _ in shown if spread.n and not is_few(spread.n)]
    return {
        "type": "box",
        "name": t("Midterste halvdel, med strek opp til 90-persentilen"),
        "x": [name for name, _ in enough],
        "lowerfence": [_hours(spread.shortest) for _, spread in enough],
        "q1": [_hours(spread.first_quarter) for _, spread in enough],
        "median": [_hours(spread.median) for _, spread in enough],
        "q3": [_hours(spread.third_quarter) for _, spread in enough],
        "upperfence": [_hours(spread.ninetieth) for _, spread in enough],
        "fillcolor": LIGHT,
        "line": {"color": MIDDLE, "width": 1.5},
        "hoverinfo": "skip",
    }


def _dots(shown: Sequence[tuple[str, Spread, QuarterTimes]], clock: Clock) -> Chart:
    few = [(name, seconds) for name, spread, times in shown if is_few(spread.n) for seconds in clock.seconds(times)]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": t("Enkelte svar, der de er få"),
        "x": [name for name, _ in few],
        "y": [seconds / 3600 for _, seconds in few],
        "marker": {"color": MIDDLE, "size": 7, "symbol": "circle-open", "line": {"width": 2}},
        "hoverinfo": "skip",
    }


def _medians(shown: Sequence[tuple[str, Spread, QuarterTimes]]) -> Chart:
    counted = [(name, spread, times) for name, spread, times in shown if spread.median is not None]
    return {
        "type": "scatter",
        "mode": "markers+lines",
        "name": t("Median"),
        "x": [name for name, _, _ in counted],
        "y": [_hours(spread.median) for _, spread, _ in counted],
        "text": [_said(spread, times) for _, spread, times in counted],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {"color": DARK, "size": 8, "symbol": "diamond"},
        "line": {"color": DARK, "width": 1, "dash": "dot"},
    }


def _said(spread: Spread, times: QuarterTimes) -> str:
    return t(
        "{quarter}: median {median}, 90-persentil {ninetieth} (n = {n})",
        quarter=shown_quarter(times.quarter.year, times.quarter.number),
        median=shown_duration(spread.median or timedelta()),
        ninetieth=shown_duration(spread.ninetieth or timedelta()),
        n=spread.n,
    )


def _hours(length: timedelta | None) -> float:
    return (length or timedelta()).total_seconds() / 3600
