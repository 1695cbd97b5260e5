"""What an organisation belongs to: the whole it is part of, who owns a house and was elected there, and what it works with."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

import pages.parts.members_reasons as _reasons  # noqa: F401 - registers the sentences of this feature's reason codes
from crm.cases.queries import list_topic_choices
from crm.context import Context
from crm.i18n import t
from crm.members.forms import ChangedKinship
from crm.members.kinship_queries import Elected, Kin, Kinship, place_name
from crm.members.organisation_commands import tie_organisation
from crm.members.places import counties, municipalities
from crm.members.queries import MemberCard
from crm.members.words import OrganisationKind
from pages.parts.members_facts import show_fact
from pages.parts.members_fields import ask_municipality
from pages.parts.organisation_choice import choose_organisation
from pages.parts.plain import escaped
from streamlit_config.navigation import go
from streamlit_config.shell import context, saying_errors


def show_kinship(kin: Kinship) -> None:
    if kin.parent:
        _show_kin(t("Del av"), [kin.parent])
    if kin.parts:
        _show_kin(t("Underenheter"), kin.parts)
    if kin.owner:
        _show_owner(kin)
    if kin.governs:
        show_fact(t("Styrer kommunen eller fylket"), kin.governs)
    if kin.owned:
        _show_kin(t("Eier"), kin.owned)
    if kin.topics:
        show_fact(t("Arbeider med"), ", ".join(kin.topics.values()))


def edit_kinship(card: MemberCard, kin: Kinship) -> None:
    place = st.expander(
        t("Eier, tilhørighet og temaer"), icon=":material/account_tree:", key=f"kin-{card.id}", on_change="rerun"
    )
    if place.open:
        with place:
            _ask_kinship(card, kin)


def _show_owner(kin: Kinship) -> None:
    if kin.authority is None:
        show_fact(t("Eierkommune"), kin.owner or "")
        return
    _show_kin(t("Eierkommune"), [kin.authority])
    if kin.elected:
        show_fact(t("Folkevalgte i {place}", place=kin.owner), "\n".join(_elected(one) for one in kin.elected))


def _elected(one: Elected) -> str:
    party = f" ({one.party})" if one.party else ""
    return f"{one.name}{party}, {one.title}" if one.title else f"{one.name}{party}"


def _show_kin(label: str, kin: Sequence[Kin]) -> None:
    with st.container(gap=None):
        st.caption(label)
        for one in kin:
            if st.button(escaped(one.name), type="tertiary", icon=":material/apartment:", key=f"kin-{label}-{one.id}"):
                go("member", id=one.id)


@st.fragment
def _ask_kinship(card: MemberCard, kin: Kinship) -> None:
    ctx = context()
    key = f"kinship-{card.id}-{card.version}"
    typed = {
        "parent_id": _ask_parent(ctx, kin, key),
        "owner_municipality_number": ask_municipality(f"{key}-owner", kin.owner_number, label=t("Eierkommune")),
        "governs_number": _ask_governed(kin, key) if card.kind is OrganisationKind.AUTHORITY else kin.governs_number,
        "topic_ids": _ask_topics(ctx, kin, key),
    }
    if st.button(t("Lagre tilhørigheten"), type="primary", key=f"{key}-save"):
        with saying_errors():
            tie_organisation(ctx, card.id, ChangedKinship.checked(version=card.version, **typed))
            st.rerun()


def _ask_parent(ctx: Context, kin: Kinship, key: str) -> int | None:
    """Stays as it is until another is chosen, or it is said to be part of nothing."""
    if kin.parent and not st.checkbox(t("Del av {name}", name=escaped(kin.parent.name)), value=True, key=f"{key}-part"):
        return None
    label = t("Del av en annen") if kin.parent else t("Del av")
    chosen = choose_organisation(ctx, label, key=f"{key}-parent")
    return chosen.id or (kin.parent.id if kin.parent else None)


def _ask_governed(kin: Kinship, key: str) -> str | None:
    numbers = [county.number for county in counties()] + [place.number for place in municipalities()]
    return st.selectbox(
        t("Styrer kommunen eller fylket"),
        numbers,
        index=numbers.index(kin.governs_number) if kin.governs_number in numbers else None,
        format_func=lambda number: f"{place_name(number)} – {number}",
        placeholder=t("Ikke en kommune eller et fylke"),
        key=f"{key}-governs",
    )


def _ask_topics(ctx: Context, kin: Kinship, key: str) -> tuple[int, ...]:
    names = kin.topics | {topic.id: topic.name for topic in list_topic_choices(ctx)}
    chosen = st.multiselect(
        t("Arbeider med"),
        list(names),
        default=list(kin.topics),
        format_func=names.__getitem__,
        placeholder=t("Velg temaer"),
        key=f"{key}-topics",
    )
    return tuple(chosen)
