"""What the list of cases is narrowed by. All of it stands in the address, so a link shows the same list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

from crm.cases.cards import FilterChoices
from crm.cases.case_queries import filter_choices
from crm.cases.queries import Channel
from crm.cases.selects import CaseFilter, Standing
from crm.context import Context
from crm.i18n import shown_quarter, t
from crm.periods import Quarter
from crm.records import Kind
from crm.tags.queries import tags_in_use
from pages.parts.address import choose_in_address, follow_address, number_in_address, tell_address
from pages.parts.cases_words import case_channel
from pages.parts.folds import fold
from pages.parts.plain import escaped

FILTERS = ("status", "tema", "kanal", "ansvarlig", "hus", "kvartal", "merkelapp", "q")
MORE = ("tema", "kanal", "ansvarlig", "kvartal", "merkelapp")
PAGING = ("etter", "for")
ADDRESS = "cases-address"  # where the way back from a case leads
EARLIEST = Quarter(2023, 1)
Word = TypeVar("Word")


def ask_filter(ctx: Context) -> CaseFilter:
    """Shows the filters and says what they say. Another choice begins again on the first page."""
    _restore_address()
    before = _in_address()
    with st.container(horizontal=True, vertical_alignment="bottom", key="case-filters"):
        standing = _ask_standing()
        words = _ask_words()
    _ask_more(ctx)
    if before != _in_address():
        forget_page()
    st.session_state[ADDRESS] = {**_in_address(FILTERS + PAGING)}
    quarter = _word("kvartal", Quarter.parse)
    return CaseFilter(
        standing=standing,
        topic_id=number_in_address("tema"),
        channel=_word("kanal", Channel),
        responsible_id=number_in_address("ansvarlig"),
        organisation_id=number_in_address("hus"),
        quarter=quarter,
        tag_id=number_in_address("merkelapp"),
        words=words,
    )


def is_narrowed() -> bool:
    return bool(_in_address())


def forget_page() -> None:
    for name in PAGING:
        st.query_params.pop(name, None)


def forget_filters(*, standing: Standing = Standing.OPEN) -> None:
    """All but the one that is named. The widgets follow the address in the next run."""
    for name in FILTERS:
        st.query_params.pop(name, None)
    if standing is not Standing.OPEN:
        st.query_params["status"] = standing.value
    forget_page()


def _ask_standing() -> Standing:
    names = {Standing.OPEN: t("Åpne"), Standing.CLOSED: t("Lukkede"), Standing.ALL: t("Alle")}
    key = "case-status"
    follow_address("status", key=key, read=lambda word: Standing(word) if word in list(Standing) else Standing.OPEN)
    chosen = st.segmented_control(t("Status"), list(names), format_func=names.__getitem__, required=True, key=key)
    standing = chosen or Standing.OPEN
    tell_address("status", "" if standing is Standing.OPEN else standing.value, key=key)
    return standing


def _ask_words() -> str:
    key = "case-words"
    follow_address("q", key=key, read=lambda word: word[:200])
    typed = st.text_input(
        t("Søk"), key=key, placeholder=t("Ord i saken, hus, person eller telefon"), max_chars=200, width=360
    )
    words = (typed or "").strip()
    tell_address("q", words, key=key)
    return words


def _ask_more(ctx: Context) -> None:
    """Drawn only when it is open: four lists of choices cost as much as the rows."""
    chosen = list(_in_address(MORE))
    title = t("Flere filtre ({n} valgt)", n=len(chosen)) if chosen else t("Flere filtre")
    more = fold(title, key="case-more-filters")
    if not more.open and not chosen and "hus" not in st.query_params:
        return
    choices = filter_choices(ctx, number_in_address("hus"))
    if more.open:
        with more, st.container(horizontal=True, key="case-choices"):
            for name, (label, names) in _choices(ctx, choices).items():
                choose_in_address(name, label, names, everything=t("Alle"), key=f"case-{name}")
    else:
        _say_chosen(ctx, choices, chosen)
    _show_house(choices)


def _choices(ctx: Context, choices: FilterChoices) -> dict[str, tuple[str, dict[str, str]]]:
    return {
        "tema": (t("Tema"), {str(topic.id): topic.name for topic in choices.topics}),
        "kanal": (t("Kanal"), {channel.value: case_channel(channel) for channel in Channel}),
        "ansvarlig": (t("Ansvarlig"), {str(one.id): one.name for one in choices.colleagues}),
        "kvartal": (t("Kvartal"), _quarters(ctx, choices)),
        "merkelapp": (t("Merkelapp"), {str(tag.id): tag.name for tag in tags_in_use(ctx, Kind.CASE)}),
    }


def _say_chosen(ctx: Context, choices: FilterChoices, chosen: Sequence[str]) -> None:
    said = _choices(ctx, choices)
    lines = [f"{said[name][0]}: {said[name][1].get(st.query_params[name], t('ukjent'))}" for name in chosen]
    if lines:
        st.text(" · ".join(lines))


def _quarters(ctx: Context, choices: FilterChoices) -> dict[str, str]:
    """From now back to the first case."""
    quarters = [Quarter.at(ctx.now)]
    first = Quarter.at(choices.oldest) if choices.oldest is not None else quarters[0]
    while quarters[-1] > max(first, EARLIEST):
        quarters.append(quarters[-1].previous)
    return {quarter.key: shown_quarter(quarter.year, quarter.number) for quarter in quarters}


def _restore_address() -> None:
    """The browser's Back from a case keeps the case's `id` and forgets the list's filters: they are put back."""
    if "id" in st.query_params:
        st.query_params.from_dict(st.session_state.get(ADDRESS, {}))


def _in_address(names: Sequence[str] = FILTERS) -> dict[str, str]:
    said = st.query_params.to_dict()
    return {name: said[name] for name in names if said.get(name)}


def _word(name: str, read: Callable[[str], Word]) -> Word | None:
    """None for a word that means nothing: addresses are edited by hand."""
    try:
        return read(st.query_params.get(name, ""))
    except ValueError:
        return None


def _show_house(choices: FilterChoices) -> None:
    if choices.house is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="case-house"):
        st.markdown(t("Bare saker fra **{house}**", house=escaped(choices.house.name)), width="content")
        if st.button(t("Vis alle hus"), key="case-all-houses", type="tertiary"):
            st.query_params.pop("hus", None)
            forget_page()
            st.rerun()
