"""The journalist's deadline: one click for what they say most, a date and a time for the rest."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from crm.context import Context
from crm.i18n import local, shown_date, shown_moment, shown_time, t
from crm.media.queries import deadline_is_outside_hours, quick_deadlines
from pages.parts.defaults import begins_with
from pages.parts.moments import ask_moment

OTHER = "other"


def ask_deadline(ctx: Context, *, key: str, kept: datetime | None) -> datetime | None:
    """None: no deadline. A choice is an absolute moment, so it does not slide or vanish while the form is open."""
    remembered = f"chosen-{key}"
    chosen: str | None = st.session_state.get(remembered, _word(kept) if kept else None)
    options = [_word(choice.at) for choice in quick_deadlines(ctx)]
    if chosen and chosen != OTHER and chosen not in options:
        options.insert(0, chosen)
    place = f"{key}-{len(options)}-{options[0] if options else ''}"
    picked = st.pills(
        t("Frist"),
        [*options, OTHER],
        default=begins_with(place, chosen),
        format_func=lambda option: t("Annet") if option == OTHER else _name(ctx, datetime.fromisoformat(option)),
        key=place,
        wrap=True,
        help=t("Ingen valgt betyr at journalisten ikke ga noen frist."),
    )
    st.session_state[remembered] = picked
    if picked == OTHER:
        return ask_moment(t("Dato og klokkeslett for fristen"), key=f"{key}-moment")
    return datetime.fromisoformat(picked) if picked else None


def warn_outside_hours(ctx: Context, deadline: datetime | None) -> None:
    if deadline is not None and deadline.year < ctx.now.year + 2 and deadline_is_outside_hours(ctx, deadline):
        st.warning(outside_hours_text(deadline), icon=":material/schedule:")


def outside_hours_text(deadline: datetime) -> str:
    return t(
        "Fristen {day} kl. {clock} er utenfor kontortid. Avtal hvem som svarer.",
        day=shown_date(deadline, style="day"),
        clock=shown_time(deadline),
    )


def _word(at: datetime) -> str:
    """One word for one moment: 14:00 here and 13:00 UTC are the same choice."""
    return at.astimezone(UTC).isoformat()


def _name(ctx: Context, at: datetime) -> str:
    days = (local(at).date() - local(ctx.now).date()).days
    clock = shown_time(at).removesuffix(":00")
    if days == 0:
        return t("I dag {clock}", clock=clock)
    if days == 1:
        return t("I morgen {clock}", clock=clock)
    return shown_moment(at, now=ctx.now)
