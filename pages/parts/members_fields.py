"""The fields of a house, shared by adding and changing one. Each returns plain values; the keys tell records apart."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from crm.i18n import t
from crm.members.places import municipalities, municipality
from crm.members.queries import MemberCard
from crm.members.words import OrganisationKind, OwnerForm
from pages.parts.members_words import owner_words
from pages.parts.moments import FIRST_DAY, LAST_DAY


def ask_details(
    key: str, card: MemberCard | None = None, *, kind: OrganisationKind = OrganisationKind.HOUSE
) -> dict[str, Any]:
    """What the forms of `crm.members` take as details. Who owns it is asked about houses alone."""
    number = st.text_input(
        t("Organisasjonsnummer"), value=(card.org_number_shown if card else None) or "", key=f"{key}-org", width=220
    )
    place = ask_municipality(f"{key}-place", card.municipality_number if card else None)
    form = _ask_owner_form(key, card) if kind is OrganisationKind.HOUSE else card and card.owner_form
    website = st.text_input(t("Nettside"), value=(card.website if card else None) or "", key=f"{key}-web")
    note = st.text_area(t("Merknad"), value=card.note if card else "", key=f"{key}-note")
    return {
        "org_number": number or None,
        "municipality_number": place,
        "owner_form": form,
        "website": website or None,
        "note": note or "",
    }


def _ask_owner_form(key: str, card: MemberCard | None) -> str | None:
    return st.selectbox(
        t("Eierform"),
        [form.value for form in OwnerForm],
        index=list(OwnerForm).index(OwnerForm(card.owner_form)) if card and card.owner_form else None,
        format_func=owner_words,
        placeholder=t("Ikke oppgitt"),
        key=f"{key}-owner",
    )


def ask_municipality(key: str, current: str | None, *, label: str = "") -> str | None:
    """Its number. Of two with one name, the county stands beside."""
    numbers = [place.number for place in municipalities()]
    return st.selectbox(
        label or t("Kommune"),
        numbers,
        index=numbers.index(current) if current in numbers else None,
        format_func=_shown,
        placeholder=t("Velg kommune"),
        key=key,
    )


def ask_day(label: str, *, key: str, value: date | None = None) -> date | None:
    """A day that may be left empty."""
    chosen = st.date_input(
        label,
        value=value,
        min_value=FIRST_DAY,
        max_value=LAST_DAY,
        format="DD.MM.YYYY",
        key=key,
        width=180,
    )
    return chosen if isinstance(chosen, date) else None


def _shown(number: str) -> str:
    place = municipality(number)
    return f"{place.shown} – {number}" if place else number
