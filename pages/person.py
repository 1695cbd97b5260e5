"""One person: the posts they hold and held, how to reach them and how not to, and everything that happened with them."""

from __future__ import annotations

import streamlit as st

from crm.context import Context
from crm.i18n import t
from crm.people.person_queries import PersonCard, Tense, person_card
from crm.permissions import Permission
from crm.records import Kind, Record
from pages.parts.beside import show_beside
from pages.parts.mailing_beside import show_lists
from pages.parts.members_facts import show_contact, show_fact
from pages.parts.merging_start import offer_merge
from pages.parts.people_words import first_reach, languages_words, post_words
from pages.parts.person_edit import edit_person, warn_of_national_number
from pages.parts.person_posts import show_posts
from pages.parts.person_wishes import edit_wishes, show_wishes
from pages.parts.plain import escaped
from pages.parts.reach import edit_reach
from pages.parts.timeline import open_chosen_happening, show_timeline
from streamlit_config.navigation import go, record_id
from streamlit_config.shell import context, saying_errors


def main() -> None:
    ctx = context()
    open_chosen_happening()
    with saying_errors():
        _show(ctx, person_card(ctx, record_id()))


def _show(ctx: Context, card: PersonCard) -> None:
    if st.button(t("Til personene"), type="tertiary", icon=":material/arrow_back:", key="to-persons"):
        go("persons")
    st.title(escaped(card.name), anchor=False)
    for post in card.posts:
        if post.tense is Tense.NOW:
            st.text(post_words(post))
    if reach := first_reach(card.contacts):
        st.text(" · ".join(reach))
    show_wishes(card.no_contact)
    happened, known = st.columns([3, 2], gap="large")
    with happened:
        show_timeline(ctx, person_id=card.id)
    with known:
        _show_reach(card)
        if ctx.may(Permission.KEEP_MEMBERS):
            edit_reach(card.contacts, person_id=card.id)
        show_posts(ctx, card)
        _show_facts(card)
        show_lists(ctx, person_id=card.id)
        show_beside(Record(Kind.PERSON, card.id))
        if ctx.may(Permission.KEEP_MEMBERS):
            edit_person(card)
            edit_wishes(card)
            offer_merge(card.id, is_person=True)


def _show_reach(card: PersonCard) -> None:
    st.header(t("Slik når vi personen"), anchor=False)
    if not card.contacts:
        st.text(t("Ingen nummer eller adresser er lagt inn."))
    for contact in card.contacts:
        show_contact(contact)


def _show_facts(card: PersonCard) -> None:
    if card.languages:
        show_fact(t("Språk"), languages_words(card.languages))
    if card.note:
        show_fact(t("Merknad"), card.note)
    if card.note_has_national_number:
        warn_of_national_number()


main()
