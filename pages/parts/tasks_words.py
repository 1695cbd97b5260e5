"""When tasks are due and how often they come."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from crm.context import Context
from crm.i18n import shown_date, shown_moment, t
from crm.records import Kind
from crm.tasks.queries import Repeats, TaskLine

NEVER = ""  # None is no choice to a selectbox, but the lack of one


def due_words(ctx: Context, due: date | None) -> str:
    """`i dag`, `i morgen`, `torsdag 3. desember`, `forfalt 20. nov.`, `uten frist`."""
    if due is None:
        return t("uten frist")
    if due < ctx.today:
        return t("forfalt {day}", day=_day(ctx, due))
    near = {ctx.today: t("i dag"), ctx.today + timedelta(days=1): t("i morgen")}
    return near.get(due) or _day(ctx, due)


def done_words(ctx: Context, line: TaskLine) -> str:
    """`gjort i dag 10:02 av Ingunn Ås`."""
    moment = shown_moment(line.done_at, now=ctx.now) if line.done_at else ""
    return t("gjort {moment} av {name}", moment=moment, name=line.done_by)


def repeats_words(repeats: Repeats | None) -> str:
    if repeats is None:
        return t("gjentas ikke")
    return {
        Repeats.DAILY: t("hver dag kontoret er åpent"),
        Repeats.WEEKLY: t("hver uke"),
        Repeats.MONTHLY: t("hver måned"),
        Repeats.QUARTERLY: t("hvert kvartal"),
        Repeats.YEARLY: t("hvert år"),
    }[repeats]


def ask_repeats(repeats: Repeats | None, *, key: str) -> Repeats | None:
    ways = [NEVER, *Repeats]
    chosen = st.selectbox(
        t("Gjentas"),
        ways,
        index=ways.index(repeats or NEVER),
        format_func=lambda way: repeats_words(Repeats(way) if way else None),
        key=key,
    )
    return Repeats(chosen) if chosen else None


def about_words(line: TaskLine) -> str:
    """What the task is about: `sak 12, Fjordglimt kulturhus`; "" for one on no record."""
    if line.record is None:
        return ""
    number = line.record.id
    kind = {
        Kind.CASE: t("sak {number}", number=number),
        Kind.INQUIRY: t("mediehenvendelse {number}", number=number),
        Kind.MEETING: t("møte"),
    }.get(line.record.kind, "")
    return ", ".join(part for part in (kind, line.about) if part)


def _day(ctx: Context, day: date) -> str:
    if abs((day - ctx.today).days) < 7:
        return shown_date(day, style="day")
    return shown_date(day, style="brief" if day.year == ctx.today.year else "short")
