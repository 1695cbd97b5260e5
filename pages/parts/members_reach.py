"""How a house and its people are reached, kept up to date: a new number, a number that became an old one, a post that ended."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

import pages.parts.people_reasons as _reasons  # noqa: F401 - registers the sentences of this feature's reason codes
from crm.i18n import t
from crm.members.queries import MemberCard, PersonLine
from crm.members.words import ContactKind
from crm.people.commands import add_contact_point, end_contact_point, end_post
from crm.people.contacts import ContactLine
from crm.people.forms import EndedContactPoint, EndedPost, NewContactPoint
from pages.parts.members_fields import ask_day
from pages.parts.members_words import contact_words
from pages.parts.plain import escaped
from streamlit_config.shell import context, saying_errors

_ADDED = "contacts-added"


def edit_person(person: PersonLine) -> None:
    """Whoever has left has nothing to change here: what was stays as it was."""
    if not person.is_old:
        with st.expander(t("Endre"), key=f"edit-post-{person.post_id}-{person.post_version}"):
            ask_contact(f"person-{person.person_id}", person_id=person.person_id)
            ask_old_contacts(person.contacts)
            _ask_end(person)


def edit_house_contacts(card: MemberCard) -> None:
    with st.expander(t("Telefon, e-post og adresse"), icon=":material/call:", key=f"house-contacts-{card.id}"):
        ask_contact(f"house-{card.id}", organisation_id=card.id)
        ask_old_contacts(card.contacts)


@st.fragment
def ask_contact(owner: str, *, person_id: int | None = None, organisation_id: int | None = None) -> None:
    ctx = context()
    key = f"contact-{owner}-{st.session_state.get(_ADDED, 0)}"
    kinds = list(ContactKind) if organisation_id else [ContactKind.PHONE, ContactKind.EMAIL]
    kind = st.selectbox(t("Legg til"), kinds, format_func=contact_words, key=f"{key}-kind")
    raw = st.text_input(contact_words(kind), key=f"{key}-{kind}")
    if st.button(t("Lagre"), key=f"{key}-save"):
        with saying_errors():
            new = NewContactPoint.checked(
                kind=kind, raw=raw or "", person_id=person_id, organisation_id=organisation_id
            )
            add_contact_point(ctx, new)
            st.session_state[_ADDED] = st.session_state.get(_ADDED, 0) + 1
            st.rerun()


@st.fragment
def ask_old_contacts(contacts: Sequence[ContactLine]) -> None:
    ctx = context()
    for contact in contacts:
        if contact.is_old:
            continue
        label = t("Ikke i bruk lenger: {contact}", contact=escaped(contact.shown))
        if st.button(label, key=f"old-contact-{contact.id}-{contact.version}"):
            with saying_errors():
                end_contact_point(ctx, contact.id, EndedContactPoint(version=contact.version, until=ctx.today))
                st.rerun()


@st.fragment
def _ask_end(person: PersonLine) -> None:
    ctx = context()
    key = f"post-{person.post_id}-{person.post_version}"
    until = ask_day(t("Siste dag i stillingen"), key=f"{key}-until", value=person.until or ctx.today)
    if st.button(t("{name} har sluttet", name=escaped(person.name)), key=f"{key}-end"):
        with saying_errors():
            end_post(ctx, person.post_id, EndedPost.checked(version=person.post_version, until=until))
            st.rerun()
