"""The conditions of a selection, each a field. What is chosen stands in the address, so that a link shows the same."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import streamlit as st

from crm.i18n import sentence, t
from crm.members.places import counties, municipalities
from crm.members.words import MembershipKind, OrganisationKind, OwnerForm
from crm.people.words import ContactChannel, ContactKind, PostKind
from crm.selections.conditions import Condition, InCounty, InMunicipality, Membership, OfKind, OwnedBy, PostOf, Quiet
from crm.selections.of_itself import Declines, OnList, Reached, Tagged
from crm.selections.sentences import Names, value_words
from crm.selections.wanted import CONDITIONS, ON, Wanted
from pages.parts.address import follow_address, tell_address
from pages.parts.moments import FIRST_DAY, LAST_DAY
from pages.parts.selection_words import condition_words

QUIET_DAYS = ("30", "60", "90", "180", "365")
PLACE = ("etter", "foran")


def ask_conditions(wanted: Wanted, names: Names) -> None:
    """Begins a changed list at its first page."""
    asked = [_ask(one, wanted, names) for one in CONDITIONS[wanted.kind] if _choices(one, names)]
    if any([*asked, _ask_day()]):
        forget_place()


def forget_place() -> None:
    for name in PLACE:
        st.query_params.pop(name, None)


def _ask(one: type[Condition], wanted: Wanted, names: Names) -> bool:
    key = f"condition-{wanted.kind}-{one.word}"
    follow_address(one.address, key=key, read=lambda said: said.split(",") if said else [])
    held = wanted.one(one)
    offered = list(dict.fromkeys([*_choices(one, names), *(held.values if held else ())]))
    chosen = st.multiselect(
        condition_words(one.word),
        offered,
        format_func=lambda value: sentence(value_words(one, value, names)),
        placeholder=t("Alle"),
        max_selections=1 if one is Quiet else None,
        select_all=False,
        key=key,
        width=260,
    )
    return tell_address(one.address, ",".join(chosen), key=key)


def _ask_day() -> bool:
    key = "condition-on"
    follow_address(ON, key=key, read=_day)
    chosen = st.date_input(
        t("Per dato (i dag når det står tomt)"),
        value=None,
        min_value=FIRST_DAY,
        max_value=LAST_DAY,
        format="DD.MM.YYYY",
        key=key,
        width=260,
    )
    return tell_address(ON, chosen.isoformat() if isinstance(chosen, date) else "", key=key)


def _day(said: str) -> date | None:
    """Addresses are edited by people: what is no day is none."""
    try:
        day = date.fromisoformat(said)
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None


def _choices(one: type[Condition], names: Names) -> list[str]:
    """The values that are offered, in order; [] where nothing has been made to choose from yet."""
    choices: dict[type[Condition], Iterable[object]] = {
        OfKind: OrganisationKind,
        Membership: (
            Membership.ANY,
            *MembershipKind,
            Membership.NEW,
            Membership.LEFT,
            Membership.FORMER,
            Membership.NEVER,
        ),
        InCounty: (county.number for county in counties()),
        InMunicipality: (place.number for place in municipalities()),
        OwnedBy: OwnerForm,
        PostOf: PostKind,
        Tagged: names.tags,
        OnList: names.lists,
        Reached: (ContactKind.EMAIL, ContactKind.PHONE, ContactKind.ADDRESS),
        Declines: ContactChannel,
        Quiet: QUIET_DAYS,
    }
    return [str(value) for value in choices.get(one, names.topics)]
