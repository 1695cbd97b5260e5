"""A person's own fields: name, languages and what we have noted."""

from __future__ import annotations

import secrets

import streamlit as st

import pages.parts.people_reasons as _reasons  # noqa: F401 - registers the sentences of this feature's reason codes
from crm.contact_details import national_number_in
from crm.i18n import shown_language, t
from crm.people.commands import add_person, change_person
from crm.people.forms import ChangedPerson, NewPerson
from crm.people.person_queries import PersonCard
from crm.people.words import LANGUAGES
from pages.parts.filling import NEW, Filling, begun, forget, offer_to_throw_away, saving, say_unsaved
from pages.parts.people_words import languages_words
from streamlit_config.navigation import go
from streamlit_config.shell import context, saying_errors

_TOKEN = "new-person-token"


def edit_person(card: PersonCard) -> None:
    title = t("Navn, språk og merknad")
    say_unsaved({f"person-{card.id}": title})
    place = st.expander(title, icon=":material/edit:", key=f"edit-person-{card.id}", on_change="rerun")
    if place.open:
        with place:
            _ask_changes(card)


@st.fragment
def _ask_changes(card: PersonCard) -> None:
    ctx = context()
    original = {"name": card.name, "languages": list(card.languages), "note": card.note}
    facts = {
        "name": f"{t('Navn')}: {card.name}",
        "languages": f"{t('Språk')}: {languages_words(card.languages) or t('ikke oppgitt')}",
        "note": f"{t('Merknad')}: {card.note or t('ikke oppgitt')}",
    }
    filling = begun(f"person-{card.id}", card.version, original, facts)
    typed = _ask_fields(filling)
    if st.button(t("Lagre personen"), type="primary", key=filling.key("save")):
        with saving(filling):
            change_person(ctx, card.id, ChangedPerson.checked(version=filling.version, **typed))
            forget(filling)
            st.rerun()
    offer_to_throw_away(filling)


@st.fragment
def ask_new_person() -> None:
    """Opens the person's page, where posts and numbers are added."""
    ctx = context()
    filling = begun(new_person_place(), NEW, {"name": "", "languages": [], "note": ""})
    typed = _ask_fields(filling)
    if st.button(t("Legg til personen"), type="primary", key="add-person"):
        with saying_errors():
            added = add_person(ctx, NewPerson.checked(**typed))
            st.session_state.pop(_TOKEN, None)
            forget(filling)
            go("person", id=added)
    offer_to_throw_away(filling)


def new_person_place() -> str:
    """Of the form; the next person gets another."""
    return f"new-person-{st.session_state.setdefault(_TOKEN, secrets.token_urlsafe(12))}"


def warn_of_national_number() -> None:
    st.warning(
        t("Merknaden ser ut til å inneholde et fødselsnummer. Vi trenger det ikke: ta det bort."),
        icon=":material/privacy_tip:",
    )


def _ask_fields(filling: Filling) -> dict[str, object]:
    first = filling.first
    name = st.text_input(t("Navn"), value=first["name"], key=filling.key("name"), persist_state="session")
    languages = st.multiselect(
        t("Språk, det beste først"),
        list(dict.fromkeys([*first["languages"], *LANGUAGES])),
        default=first["languages"],
        format_func=shown_language,
        placeholder=t("Ikke oppgitt"),
        key=filling.key("languages"),
        persist_state="session",
    )
    note = st.text_area(t("Merknad"), value=first["note"], key=filling.key("note"), persist_state="session")
    if note and national_number_in(note):
        warn_of_national_number()
    return {"name": name or "", "languages": tuple(languages), "note": note or ""}
