"""A person's own fields: name, languages and what we have noted."""

from __future__ import annotations

import streamlit as st

import pages.parts.people_reasons as _reasons  # noqa: F401 - registers the sentences of this feature's reason codes
from crm.contact_details import national_number_in
from crm.i18n import shown_language, t
from crm.people.commands import add_person, change_person
from crm.people.forms import ChangedPerson, NewPerson
from crm.people.person_queries import PersonCard
from crm.people.words import LANGUAGES
from streamlit_config.navigation import go
from streamlit_config.shell import context, saying_errors


def edit_person(card: PersonCard) -> None:
    place = st.expander(
        t("Navn, språk og merknad"), icon=":material/edit:", key=f"edit-person-{card.id}", on_change="rerun"
    )
    if place.open:
        with place:
            _ask_changes(card)


@st.fragment
def _ask_changes(card: PersonCard) -> None:
    ctx = context()
    key = f"person-{card.id}-{card.version}"
    typed = _ask_fields(key, card)
    if st.button(t("Lagre personen"), type="primary", key=f"{key}-save"):
        with saying_errors():
            change_person(ctx, card.id, ChangedPerson.checked(version=card.version, **typed))
            st.rerun()


@st.fragment
def ask_new_person() -> None:
    """Opens the person's page, where posts and numbers are added."""
    ctx = context()
    typed = _ask_fields("new-person")
    if st.button(t("Legg til personen"), type="primary", key="add-person"):
        with saying_errors():
            go("person", id=add_person(ctx, NewPerson.checked(**typed)))


def warn_of_national_number() -> None:
    st.warning(
        t("Merknaden ser ut til å inneholde et fødselsnummer. Vi trenger det ikke: ta det bort."),
        icon=":material/privacy_tip:",
    )


def _ask_fields(key: str, card: PersonCard | None = None) -> dict[str, object]:
    name = st.text_input(t("Navn"), value=card.name if card else "", key=f"{key}-name")
    spoken = list(card.languages) if card else []
    languages = st.multiselect(
        t("Språk, det beste først"),
        list(dict.fromkeys([*spoken, *LANGUAGES])),
        default=spoken,
        format_func=shown_language,
        placeholder=t("Ikke oppgitt"),
        key=f"{key}-languages",
    )
    note = st.text_area(t("Merknad"), value=card.note if card else "", key=f"{key}-note")
    if note and national_number_in(note):
        warn_of_national_number()
    return {"name": name or "", "languages": tuple(languages), "note": note or ""}
