"""Words, dates and numbers in the reader's language. Bokmål is the source text; English stands in `crm/texts/en/*.po`.

`.po` files are read at start-up, so there is nothing to compile and nothing to forget.
"""

from __future__ import annotations

from contextvars import ContextVar
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

LANGUAGES = {"nb": "Norsk", "en": "English"}
SOURCE = "nb"
OFFICE_ZONE = ZoneInfo("Europe/Oslo")

_language: ContextVar[str] = ContextVar("language", default=SOURCE)


def use_language(language: str) -> None:
    """For the rest of this run. An unknown language falls back to bokmål."""
    _language.set(language if language in LANGUAGES else SOURCE)


def language() -> str:
    return _language.get()


def t(text: str, **facts: object) -> str:
    """The text in the reader's language, its `{names}` filled with the facts."""
    translated = text if language() == SOURCE else _texts(language()).get(text, (text,))[0]
    return translated.format(**facts) if facts else translated


def tn(one: str, many: str, n: int, **facts: object) -> str:
    """The text for `n` things; `{n}` is the number as it is written in the language."""
    forms = (one, many) if language() == SOURCE else _texts(language()).get(one, (one, many))
    return forms[0 if n == 1 else -1].format(n=shown_number(n), **facts)


@cache
def _texts(code: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for entry in sorted((files("crm") / "texts" / code).iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".po"):
            for message in read_po(BytesIO(entry.read_bytes()), locale=code):
                source = message.id if isinstance(message.id, str) else message.id[0]
                target = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
                if source and all(target):
                    found[source] = target
    return found


def _locale() -> Locale:
    return _locale_of(language())


@cache
def _locale_of(code: str) -> Locale:
    return Locale.parse("nb_NO" if code == "nb" else "en_GB")


def sentence(words: str) -> str:
    """With a capital first letter, and the others as they are: English months and people's names keep theirs."""
    return words[:1].upper() + words[1:]


def local(at: datetime) -> datetime:
    """The wall clock of the office."""
    return at.astimezone(OFFICE_ZONE)


def shown_number(value: float, *, decimals: int = 0) -> str:
    """`1 234,5`: the blank does not break, so a number is never torn over two lines."""
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(value, format=pattern, locale=_locale())


def shown_percent(share: float, *, decimals: int = 1) -> str:
    """A share from 0 to 1 as `22,1 %`."""
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "") + ("\u00a0%" if language() == "nb" else "%")
    return format_percent(share, format=pattern, locale=_locale())


def shown_date(day: date | datetime, *, style: str = "short") -> str:
    """`short` 24.11.2026, `day` tirsdag 24. november, `long` tirsdag 24. november 2026, `brief` 24. nov."""
    on = local(day).date() if isinstance(day, datetime) else day
    if language() == "nb":
        pattern = {"short": "dd.MM.y", "day": "EEEE d. MMMM", "long": "EEEE d. MMMM y", "brief": "d. MMM"}[style]
    else:
        pattern = {"short": "dd/MM/y", "day": "EEEE d MMMM", "long": "EEEE d MMMM y", "brief": "d MMM"}[style]
    return _written_day(on, pattern, language())


def shown_time(at: datetime | time) -> str:
    return f"{local(at) if isinstance(at, datetime) else at:%H:%M}"


def shown_moment(at: datetime, *, now: datetime | None = None) -> str:
    """`24.11.2026 10.02` style in full; with `now`, `i dag 10:02` or `i går 16:20` or `fre. 27. nov. 16:20` when near."""
    here = local(at)
    clock = shown_time(at)
    if now is None:
        return f"{shown_date(at)} {clock}"
    days = (here.date() - local(now).date()).days
    if days in (-1, 0, 1):
        near = {-1: t("i går"), 0: t("i dag"), 1: t("i morgen")}[days]
        return f"{near} {clock}"
    if here.year == local(now).year:
        pattern = "EEE d. MMM HH:mm" if language() == "nb" else "EEE d MMM HH:mm"
        return _written(here, pattern, language())
    return f"{_written(here, 'dd.MM.y' if language() == 'nb' else 'dd/MM/y', language())} {clock}"


@lru_cache(maxsize=4096)
def _written(here: datetime, pattern: str, code: str) -> str:
    """On the office's wall. Kept: a list of fifty spent more time on writing its dates than on being asked for."""
    return format_datetime(here, format=pattern, locale=_locale_of(code))


@lru_cache(maxsize=1024)
def _written_day(day: date, pattern: str, code: str) -> str:
    return format_date(day, format=pattern, locale=_locale_of(code))


def shown_working_time(length: timedelta) -> str:
    """Hours and minutes however many: `480 t` is sixty days at work, and "20 d" would be read as twenty."""
    hours, minutes = divmod(int(length.total_seconds() // 60), 60)
    if hours < 48:
        return shown_duration(length)
    shown = shown_number(hours)
    return t("{hours} t {minutes} min", hours=shown, minutes=minutes) if minutes else t("{hours} t", hours=shown)


def shown_duration(length: timedelta) -> str:
    """Whole minutes, floored: `42 min`, `19 t 20 min`, `3 d 4 t` from two days up."""
    minutes = int(length.total_seconds() // 60)
    hours, rest = divmod(minutes, 60)
    if hours == 0:
        return t("{n} min", n=minutes)
    if hours < 48:
        return t("{hours} t {minutes} min", hours=hours, minutes=rest) if rest else t("{hours} t", hours=hours)
    days, hours = divmod(hours, 24)
    return t("{days} d {hours} t", days=days, hours=hours) if hours else t("{days} d", days=days)


def shown_quarter(year: int, number: int) -> str:
    return t("{number}. kvartal {year}", number=number, year=year)


def shown_language(code: str) -> str:
    """`nordsamisk` for `se`; a code nobody has a word for as it is."""
    return str(_locale().languages.get(code, code))


def shown_month(year: int, number: int) -> str:
    """`november 2026`."""
    return format_date(date(year, number, 1), format="MMMM y", locale=_locale())
