"""Changing one body: its name, the rhythm from a date on, and who of us has a seat."""

from __future__ import annotations

import secrets
from datetime import date

import streamlit as st

from crm.context import Context
from crm.i18n import local, shown_date, t
from crm.networks.body_commands import add_body, change_seat, give_seat, remove_rhythm, rename_body, set_rhythm
from crm.networks.cards import BodyCard, SeatLine
from crm.networks.forms import BodyName, NewBody, Rhythm, Seat
from crm.networks.words import BODY_CADENCES, Cadence
from crm.periods import Quarter
from crm.users.queries import list_colleagues
from pages.parts import networks_reasons as networks_reasons
from pages.parts.moments import FIRST_DAY, LAST_DAY
from pages.parts.network_words import cadence, rhythm, seat
from pages.parts.plain import escaped
from streamlit_config.shell import saying_errors


def ask_new_body(ctx: Context) -> None:
    token = _token("new-body")
    name = st.text_input(t("Navn på organet"), key=f"name-{token}")
    typed = _ask_rhythm(ctx, token)
    if st.button(t("Legg til organet"), type="primary", key=f"add-{token}"):
        with saying_errors():
            add_body(ctx, NewBody.checked(name=name or "", rhythm=typed))
            _done("new-body")


def ask_name(ctx: Context, card: BodyCard) -> None:
    key = f"body-name-{card.line.id}-{card.version}"
    name = st.text_input(t("Navn"), value=card.line.name, key=key)
    if st.button(t("Lagre navnet"), key=f"save-{key}"):
        with saying_errors():
            rename_body(ctx, card.line.id, BodyName.checked(name=name or ""), version=card.version)
            st.rerun()


def ask_rhythm(ctx: Context, card: BodyCard) -> None:
    """What was, and what is from a day on. Earlier quarters keep the rhythm they had."""
    for rhythm_id, since, word, minimum in card.rhythms:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(t("Fra {since}: {rhythm}", since=shown_date(since), rhythm=rhythm(word, minimum)), width="stretch")
            if st.button(t("Fjern"), key=f"remove-rhythm-{rhythm_id}"):
                with saying_errors():
                    remove_rhythm(ctx, rhythm_id)
                    st.rerun()
    st.caption(t("Ny rytme fra en dato"))
    name = f"rhythm-{card.line.id}"
    token = _token(name)
    typed = _ask_rhythm(ctx, token)
    if st.button(t("Lagre rytmen"), key=f"save-{token}"):
        with saying_errors():
            set_rhythm(ctx, card.line.id, Rhythm.checked(**typed))
            _done(name)


def ask_seats(ctx: Context, card: BodyCard) -> None:
    for line in card.seats:
        with st.expander(
            escaped(seat(line)) + ("" if line.is_current else f" · {t('tidligere')}"), key=f"seat-{line.id}"
        ):
            _ask_seat(ctx, line)
    st.caption(t("Ny plass"))
    name = f"seat-of-{card.line.id}"
    token = _token(name)
    colleagues = {one.id: one.name for one in list_colleagues(ctx)}
    user_id = st.selectbox(
        t("Gi plass til"),
        list(colleagues),
        index=None,
        format_func=colleagues.__getitem__,
        placeholder=t("Velg en kollega"),
        key=f"user-{token}",
    )
    typed = _ask_days(token, "", None, None)
    if st.button(t("Gi plass"), key=f"save-{token}"):
        with saying_errors():
            give_seat(ctx, card.line.id, Seat.checked(user_id=user_id, **typed))
            _done(name)


def _ask_seat(ctx: Context, line: SeatLine) -> None:
    key = f"seat-{line.id}-{line.version}"
    typed = _ask_days(key, line.role, line.since, line.until)
    if st.button(t("Lagre plassen"), key=f"save-{key}"):
        with saying_errors():
            change_seat(ctx, line.id, Seat.checked(user_id=line.user_id, **typed), version=line.version)
            st.rerun()


def _ask_days(key: str, role: str, since: date | None, until: date | None) -> dict[str, object]:
    first, second, third = st.columns([2, 1, 1])
    return {
        "role": first.text_input(t("Rolle (kan stå tomt)"), value=role, key=f"role-{key}") or "",
        "since": second.date_input(
            t("Fra"), value=since, min_value=FIRST_DAY, max_value=LAST_DAY, format="DD.MM.YYYY", key=f"since-{key}"
        ),
        "until": third.date_input(
            t("Til og med"),
            value=until,
            min_value=FIRST_DAY,
            max_value=LAST_DAY,
            format="DD.MM.YYYY",
            key=f"until-{key}",
        ),
    }


def _ask_rhythm(ctx: Context, key: str) -> dict[str, object]:
    """From the current quarter's first day unless said otherwise: a rhythm judges whole quarters only."""
    often, how_many, since = st.columns([2, 1, 1])
    return {
        "cadence": often.selectbox(
            t("Hvor ofte forventes det møter?"),
            BODY_CADENCES,
            index=BODY_CADENCES.index(Cadence.QUARTERLY),
            format_func=cadence,
            key=f"cadence-{key}",
        ),
        "minimum": how_many.number_input(t("Minst"), min_value=0, max_value=20, value=1, step=1, key=f"minimum-{key}"),
        "since": since.date_input(
            t("Gjelder fra"),
            value=Quarter.of(local(ctx.now).date()).starts,
            min_value=FIRST_DAY,
            max_value=LAST_DAY,
            format="DD.MM.YYYY",
            key=f"since-{key}",
        ),
    }


def _token(what: str) -> str:
    """Random, and new after each saving, so that the fields are empty again; what is refused stays typed."""
    token: str = st.session_state.setdefault(f"{what}-token", secrets.token_urlsafe(9))
    return token


def _done(what: str) -> None:
    del st.session_state[f"{what}-token"]
    st.rerun()
