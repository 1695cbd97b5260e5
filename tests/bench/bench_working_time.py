"""What counting working time costs beside numpy's own count of weekdays, on the same 10,000 pairs and the same holidays.

Prints one JSON object: medians in milliseconds over runs that take turns in one process, and ratios of them. `ratio` is
what we promise (at most 3): `elapsed_many` against one `numpy.busday_count` that is given the dates ready made. The other
ratios are harder comparisons: against a busdaycalendar made beforehand, with a lunch break, and from a pandas column.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[2]))

from holidays import country_holidays

from crm.working_time import norwegian_calendar

PAIRS = 10_000
RUNS = 51
LUNCH_WEEK = {weekday: [("08:00", "11:30"), ("12:00", "16:00")] for weekday in range(5)}


def measure() -> dict[str, float]:
    chance = np.random.default_rng(20261123)
    starts = np.datetime64("2023-01-01T00:00:00", "us") + chance.integers(0, 4 * 365 * 86_400_000_000, PAIRS)
    ends = starts + chance.integers(0, 60 * 86_400_000_000, PAIRS)
    holidays = np.array(sorted(country_holidays("NO", years=range(2023, 2028))), dtype="datetime64[D]")
    days = starts.astype("datetime64[D]"), ends.astype("datetime64[D]")
    prepared = np.busdaycalendar(holidays=holidays)
    columns = [
        pd.Series(pd.DatetimeIndex(times).tz_localize("UTC").tz_convert("Europe/Oslo")) for times in (starts, ends)
    ]
    office, lunch = norwegian_calendar(), norwegian_calendar(weekly=LUNCH_WEEK)
    rivals: dict[str, Callable[[], object]] = {
        "busday_count": lambda: np.busday_count(*days, holidays=holidays),
        "busday_count_prepared": lambda: np.busday_count(*days, busdaycal=prepared),
        "elapsed_many": lambda: office.elapsed_many(starts, ends),
        "elapsed_many_lunch": lambda: lunch.elapsed_many(starts, ends),
        "elapsed_many_pandas": lambda: office.elapsed_many(*columns),
    }
    return _with_ratios(_medians(rivals))


def _medians(rivals: dict[str, Callable[[], object]]) -> dict[str, float]:
    took: dict[str, list[float]] = {name: [] for name in rivals}
    for run in rivals.values():
        run()  # the first call builds the calendar's years; a screen pays that once per calendar
    for _ in range(RUNS):
        for name, run in rivals.items():
            begin = perf_counter()
            run()
            took[name].append((perf_counter() - begin) * 1000)
    return {name: median(times) for name, times in took.items()}


def _with_ratios(medians: dict[str, float]) -> dict[str, float]:
    figures = {f"{name}_ms": round(value, 3) for name, value in medians.items()}
    figures["ratio"] = round(medians["elapsed_many"] / medians["busday_count"], 2)
    figures["ratio_prepared"] = round(medians["elapsed_many"] / medians["busday_count_prepared"], 2)
    figures["ratio_lunch"] = round(medians["elapsed_many_lunch"] / medians["busday_count"], 2)
    figures["ratio_pandas"] = round(medians["elapsed_many_pandas"] / medians["busday_count"], 2)
    return figures


if __name__ == "__main__":
    print(json.dumps(measure(), indent=1))
