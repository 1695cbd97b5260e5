"""The fields of a house, shared by adding and changing one. Each returns plain values; the keys tell records apart."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from crm.i18n import t
from crm.members.places import municipalities, municipality
from crm.members.queries import MemberCard
from crm.members.words import OrganisationKind, OwnerForm
from pages.parts.filling import Filling
from pages.parts.members_words import owner_words
from pages.parts.moments import FIRST_DAY, LAST_DAY


def details_of(card: MemberCard | None = None) -> dict[str, Any]:
    """What the fields of `ask_details` begin with."""
    return {
        "org": (card.org_number_shown if card else None) or "",
        "place": card.municipality_number if card else None,
        "owner": card.owner_form if card else None,
        "web": (card.website if card else None) or "",
        "note": card.note if card else "",
    }


def details_in_words(card: MemberCard) -> dict[str, str]:
    """How each of them stands, for whoever has to be told that it changed."""
    missing = t("ikke oppgitt")
    shown = {
        "org": (t("Organisasjonsnummer"), card.org_number_shown),
        "place": (t("Kommune"), card.municipality),
        "owner": (t("Eierform"), owner_words(card.owner_form) if card.owner_form else None),
        "web": (t("Nettside"), card.website),
        "note": (t("Merknad"), card.note),
    }
    return {name: f"{label}: {value or missing}" for name, (label, value) in shown.items()}


def ask_details(filling: Filling, *, kind: OrganisationKind = OrganisationKind.HOUSE) -> dict[str, Any]:
    """What the forms of `crm.members` take as details. Who owns it is asked about houses alone."""
    first = filling.first
    number = st.text_input(
        t("Organisasjonsnummer"), value=first["org"], key=filling.key("org"), width=220, persist_state="session"
    )
    place = ask_municipality(filling.key("place"), first["place"])
    form = _ask_owner_form(filling) if kind is OrganisationKind.HOUSE else first["owner"]
    website = st.text_input(t("Nettside"), value=first["web"], key=filling.key("web"), persist_state="session")
    note = st.text_area(t("Merknad"), value=first["note"], key=filling.key("note"), persist_state="session")
    return {
        "org_number": number or None,
        "municipality_number": place,
        "owner_form": form,
        "website": website or None,
        "note": note or "",
    }


def _ask_owner_form(filling: Filling) -> str | None:
    forms = [form.value for form in OwnerForm]
    first = filling.first["owner"]
    return st.selectbox(
        t("Eierform"),
        forms,
        index=forms.index(first) if first in forms else None,
        format_func=owner_words,
        placeholder=t("Ikke oppgitt"),
        key=filling.key("owner"),
        persist_state="session",
    )


def ask_municipality(key: str, current: str | None, *, label: str = "") -> str | None:
    """Its number. Of two with one name, the county stands beside."""
    numbers = [place.number for place in municipalities()]
    if current and current not in numbers:  # one that is no more stays until another is chosen
        numbers.append(current)
    return st.selectbox(
        label or t("Kommune"),
        numbers,
        index=numbers.index(current) if current in numbers else None,
        format_func=_shown,
        placeholder=t("Velg kommune"),
        key=key,
        persist_state="session",
    )


def ask_day(label: str, *, key: str, value: date | None = None, stays: bool = False) -> date | None:
    """A day that may be left empty. One that `stays` survives a change of screen, which a preset of today should not."""
    if value is not None:  # given as `value`, the browser would put it back when somebody empties the field
        st.session_state.setdefault(key, value)
    chosen = st.date_input(
        label,
        value=None,
        min_value=FIRST_DAY,
        max_value=LAST_DAY,
        format="DD.MM.YYYY",
        key=key,
        width=180,
        persist_state="session" if stays else None,
    )
    return chosen if isinstance(chosen, date) else None


def _shown(number: str) -> str:
    place = municipality(number)
    return f"{place.shown} – {number}" if place else number
