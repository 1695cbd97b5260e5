"""How the office's calendar is said."""

from __future__ import annotations

from crm.i18n import shown_date, t
from crm.office.hours_queries import DayKind, PreviewDay
from crm.working_time import HalfDay
from pages.parts.plain import escaped
from streamlit_config.shell import explain_reasons

explain_reasons(
    {
        "date_out_of_range": lambda: t("Se over årstallet i datoen."),
        "date_type": lambda: t("Velg en dato."),
        "hours_not_read": lambda: t(
            "Skriv tidene som 08–16, eller 08–11:30, 12–16. La feltet stå tomt når det er stengt."
        ),
        "no_open_hours": lambda: t(
            "Kontoret må være åpent minst én gang i uken. Uten åpningstid kan ingen svartid regnes ut."
        ),
        "window_time_invalid": lambda: t("Skriv klokkeslettet som 12:00."),
    }
)


def weekday(number: int) -> str:
    """Monday is 0."""
    return [t("Mandag"), t("Tirsdag"), t("Onsdag"), t("Torsdag"), t("Fredag"), t("Lørdag"), t("Søndag")][number]


def half_day(day: HalfDay) -> str:
    return {
        HalfDay.CHRISTMAS_EVE: t("Julaften"),
        HalfDay.NEW_YEARS_EVE: t("Nyttårsaften"),
        HalfDay.WEDNESDAY_BEFORE_EASTER: t("Onsdag før skjærtorsdag"),
    }[day]


def preview_line(day: PreviewDay) -> str:
    """`fre. 27. nov.: stengt · Planleggingsdag`, as Markdown; a day that is not like the others stands out."""
    name = half_day(HalfDay(day.name)) if day.kind == DayKind.HALF_DAY else day.name
    hours = day.hours or t("stengt")
    said = f"**{hours}** · {escaped(name)}" if name else hours
    return f"{weekday(day.day.weekday())[:3].lower()}. {shown_date(day.day, style='brief')}: {said}"
