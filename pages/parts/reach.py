"""How a person or an organisation is reached, kept up to date: a new number, a digit put right, one that became an old one."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

import pages.parts.people_reasons as _reasons  # noqa: F401 - registers the sentences of this feature's reason codes
from crm.context import Context
from crm.i18n import t
from crm.members.words import ContactKind
from crm.people.commands import (
    add_contact_point,
    change_contact_point,
    end_contact_point,
    remove_contact_point,
    use_contact_point_again,
)
from crm.people.contacts import ContactLine
from crm.people.forms import ChangedContactPoint, EndedContactPoint, NewContactPoint
from crm.people.words import AddressUse
from pages.parts.members_words import contact_words
from pages.parts.people_words import address_use_words
from pages.parts.plain import escaped
from pages.parts.removing import is_to_be_removed
from streamlit_config.shell import context, saying_errors

_ADDED = "contacts-added"


def edit_reach(
    contacts: Sequence[ContactLine], *, person_id: int | None = None, organisation_id: int | None = None
) -> None:
    """Of one of the two."""
    owner = f"person-{person_id}" if person_id is not None else f"organisation-{organisation_id}"
    place = st.expander(
        t("Telefon, e-post og adresse"), icon=":material/call:", key=f"reach-{owner}", on_change="rerun"
    )
    if place.open:
        with place:
            _ask_new(owner, person_id=person_id, organisation_id=organisation_id)
            for contact in contacts:
                _ask_changes(contact)


@st.fragment
def _ask_new(owner: str, *, person_id: int | None, organisation_id: int | None) -> None:
    ctx = context()
    key = f"contact-{owner}-{st.session_state.get(_ADDED, 0)}"
    kind = ContactKind(
        st.selectbox(
            t("Legg til"), list(ContactKind), format_func=contact_words, key=f"{key}-kind", persist_state="session"
        )
        or ContactKind.PHONE
    )
    typed = _ask_details(kind, f"{key}-{kind}")
    if st.button(t("Legg til"), type="primary", key=f"{key}-save"):
        with saying_errors():
            new = NewContactPoint.checked(kind=kind, person_id=person_id, organisation_id=organisation_id, **typed)
            add_contact_point(ctx, new)
            st.session_state[_ADDED] = st.session_state.get(_ADDED, 0) + 1
            st.rerun()


@st.fragment
def _ask_changes(contact: ContactLine) -> None:
    ctx = context()
    key = f"contact-{contact.id}-{contact.version}"
    label = escaped(contact.shown) + (f" ({t('gammelt')})" if contact.is_old else "")
    with st.expander(label, key=f"edit-{key}"):
        typed = _ask_details(contact.kind, key, contact)
        with st.container(horizontal=True):
            if st.button(t("Lagre rettelsen"), key=f"{key}-save"):
                with saying_errors():
                    changed = ChangedContactPoint.checked(version=contact.version, kind=contact.kind, **typed)
                    change_contact_point(ctx, contact.id, changed)
                    st.rerun()
            _ask_whether_in_use(ctx, contact, key)
        question = t(
            "{contact} blir borte, som om det aldri var ført opp. Er det bare gammelt, velg «Ikke i bruk lenger» i stedet.",
            contact=escaped(contact.shown),
        )
        if is_to_be_removed(question, key=key):
            with saying_errors():
                remove_contact_point(ctx, contact.id, version=contact.version)
                st.rerun()


def _ask_whether_in_use(ctx: Context, contact: ContactLine, key: str) -> None:
    if contact.until is not None:
        if st.button(t("I bruk igjen"), key=f"{key}-again"):
            with saying_errors():
                use_contact_point_again(ctx, contact.id, version=contact.version)
                st.rerun()
    elif st.button(t("Ikke i bruk lenger"), key=f"{key}-old"):
        with saying_errors():
            end_contact_point(ctx, contact.id, EndedContactPoint(version=contact.version, until=ctx.today))
            st.rerun()


def _ask_details(kind: ContactKind, key: str, contact: ContactLine | None = None) -> dict[str, object]:
    """An address may take several lines, and is one to write to or one to come to."""
    raw = contact.raw if contact else ""
    if kind is not ContactKind.ADDRESS:
        return {
            "raw": st.text_input(contact_words(kind), value=raw, key=f"{key}-raw", persist_state="session") or "",
            "label": _ask_label(key, contact),
        }
    use = st.segmented_control(
        t("Brukes som"),
        list(AddressUse),
        default=contact.address_use if contact else AddressUse.POSTAL,
        format_func=address_use_words,
        key=f"{key}-use",
        persist_state="session",
    )
    written = st.text_area(contact_words(kind), value=raw, height=100, key=f"{key}-raw", persist_state="session")
    return {"raw": written or "", "label": _ask_label(key, contact), "address_use": use}


def _ask_label(key: str, contact: ContactLine | None) -> str:
    label = contact.label if contact else ""
    placeholder = t("mobil, sentralbord, privat …")
    typed = st.text_input(
        t("Hva det er (kan stå tomt)"),
        value=label,
        placeholder=placeholder,
        key=f"{key}-label",
        persist_state="session",
    )
    return typed or ""
