"""The list's filters. They stand in the address, so a list can be kept, sent and gone back to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

from crm.context import Context
from crm.i18n import shown_quarter, t
from crm.media.queries import InquiryFilter, InquiryState, Place, list_outlets
from crm.media.rules import Medium
from crm.periods import Quarter
from crm.records import Kind
from crm.tags.queries import tags_in_use
from pages.parts.defaults import begins_with
from pages.parts.media_words import medium_name

FIRST_QUARTER = Quarter(2023, 1)
STATES = {"apne": InquiryState.OPEN, "besvart": InquiryState.ANSWERED, "alle": InquiryState.ALL}
Choice = TypeVar("Choice")


def ask_filters(ctx: Context) -> InquiryFilter:
    state = st.segmented_control(
        t("Vis"),
        list(STATES),
        default=begins_with("inquiries-vis", _in_address("vis", list(STATES)) or "apne"),
        format_func=lambda word: _state_name(STATES[word]),
        required=True,
        key="inquiries-vis",
    )
    outlets = {str(outlet_id): name for outlet_id, name in list_outlets(ctx)}
    with st.container(horizontal=True, key="inquiry-filters"):
        quarters = [quarter.key for quarter in _quarters(ctx)]
        quarter = _ask(t("Kvartal"), "kvartal", quarters, lambda key: _quarter_name(Quarter.parse(key)))
        medium = _ask(t("Medium"), "medium", [m.value for m in Medium], lambda word: medium_name(Medium(word)))
        outlet = _ask(t("Redaksjon"), "redaksjon", list(outlets), outlets.__getitem__)
        tags = {str(tag.id): tag.name for tag in tags_in_use(ctx, Kind.INQUIRY)}
        tag = _ask(t("Merkelapp"), "merkelapp", list(tags), tags.__getitem__) if tags else None
    chosen = {"vis": state or "apne", "kvartal": quarter, "medium": medium, "redaksjon": outlet, "merkelapp": tag}
    _write_address({**chosen, "vis": None if chosen["vis"] == "apne" else chosen["vis"]})
    return InquiryFilter(
        state=STATES[chosen["vis"] or "apne"],
        quarter=Quarter.parse(quarter) if quarter else None,
        medium=Medium(medium) if medium else None,
        outlet_id=int(outlet) if outlet else None,
        tag_id=int(tag) if tag else None,
    )


def place_in_address() -> Place | None:
    """Where the page begins; None at the start, and for what somebody made up."""
    try:
        return Place.parse(st.query_params["etter"])
    except (KeyError, ValueError):
        return None


def _ask(label: str, name: str, options: Sequence[str], shown: Callable[[str], str]) -> str | None:
    key = f"inquiries-{name}"
    start = begins_with(key, _in_address(name, options))
    return st.selectbox(
        label,
        options,
        index=options.index(start) if start else None,
        format_func=shown,
        placeholder=t("Alle"),
        key=key,
        width=220,
    )


def _in_address(name: str, options: Sequence[str]) -> str | None:
    word = st.query_params.get(name)
    return word if word in options else None


def _write_address(chosen: dict[str, str | None]) -> None:
    """A changed filter begins the list anew."""
    before = {name: st.query_params.get(name) for name in chosen}
    if before == chosen:
        return
    st.query_params.pop("etter", None)
    for name, word in chosen.items():
        if word is None:
            st.query_params.pop(name, None)
        else:
            st.query_params[name] = word


def _quarters(ctx: Context) -> list[Quarter]:
    found = [Quarter.at(ctx.now)]
    while found[-1] > FIRST_QUARTER:
        found.append(found[-1].previous)
    return found


def _quarter_name(quarter: Quarter) -> str:
    return shown_quarter(quarter.year, quarter.number)


def _state_name(state: InquiryState) -> str:
    return {
        InquiryState.OPEN: t("Venter på svar"),
        InquiryState.ANSWERED: t("Besvarte"),
        InquiryState.ALL: t("Alle"),
    }[state]
