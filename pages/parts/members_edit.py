"""Changing an organisation: its details, its name, its kind. What is typed in one is kept when another is saved."""

from __future__ import annotations

import streamlit as st

import pages.parts.members_reasons as _reasons  # noqa: F401 - registers the sentences of this feature's reason codes
from crm.i18n import t
from crm.members.commands import edit_organisation, rename_organisation
from crm.members.forms import ChangedDetails, ChangedKind, NewName
from crm.members.organisation_commands import change_kind
from crm.members.queries import MemberCard
from crm.members.words import MEMBER_KINDS, OrganisationKind
from pages.parts.filling import begun, forget, offer_to_throw_away, saving, say_unsaved
from pages.parts.members_fields import ask_day, ask_details, details_in_words, details_of
from pages.parts.members_words import kind_words
from pages.parts.memberships import edit_memberships
from streamlit_config.shell import context

FIELD_WIDTH = 250


def edit_organisation_card(card: MemberCard) -> None:
    say_unsaved(
        {
            f"details-{card.id}": t("Rett opplysningene"),
            f"name-{card.id}": t("Nytt navn"),
            f"kind-of-{card.id}": t("Type"),
            f"kinship-{card.id}": t("Eier, tilhørighet og temaer"),
        }
    )
    with st.expander(t("Rett opplysningene"), icon=":material/edit:", key=f"edit-{card.id}"):
        _edit_details(card)
    with st.expander(t("Nytt navn"), icon=":material/badge:", key=f"rename-{card.id}"):
        _rename(card)
    if card.kind is not OrganisationKind.OWN:
        with st.expander(t("Type"), icon=":material/category:", key=f"kind-{card.id}"):
            _change_kind(card)
    if card.kind in MEMBER_KINDS or card.memberships:
        with st.expander(t("Medlemskap"), icon=":material/card_membership:", key=f"membership-{card.id}"):
            edit_memberships(card)


@st.fragment
def _edit_details(card: MemberCard) -> None:
    ctx = context()
    filling = begun(f"details-{card.id}", card.version, details_of(card), details_in_words(card))
    details = ask_details(filling, kind=card.kind)
    if st.button(t("Lagre opplysningene"), type="primary", key=filling.key("save")):
        with saving(filling):
            edit_organisation(ctx, card.id, ChangedDetails.checked(version=filling.version, **details))
            forget(filling)
            st.rerun()
    offer_to_throw_away(filling)


@st.fragment
def _rename(card: MemberCard) -> None:
    ctx = context()
    original = {"name": card.name, "keep": True, "since": None}
    filling = begun(f"name-{card.id}", card.version, original, {"name": f"{t('Navn')}: {card.name}"})
    name = st.text_input(t("Navn"), value=filling.first["name"], key=filling.key("name"), persist_state="session")
    label = t("Behold det gamle navnet, så det fortsatt kan søkes på")
    kept = st.checkbox(label, value=filling.first["keep"], key=filling.key("keep"), persist_state="session")
    since = (
        ask_day(t("Nytt navn fra"), key=filling.key("since"), value=filling.first["since"], stays=True)
        if kept
        else None
    )
    if st.button(t("Lagre navnet"), type="primary", key=filling.key("save")):
        with saving(filling):
            new = NewName.checked(name=name or "", since=since, keep_former=kept, version=filling.version)
            rename_organisation(ctx, card.id, new)
            forget(filling)
            st.rerun()
    offer_to_throw_away(filling)


@st.fragment
def _change_kind(card: MemberCard) -> None:
    ctx = context()
    filling = begun(
        f"kind-of-{card.id}", card.version, {"kind": card.kind}, {"kind": f"{t('Type')}: {kind_words(card.kind)}"}
    )
    kinds: list[OrganisationKind] = [kind for kind in OrganisationKind if kind is not OrganisationKind.OWN]
    kind = st.selectbox(
        t("Type"),
        kinds,
        index=kinds.index(filling.first["kind"]),
        format_func=kind_words,
        key=filling.key("kind"),
        width=FIELD_WIDTH,
        persist_state="session",
    )
    if card.kind in MEMBER_KINDS:
        st.caption(t("Bare kulturhus og leverandører kan være medlem. Mellom de to følger et løpende medlemskap med."))
    if st.button(t("Endre typen"), key=filling.key("save")):
        with saving(filling):
            change_kind(ctx, card.id, ChangedKind.checked(kind=kind, version=filling.version))
            forget(filling)
            st.rerun()
    offer_to_throw_away(filling)
