"""Filling in a form about a record that others may change meanwhile: what is typed stays until it is saved or thrown away.

The text survives a change of screen, a closed fold, and that something else of the record is saved. When somebody else saved the
same fields, theirs are shown, one's own stay, and the next press saves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from crm.errors import ChangedMeanwhile
from crm.i18n import t
from pages.parts.plain import escaped
from streamlit_config.shell import saying_errors

Values = Mapping[str, Any]  # as the fields hold them, by the fields' names

NEW = 0  # the version of a record that is not there yet


@dataclass(frozen=True)
class Filling:
    """`original` is how the record stood when this began, `first` what the fields began with, `missed` what others saved since."""

    place: str
    version: int  # what is saved upon: follows the record as long as others leave these fields alone
    original: Values
    first: Values
    turn: int  # in the keys, with the version it began with: no field shows what it held before it began anew
    began: int
    missed: tuple[str, ...] = ()
    was_refused: bool = False

    def key(self, name: str) -> str:
        return f"{self.place}-{name}-{self.began}-{self.turn}"

    def typed(self) -> dict[str, Any]:
        """A field that is not on the screen holds what it held."""
        return {name: st.session_state.get(self.key(name), first) for name, first in self.first.items()}

    def changed(self) -> dict[str, Any]:
        return {name: value for name, value in self.typed().items() if value != self.original[name]}


def begun(place: str, version: int, original: Values, facts: Mapping[str, str] | None = None) -> Filling:
    """The filling under way, caught up with what others saved; or a new one. `place` names the form and the record.

    `facts` says in words how each field of the record stands now, for whoever has to be told that it changed.
    """
    _forget_the_one_before(place)
    before: Filling | None = st.session_state.get(_slot(place))
    if before is None:
        filling = _anew(place, version, original, turn=0)
    elif (before.version, before.original) == (version, original):
        filling = before
    else:
        filling = _caught_up(before, version, original, facts or {})
    st.session_state[_slot(place)] = filling
    if filling.was_refused or filling.missed:
        lines = [t("Noen andre lagret før deg. Det du skrev, står her fortsatt. Se over, og lagre en gang til.")]
        st.warning("  \n".join([*lines, *map(escaped, filling.missed)]), icon=":material/sync_problem:")
    return filling


@contextmanager
def saving(filling: Filling) -> Iterator[None]:
    """Around the use-case, `forget` and the redraw. When somebody else saved first, the screen is drawn with their values."""
    with saying_errors():
        try:
            yield
        except ChangedMeanwhile:
            st.session_state[_slot(filling.place)] = replace(filling, was_refused=True)
            st.rerun()


def forget(filling: Filling) -> None:
    """What was typed is saved."""
    _drop_fields(filling)
    st.session_state.pop(_slot(filling.place), None)


def offer_to_throw_away(filling: Filling) -> None:
    """Last in the form. shell.js asks before a screen that says so is closed."""
    if not filling.changed():
        return
    place = st.container(horizontal=True, vertical_alignment="center", key=f"unsaved-{filling.place}")
    with place:
        st.caption(t("Ikke lagret ennå."), width="content")
        if st.button(t("Forkast det jeg skrev"), type="tertiary", key=filling.key("throw-away")):
            _drop_fields(filling)
            st.session_state[_slot(filling.place)] = _anew(
                filling.place, filling.version, filling.original, turn=filling.turn + 1
            )
            st.rerun()


def say_unsaved(forms: Mapping[str, str]) -> None:
    """Which of these forms, by place and title, hold something: on a screen that one comes back to, their folds are closed."""
    begun_here = {title: st.session_state.get(_slot(place)) for place, title in forms.items()}
    titles = [title for title, filling in begun_here.items() if filling is not None and filling.changed()]
    if titles:
        with st.container(key="unsaved-forms"):
            st.caption(t("Skrevet, men ikke lagret ennå: {forms}.", forms=", ".join(titles)))


def _anew(place: str, version: int, original: Values, *, turn: int) -> Filling:
    return Filling(place, version, original, original, turn, version)


def _caught_up(before: Filling, version: int, original: Values, facts: Mapping[str, str]) -> Filling:
    typed = before.changed()
    theirs = [name for name, value in original.items() if value != before.original[name]]
    if typed and (not theirs or version == NEW):
        return replace(before, version=version)
    _drop_fields(before)
    anew = _anew(before.place, version, original, turn=before.turn + 1)
    if not typed:
        return anew
    missed = tuple(dict.fromkeys([*before.missed, *(facts[name] for name in theirs if name in facts)]))
    return replace(anew, first={**original, **typed}, missed=missed, was_refused=True)


def _drop_fields(filling: Filling) -> None:
    for name in filling.first:
        st.session_state.pop(filling.key(name), None)


def _forget_the_one_before(place: str) -> None:
    """Of the same form, on another record, when it holds nothing. Streamlit copies all of the session for each field it draws."""
    last = f"filling-last-{place.rpartition('-')[0]}"
    before: Filling | None = st.session_state.get(_slot(st.session_state.get(last, place)))
    if before is not None and before.place != place and not before.changed():
        forget(before)
    st.session_state[last] = place


def _slot(place: str) -> str:
    return f"filling-{place}"
