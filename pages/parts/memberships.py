"""The memberships of a house, of today and of before: begun, ended, put right, or taken away where one never was."""

from __future__ import annotations

import streamlit as st

import pages.parts.members_reasons as _reasons  # noqa: F401 - registers the sentences of this feature's reason codes
from crm.i18n import t
from crm.members.commands import change_membership, end_membership, remove_membership, start_membership
from crm.members.forms import ChangedMembership, EndedMembership, StartedMembership
from crm.members.queries import MemberCard, MembershipLine
from crm.members.words import MEMBER_KINDS, MembershipKind, OrganisationKind
from pages.parts.members_fields import ask_day
from pages.parts.members_words import membership_line_words, membership_words
from pages.parts.removing import is_to_be_removed
from streamlit_config.shell import context, saying_errors


def edit_memberships(card: MemberCard) -> None:
    for line in card.memberships:
        with st.expander(membership_line_words(line), key=f"edit-membership-{line.id}-{line.version}"):
            _ask_changes(line)
    if card.kind in MEMBER_KINDS and not any(line.holds for line in card.memberships):
        _ask_new(card)


@st.fragment
def _ask_new(card: MemberCard) -> None:
    ctx = context()
    key = f"membership-{card.id}-{len(card.memberships)}"
    kind = _ask_kind(key, MembershipKind.SUPPLIER if card.kind == OrganisationKind.SUPPLIER else MembershipKind.HOUSE)
    since = ask_day(t("Medlem fra"), key=f"{key}-since", value=ctx.today)
    if st.button(t("Start medlemskapet"), type="primary", key=f"{key}-start"):
        with saying_errors():
            start_membership(ctx, card.id, StartedMembership.checked(kind=kind, since=since))
            st.rerun()


@st.fragment
def _ask_changes(line: MembershipLine) -> None:
    ctx = context()
    key = f"membership-{line.id}-{line.version}"
    kind = _ask_kind(key, line.kind)
    since = ask_day(t("Medlem fra"), key=f"{key}-since", value=line.since)
    until = ask_day(t("Siste dag som medlem (tomt: løper)"), key=f"{key}-until", value=line.until)
    with st.container(horizontal=True):
        if st.button(t("Lagre medlemskapet"), type="primary", key=f"{key}-save"):
            with saying_errors():
                changed = ChangedMembership.checked(kind=kind, since=since, until=until, version=line.version)
                change_membership(ctx, line.id, changed)
                st.rerun()
        if line.holds and line.until is None and st.button(t("Siste dag er i dag"), key=f"{key}-end"):
            with saying_errors():
                ended = EndedMembership.checked(since=since, until=ctx.today, version=line.version)
                end_membership(ctx, line.id, ended)
                st.rerun()
    question = t(
        "Medlemskapet blir borte fra historikken og tallene, som om det aldri var ført opp. "
        "Er det bare over, skriv siste dag i stedet."
    )
    if is_to_be_removed(question, key=key):
        with saying_errors():
            remove_membership(ctx, line.id, version=line.version)
            st.rerun()


def _ask_kind(key: str, current: MembershipKind) -> MembershipKind:
    kinds = list(MembershipKind)
    index = kinds.index(current)
    return st.radio(
        t("Medlemskap"), kinds, index=index, format_func=membership_words, key=f"{key}-kind", horizontal=True
    )
