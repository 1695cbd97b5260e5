"""What the rows of the list are and what its columns mean, each with a way to correct it."""

from __future__ import annotations

import streamlit as st

from crm.context import Context
from crm.i18n import t
from crm.members.words import MEMBER_KINDS, OrganisationKind
from crm.transfer.columns import Subject, choices, same_headings
from crm.transfer.limits import HEADER_WITHIN
from crm.transfer.meanings import Meaning
from crm.transfer.row_reading import NEW_KIND
from crm.transfer.tables import Source, Table
from crm.transfer.words import meaning_words
from pages.parts.import_state import Incoming, choose_header, choose_meanings, choose_subject, names_of
from pages.parts.members_words import kind_words
from pages.parts.plain import escaped

EXAMPLES = 3
COLUMN_WIDTH = 250  # fits a phone, and three of them a desk
NEW_KINDS = (
    OrganisationKind.PARTNER,
    OrganisationKind.HOUSE,
    OrganisationKind.SUPPLIER,
    OrganisationKind.OUTLET,
    OrganisationKind.AUTHORITY,
    OrganisationKind.PARTY,
    OrganisationKind.NETWORK_BODY,
)


def ask_subject(ctx: Context, one: Incoming) -> None:
    words = {Subject.ORGANISATIONS: t("Organisasjoner"), Subject.PERSONS: t("Personer")}
    chosen = st.segmented_control(
        t("Hva er i listen?"),
        list(words),
        default=one.subject,
        format_func=words.__getitem__,
        required=True,
        key=f"subject-{one.token}-{one.read_as}-{one.header}",
    )
    if chosen is not None and chosen is not one.subject:
        choose_subject(ctx, one, chosen)
    if Meaning.NAME in one.meanings:
        one.new_kind = st.selectbox(
            t("En organisasjon vi ikke har, blir"),
            NEW_KINDS,
            index=NEW_KINDS.index(NEW_KIND[one.subject]),
            format_func=kind_words,
            help=t("Når listen ikke selv har en kolonne med typen."),
            key=f"new-kind-{one.token}-{one.subject.value}",
            width=COLUMN_WIDTH,
        )
    if one.subject is Subject.ORGANISATIONS and (one.new_kind in MEMBER_KINDS or Meaning.KIND in one.meanings):
        one.of_members = st.checkbox(
            t("Kulturhus og leverandører i listen er medlemmer"), value=True, key=f"of-members-{one.token}"
        )


def ask_columns(ctx: Context, one: Incoming, table: Table) -> None:
    """One field per column, with what stands in it: mapping and preview in one."""
    if table.source in {Source.SEPARATED, Source.WORKBOOK}:
        _ask_header(ctx, one, table)
    names = names_of(one)
    twice = same_headings(names)
    if twice:
        st.warning(t("Disse overskriftene står over flere kolonner: {names}.", names=escaped(", ".join(twice))))
    with st.container(horizontal=True, gap="medium", key=f"columns-of-{one.token}"):
        meanings = [_ask_meaning(one, table, place, name) for place, name in enumerate(names)]
    if tuple(meanings) != one.meanings:
        choose_meanings(one, tuple(meanings))


def _ask_header(ctx: Context, one: Incoming, table: Table) -> None:
    places = list(range(min(len(table.lines), HEADER_WITHIN)))
    chosen = st.selectbox(
        t("Linjen med overskrifter"),
        places,
        index=one.header,
        format_func=lambda place: _line(table, place),
        key=f"header-{one.token}-{one.read_as}",
    )
    choose_header(ctx, one, chosen)


def _ask_meaning(one: Incoming, table: Table, place: int, name: str) -> Meaning | None:
    header = one.header or 0
    below = (line.cells[place] for line in table.lines[header + 1 : header + 200] if place < len(line.cells))
    examples = [cell for cell in dict.fromkeys(below) if cell][:EXAMPLES]
    proposed = one.meanings[place] if place < len(one.meanings) else None
    options = choices(one.subject)
    label = escaped(name) if name else t("Kolonne {number} uten overskrift", number=place + 1)
    with st.container(width=COLUMN_WIDTH, gap="xxsmall"):
        chosen = st.selectbox(
            label,
            options,
            index=options.index(proposed) if proposed in options else None,
            format_func=meaning_words,
            placeholder=t("Brukes ikke"),
            key=f"column-{one.token}-{one.read_as}-{header}-{one.subject.value}-{place}",
        )
        st.caption(escaped(" · ".join(_short(cell) for cell in examples)) or t("tom kolonne"))
    return chosen


def _line(table: Table, place: int) -> str:
    line = table.lines[place]
    return f"{line.number}: {_short('; '.join(filter(None, line.cells)), 70)}"


def _short(text: str, limit: int = 40) -> str:
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"
