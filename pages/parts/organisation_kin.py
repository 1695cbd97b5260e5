"""What an organisation belongs to: the whole it is part of, who owns a house and was elected there, and what it works with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

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
from pages.parts.filling import Filling, begun, forget, offer_to_throw_away, saving
from pages.parts.members_facts import show_fact
from pages.parts.members_fields import ask_municipality
from pages.parts.organisation_choice import choose_organisation
from pages.parts.plain import escaped
from streamlit_config.navigation import go
from streamlit_config.shell import context


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
    filling = begun(f"kinship-{card.id}", card.version, _original(kin), _in_words(kin))
    owner = ask_municipality(filling.key("owner"), filling.first["owner"], label=t("Eierkommune"))
    typed = {
        "parent_id": _ask_parent(ctx, kin, filling),
        "owner_municipality_number": owner,
        "governs_number": _ask_governed(filling) if card.kind is OrganisationKind.AUTHORITY else kin.governs_number,
        "topic_ids": _ask_topics(ctx, kin, filling),
    }
    if st.button(t("Lagre tilhørigheten"), type="primary", key=filling.key("save")):
        with saving(filling):
            tie_organisation(ctx, card.id, ChangedKinship.checked(version=filling.version, **typed))
            forget(filling)
            st.rerun()
    offer_to_throw_away(filling)


def _original(kin: Kinship) -> dict[str, Any]:
    return {
        "parent": kin.parent.id if kin.parent else None,
        "is-part": True,
        "owner": kin.owner_number,
        "governs": kin.governs_number,
        "topics": list(kin.topics),
    }


def _in_words(kin: Kinship) -> dict[str, str]:
    missing = t("ikke oppgitt")
    return {
        "parent": f"{t('Del av')}: {kin.parent.name if kin.parent else missing}",
        "owner": f"{t('Eierkommune')}: {kin.owner or missing}",
        "governs": f"{t('Styrer kommunen eller fylket')}: {kin.governs or missing}",
        "topics": f"{t('Arbeider med')}: {', '.join(kin.topics.values()) or missing}",
    }


def _ask_parent(ctx: Context, kin: Kinship, filling: Filling) -> int | None:
    """Stays as it is until another is chosen, or it is said to be part of nothing."""
    if kin.parent:
        label = t("Del av {name}", name=escaped(kin.parent.name))
        first = filling.first["is-part"]
        if not st.checkbox(label, value=first, key=filling.key("is-part"), persist_state="session"):
            return None
    label = t("Del av en annen") if kin.parent else t("Del av")
    chosen = choose_organisation(ctx, label, key=filling.key("parent"))
    return chosen.id or (kin.parent.id if kin.parent else None)


def _ask_governed(filling: Filling) -> str | None:
    numbers = [county.number for county in counties()] + [place.number for place in municipalities()]
    first = filling.first["governs"]
    return st.selectbox(
        t("Styrer kommunen eller fylket"),
        numbers,
        index=numbers.index(first) if first in numbers else None,
        format_func=lambda number: f"{place_name(number)} – {number}",
        placeholder=t("Ikke en kommune eller et fylke"),
        key=filling.key("governs"),
        persist_state="session",
    )


def _ask_topics(ctx: Context, kin: Kinship, filling: Filling) -> tuple[int, ...]:
    names = kin.topics | {topic.id: topic.name for topic in list_topic_choices(ctx)}
    chosen = st.multiselect(
        t("Arbeider med"),
        list(names),
        default=[topic for topic in filling.first["topics"] if topic in names],
        format_func=names.__getitem__,
        placeholder=t("Velg temaer"),
        key=filling.key("topics"),
        persist_state="session",
    )
    return tuple(chosen)
