"""What is known of a house: number, owner, membership, and how to reach it."""

from __future__ import annotations

import streamlit as st

from crm.i18n import t
from crm.members.queries import MemberCard
from crm.members.words import OrganisationKind
from crm.people.contacts import ContactLine
from pages.parts.members_words import contact_words, membership_period, membership_words, owner_words
from pages.parts.people_words import address_use_words


def show_facts(card: MemberCard) -> None:
    is_house = card.kind is OrganisationKind.HOUSE
    st.header(t("Om huset") if is_house else t("Om organisasjonen"), anchor=False)
    facts = [(t("Organisasjonsnummer"), card.org_number_shown), (t("Nettside"), card.website)]
    if is_house:
        facts.insert(1, (t("Eierform"), owner_words(card.owner_form) if card.owner_form else None))
    for label, value in facts:
        show_fact(label, value or t("ikke oppgitt"))
    if card.former_numbers:
        show_fact(t("Tidligere organisasjonsnummer"), ", ".join(card.former_numbers))
    for line in card.memberships:
        show_fact(membership_words(line.kind), membership_period(line))
    for contact in card.contacts:
        show_contact(contact)
    if card.note:
        show_fact(t("Merknad"), card.note)


def show_fact(label: str, value: str) -> None:
    """The label small above the value, so that neither is cut on a phone."""
    with st.container(gap=None):
        st.caption(label)
        st.text(value)


def show_contact(contact: ContactLine) -> None:
    """An old number stands as an old one; one that could not be read says so."""
    remarks = [address_use_words(contact.address_use)] if contact.address_use else []
    remarks += [contact.label] if contact.label else []
    remarks += [t("gammelt")] if contact.is_old else []
    remarks += [t("ser ikke ut til å stemme")] if not contact.is_valid else []
    label = contact_words(contact.kind) + (f" · {', '.join(remarks)}" if remarks else "")
    show_fact(label, contact.shown)
