"""What was saved just now, on whom, and the two ways back: put it right, or take it back."""

from __future__ import annotations

from typing import NoReturn

import streamlit as st

from crm.cases.commands import correct_case, undo_case
from crm.cases.forms import CorrectedCase
from crm.cases.queries import SavedCase, TimeQuality, saved_case
from crm.context import Context
from crm.i18n import shown_moment, t
from crm.people.queries import CallerHit
from pages.parts.caller_search import choose_caller, named
from pages.parts.drafts import PARAMETER
from pages.parts.plain import escaped
from streamlit_config.navigation import go
from streamlit_config.shell import context, saying_errors

SAVED, CORRECTING = "saved-case", "correcting-case"  # ids, kept for the session


def show_correction(ctx: Context, *, has_just_come: bool) -> bool:
    """True while the call is being corrected: then the other form stands back, for both have the same keys to save.

    `has_just_come`: the screen was asked for anew (N), so a correction left half-way gives way to the call.
    """
    if has_just_come:
        st.session_state.pop(CORRECTING, None)
    saved = _last_saved(ctx) if CORRECTING in st.session_state else None
    if saved is None or st.session_state[CORRECTING] != saved.id:
        return False
    _confirm(ctx, saved)
    _correct(saved)
    return True


def show_just_saved(ctx: Context) -> None:
    saved = _last_saved(ctx)
    if saved is not None:
        _confirm(ctx, saved)


def _last_saved(ctx: Context) -> SavedCase | None:
    case_id = st.session_state.get(SAVED)
    return saved_case(ctx, case_id) if case_id is not None else None


def _confirm(ctx: Context, saved: SavedCase) -> None:
    with st.container(key=f"just-saved-{saved.id}"):
        st.success(_sentence(ctx, saved), icon=":material/check_circle:")
        with st.container(horizontal=True, key=f"just-saved-ways-{saved.id}"):
            if st.button(t("Rett"), key=f"correct-{saved.id}-{saved.version}"):
                st.session_state[CORRECTING] = saved.id
                st.rerun()
            if st.button(t("Angre"), key=f"undo-{saved.id}-{saved.version}"):
                _undo(ctx, saved)
            if st.button(t("Åpne saken"), key=f"show-{saved.id}-{saved.version}", type="tertiary"):
                go("case", id=saved.id)


def _sentence(ctx: Context, saved: SavedCase) -> str:
    name = escaped(_name(saved))
    said = (
        t("Lagret på **{name}**. Besvart.", name=name)
        if saved.is_answered
        else t("Lagret på **{name}**. Åpen sak.", name=name)
    )
    if saved.received_quality is TimeQuality.RECONSTRUCTED:
        return said + " " + t("Mottatt {moment} (anslått).", moment=shown_moment(saved.received_at, now=ctx.now))
    return said


def _name(saved: SavedCase) -> str:
    if saved.known is not None:
        return named(saved.known)
    return t("ukjent innringer ({typed})", typed=saved.caller) if saved.caller else t("ukjent innringer")


def _undo(ctx: Context, saved: SavedCase) -> None:
    with saying_errors():
        token = undo_case(ctx, saved.id)
        st.session_state.pop(SAVED, None)
        go("new_case", **{PARAMETER: token})


@st.fragment
def _correct(saved: SavedCase) -> None:
    """Who and what. Keys hold the record and its version, so that no other record's text stands in the fields."""
    ctx = context()
    place = f"{saved.id}-{saved.version}"
    with st.container(border=True, key=f"correction-{place}"):
        with st.container(key=f"focus-correct-{place}"):
            who = st.text_input(t("Hvem"), value=_searched(saved), key=f"correct-who-{place}", live="150ms")
        with st.container(key=f"live-correct-{place}"):
            what = st.text_area(t("Hva"), value=saved.what, key=f"correct-what-{place}")
        with st.container(horizontal=True, key=f"correction-ways-{place}"):
            save = st.button(
                t("Lagre rettelsen"), shortcut="Ctrl+Enter", type="primary", key=f"save-correction-{place}"
            )
            leave = st.button(t("Avbryt"), type="tertiary", key=f"leave-correction-{place}")
        chosen = f"{saved.organisation_id or 0}-{saved.person_id or 0}"
        caller = choose_caller(ctx, who, token=f"correct-{place}", chosen=chosen)
        if save and not caller.were_shown:
            st.warning(t("Nye treff. Se om det riktige er valgt, og lagre en gang til."))
        elif save:
            with saying_errors():
                correct_case(ctx, saved.id, _corrected(saved, who, what, caller.hit))
                _done()
        if leave:
            _done()


def _corrected(saved: SavedCase, who: str, what: str, hit: CallerHit | None) -> CorrectedCase:
    return CorrectedCase.checked(
        version=saved.version,
        who=who,
        organisation_id=hit.organisation_id if hit else None,
        person_id=hit.person_id if hit else None,
        what=what,
    )


def _searched(saved: SavedCase) -> str:
    """What finds the same hit again: the bare name."""
    return (saved.known.person or saved.known.house) if saved.known else saved.caller


def _done() -> NoReturn:
    st.session_state.pop(CORRECTING, None)
    st.rerun()
    raise AssertionError  # rerun never returns; this tells the type checker
