"""Typing into a case that others may change meanwhile: nothing typed is lost, and nothing of theirs is written over unseen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

import streamlit as st

from crm.cases.cards import CaseCard, CaseEvent
from crm.errors import ChangedMeanwhile
from crm.i18n import t
from pages.parts.case_history import event_sentence
from pages.parts.plain import escaped
from streamlit_config.shell import saying_errors

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Begun:
    """One filling of one form. `original` is how the case stood when it began, `first` what the fields began with."""

    card_id: int
    form: str
    version: int
    original: Values
    first: Values
    missed: tuple[CaseEvent, ...]

    def key(self, name: str) -> str:
        """A field's key: with the record and its version in it, no field shows another record's or an older text."""
        return f"case-{self.form}-{name}-{self.card_id}-{self.version}"


def begun(card: CaseCard, form: str, original: Values) -> Begun:
    """The filling under way, or a new one with what was typed before somebody else saved."""
    place = _place(card, form)
    if place not in st.session_state:
        carried, missed = st.session_state.pop(f"{place}-carried", ({}, ()))
        st.session_state[place] = Begun(card.id, form, card.version, original, {**original, **carried}, missed)
    found: Begun = st.session_state[place]
    if found.missed:
        _say_what_was_missed(found.missed)
    return found


def follow_changes(card: CaseCard, filling: Begun, typed: Values) -> None:
    """Last in the form: with nothing typed in it, it is to show what others have saved meanwhile."""
    if filling.version != card.version and typed == filling.original:
        st.session_state.pop(_place(card, filling.form), None)
        st.session_state[f"case-{card.id}-is-behind"] = True


def catch_up(card: CaseCard) -> None:
    """Last on the screen: another run in the middle of it would swallow a click on a form further down."""
    if st.session_state.pop(f"case-{card.id}-is-behind", False):
        st.rerun()


def save(card: CaseCard, filling: Begun, typed: Values, store: Callable[[], object]) -> None:
    """Stores and begins anew. When somebody saved first, what was typed is carried into a form of the newest version."""
    with saying_errors():
        try:
            store()
        except ChangedMeanwhile as error:
            changed = {name: value for name, value in typed.items() if value != filling.original[name]}
            st.session_state[f"{_place(card, filling.form)}-carried"] = (changed, error.facts.get("changes", ()))
        begin_again(card, filling.form)


def begin_again(card: CaseCard, form: str) -> NoReturn:
    st.session_state.pop(_place(card, form), None)
    st.rerun()
    raise AssertionError  # rerun never returns; this tells the type checker


def _say_what_was_missed(missed: tuple[CaseEvent, ...]) -> None:
    lines = [t("Noen andre lagret før deg. Det du skrev, står her fortsatt. Se over, og lagre en gang til.")]
    st.warning(
        "  \n".join([*lines, *(escaped(event_sentence(event)) for event in missed)]), icon=":material/sync_problem:"
    )


def _place(card: CaseCard, form: str) -> str:
    return f"case-{card.id}-{form}"
