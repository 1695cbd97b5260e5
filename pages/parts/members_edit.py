"""Changing an organisation: its details, its name, its membership. What is typed in one is kept when another is saved."""

from __future__ import annotations

import streamlit as st

import pages.parts.members_reasons as _reasons  # noqa: F401 - registers the sentences of this feature's reason codes
from crm.i18n import t
from crm.members.commands import edit_organisation, end_membership, rename_organisation, start_membership
from crm.members.forms import ChangedDetails, ChangedKind, EndedMembership, NewName, StartedMembership
from crm.members.organisation_commands import change_kind
from crm.members.queries import MemberCard, MembershipLine
from crm.members.words import MEMBER_KINDS, MembershipKind, OrganisationKind
from pages.parts.filling import begun, forget, offer_to_throw_away, saving, say_unsaved
from pages.parts.members_fields import ask_day, ask_details, details_in_words, details_of
from pages.parts.members_words import kind_words, membership_words
from streamlit_config.shell import context, saying_errors

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
    if card.kind in MEMBER_KINDS:
        with st.expander(t("Medlemskap"), icon=":material/card_membership:", key=f"membership-{card.id}"):
            _edit_membership(card)


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


@st.fragment
def _edit_membership(card: MemberCard) -> None:
    ctx = context()
    held = [line for line in card.memberships if line.holds]
    for line in held:
        _end(line)
    if held:
        return
    key = f"membership-{card.id}-{len(card.memberships)}"
    default = MembershipKind.SUPPLIER if card.kind == OrganisationKind.SUPPLIER else MembershipKind.HOUSE
    kind = st.segmented_control(
        t("Medlemskap"), list(MembershipKind), default=default, format_func=membership_words, key=f"{key}-kind"
    )
    since = ask_day(t("Medlem fra"), key=f"{key}-since", value=ctx.today)
    if st.button(t("Start medlemskapet"), type="primary", key=f"{key}-start"):
        with saying_errors():
            start_membership(ctx, card.id, StartedMembership.checked(kind=kind or default, since=since))
            st.rerun()


def _end(line: MembershipLine) -> None:
    ctx = context()
    key = f"membership-{line.id}-{line.version}"
    since = ask_day(t("Medlem fra"), key=f"{key}-since", value=line.since)
    until = ask_day(t("Siste dag som medlem"), key=f"{key}-until", value=line.until or ctx.today)
    if st.button(t("Avslutt medlemskapet"), key=f"{key}-end"):
        with saying_errors():
            end_membership(ctx, line.id, EndedMembership.checked(since=since, until=until, version=line.version))
            st.rerun()
