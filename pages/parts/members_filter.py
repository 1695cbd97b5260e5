"""Which members the list shows. Everything chosen stands in the address, so that a link or a bookmark shows the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

import streamlit as st

from crm.context import Context
from crm.i18n import shown_number, t
from crm.members.places_before import Counties, counties_on, were_others
from crm.members.selects import NOWHERE, MemberFilter, Standing
from crm.members.words import OrganisationKind
from crm.records import Kind
from crm.tags.queries import tags_in_use
from crm.timeline.member_cards import MemberFigures, Order
from pages.parts.address import choose_in_address, follow_address, number_in_address, tell_address, words_in_address
from pages.parts.members_words import kind_words
from pages.parts.moments import FIRST_DAY, LAST_DAY

FILTERS = ("sok", "type", "per", "fylker", "merkelapp", "fylke", "utvalg", "sorter")
PAGING = ("etter", "foran")
QUIET = "quiet"
COUNTY = "members-county"


@dataclass(frozen=True)
class Asked:
    """`by`: whether the counties are today's or those of the day."""

    filter: MemberFilter
    by: Counties
    quiet: bool = False
    order: Order = Order.NAME


def ask_filter(ctx: Context) -> Asked:
    """All but the choice among members and their order, which stand nearer to the list."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="members-filter"):
        words = words_in_address(t("Navn, sted, nummer eller person"), key="members-words", width=320)
        kinds = {kind.value: kind_words(kind) for kind in (OrganisationKind.HOUSE, OrganisationKind.SUPPLIER)}
        kind = _ask("type", t("Type"), kinds, everything=t("Alle typer"))
        tag = _ask_tag(ctx)
        on = _ask_day(ctx)
    by = _ask_counties(on)
    wanted = MemberFilter(
        on=on, words=words, county=_chosen_county(on, by), kind=OrganisationKind(kind) if kind else None, tag_id=tag
    )
    return Asked(wanted, by)


def ask_choice(asked: Asked, figures: MemberFigures) -> Asked:
    """Members, new ones, those who left, those not heard from: each with its number, which is the rows behind it."""
    of = (figures.of(asked.filter.county) if asked.filter.county else None) or figures
    only = {None: of.houses + of.suppliers, OrganisationKind.HOUSE: of.houses, OrganisationKind.SUPPLIER: of.suppliers}
    counts = only[asked.filter.kind]
    # Houses, as on the map, unless suppliers are asked for.
    quiet = only[asked.filter.kind or OrganisationKind.HOUSE].quiet
    names = {
        Standing.MEMBER.value: t("Medlemmer ({n})", n=shown_number(counts.members)),
        Standing.NEW.value: t("Nye siste år ({n})", n=shown_number(counts.new)),
        Standing.LEFT.value: t("Gått ut siste år ({n})", n=shown_number(counts.left)),
        QUIET: t("Ikke hørt fra på 90 dager ({n})", n=shown_number(quiet)),
        Standing.FORMER.value: t("Tidligere medlemmer"),
        Standing.NEVER.value: t("Aldri medlem"),
        Standing.ANY.value: t("Alle"),
    }
    chosen = _ask_one("utvalg", t("Vis"), names, default=Standing.MEMBER.value)
    if chosen == QUIET:
        kind = asked.filter.kind or OrganisationKind.HOUSE
        return replace(asked, filter=replace(asked.filter, kind=kind), quiet=True)
    return replace(asked, filter=replace(asked.filter, standing=Standing(chosen)))


def ask_order(asked: Asked) -> Asked:
    names = {Order.NAME.value: t("Etter navn"), Order.LONGEST_SINCE.value: t("Lengst siden kontakt først")}
    return replace(asked, order=Order(_ask_one("sorter", t("Rekkefølge"), names, default=Order.NAME.value)))


def is_narrowed() -> bool:
    return any(st.query_params.get(name) for name in FILTERS)


def forget(*names: str) -> None:
    """The widgets follow the address in the next run."""
    for name in (*names, *PAGING):
        st.query_params.pop(name, None)


def forget_place_when_changed() -> None:
    """A page of the old list means nothing in the new one. A link opened fresh keeps its page."""
    said = {name: st.query_params.get(name, "") for name in FILTERS}
    if st.session_state.get("members-filter-seen", said) != said:
        forget()
    st.session_state["members-filter-seen"] = said


def _ask_tag(ctx: Context) -> int | None:
    names = {str(tag.id): tag.name for tag in tags_in_use(ctx, Kind.ORGANISATION)}
    if names:
        _ask("merkelapp", t("Merkelapp"), names, everything=t("Alle merkelapper"))
    return number_in_address("merkelapp")


def _ask_day(ctx: Context) -> date:
    key = "members-day"
    follow_address("per", key=key, read=lambda word: _day(word, ctx.today))
    chosen = st.date_input(
        t("Per dato"), key=key, min_value=FIRST_DAY, max_value=LAST_DAY, format="DD.MM.YYYY", width=160
    )
    on = chosen if isinstance(chosen, date) else ctx.today
    tell_address("per", "" if on == ctx.today else on.isoformat(), key=key)
    return on


def _day(word: str, today: date) -> date:
    """Addresses are edited by people: what is no day is today."""
    try:
        day = date.fromisoformat(word)
    except ValueError:
        return today
    return day if FIRST_DAY <= day <= LAST_DAY else today


def _ask_counties(on: date) -> Counties:
    """Asked only where the counties were others, and we know which."""
    if not were_others(on):
        return Counties.TODAY
    names = {Counties.THEN.value: t("Fylkene i {year}", year=on.year), Counties.TODAY.value: t("Dagens 15 fylker")}
    return Counties(_ask_one("fylker", t("Vis kartet i"), names, default=Counties.THEN.value))


def _chosen_county(on: date, by: Counties) -> str | None:
    """What the map will show as chosen: it is drawn after what counts by it."""
    numbers = {NOWHERE, *(county.number for county in counties_on(on, by))}
    follow_address("fylke", key=COUNTY, read=lambda word: word if word in numbers else None)
    if st.session_state[COUNTY] not in numbers:
        st.session_state[COUNTY] = None
    return st.session_state[COUNTY] or None


def _ask(name: str, label: str, names: Mapping[str, str], *, everything: str) -> str:
    return choose_in_address(name, label, names, everything=everything, key=f"members-{name}", width=168)


def _ask_one(name: str, label: str, names: Mapping[str, str], *, default: str) -> str:
    key = f"members-{name}"
    follow_address(name, key=key, read=_among(names, default))
    st.session_state[key] = st.session_state[
        key
    ]  # a number in a label that changes makes another widget; the choice stays
    chosen = st.pills(label, list(names), format_func=names.__getitem__, required=True, wrap=True, key=key) or default
    tell_address(name, "" if chosen == default else chosen, key=key)
    return chosen


def _among(names: Mapping[str, str], default: str) -> Callable[[str], str]:
    return lambda word: word if word in names else default
