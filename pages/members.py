"""Medlemmer: every house and supplier, found by any scrap, with what they last were in touch about."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from crm.context import Context
from crm.i18n import shown_date, t, tn
from crm.members.queries import COUNTED_TO, MemberPage, MemberRow, count_members, list_members
from crm.members.words import OrganisationKind
from crm.permissions import Permission
from crm.records import Kind
from crm.tags.queries import tags_of_many
from crm.timeline.queries import Happening, latest_contacts
from pages.parts.members_filter import ask_filter, asked_place, forget_place_when_changed, is_narrowed
from pages.parts.members_new import ask_new_house
from pages.parts.members_words import kind_words
from pages.parts.rows import open_chosen_row, row_label, show_rows
from pages.parts.tags import tag_badges
from streamlit_config.navigation import go
from streamlit_config.shell import context


def main() -> None:
    ctx = context()
    open_chosen_row("member")
    st.title(t("Medlemmer"), anchor=False)
    wanted = ask_filter(ctx)
    forget_place_when_changed(wanted)
    page = list_members(ctx, wanted, after=asked_place("etter"), before=asked_place("foran"))
    if not page.rows and not is_narrowed(wanted, ctx):
        _invite_to_import(ctx)
    else:
        counts = count_members(ctx, wanted.on)
        houses = tn("{n} hus", "{n} hus", counts.houses)
        suppliers = tn("{n} leverandør", "{n} leverandører", counts.suppliers)
        day = shown_date(wanted.on)
        st.caption(t("Medlemmer per {day}: {houses} og {suppliers}.", day=day, houses=houses, suppliers=suppliers))
        _show_list(ctx, page)
    if ctx.may(Permission.KEEP_MEMBERS):
        with st.expander(t("Legg til et hus eller en leverandør"), icon=":material/add:", key="new-house"):
            ask_new_house()


def _invite_to_import(ctx: Context) -> None:
    st.info(
        t("Her kommer medlemshusene. Har dere en medlemsliste i Excel eller CSV, leses den inn på et par minutter.")
    )
    if ctx.may(Permission.KEEP_MEMBERS) and st.button(t("Importer medlemslisten"), type="primary", key="to-import"):
        go("import_members")


def _show_list(ctx: Context, page: MemberPage) -> None:
    if not page.rows:
        st.text(t("Ingen passer med dette."))
        if st.button(t("Vis alle medlemmer"), key="no-filter"):
            go("members")
        return
    count = tn("{n} treff", "{n} treff", page.total)
    st.caption(t("Mer enn {count}", count=count) if page.total >= COUNTED_TO else count)
    contacts = latest_contacts(ctx, [row.id for row in page.rows])
    tags = tags_of_many(ctx, Kind.ORGANISATION, [row.id for row in page.rows])
    labels = {row.id: _label(row, contacts.get(row.id), tags.get(row.id, ())) for row in page.rows}
    show_rows(t("Medlemmer"), labels, opens="member")
    with st.container(horizontal=True, key="members-pages"):
        if page.preceding is not None and st.button(t("Forrige side"), key="preceding"):
            _turn(foran=page.preceding)
        if page.following is not None and st.button(t("Neste side"), key="following"):
            _turn(etter=page.following)


def _turn(**place: int) -> None:
    """Keeps the filters, which stand in the address too."""
    for name in ("etter", "foran"):
        st.query_params.pop(name, None)
    st.query_params.update({name: str(record) for name, record in place.items()})
    st.rerun()


def _label(row: MemberRow, contact: Happening | None, tags: Sequence[str]) -> str:
    place = ", ".join(filter(None, (row.municipality, row.county if row.county != row.municipality else None)))
    supplier = kind_words(row.kind) if row.kind != OrganisationKind.HOUSE else ""
    latest = f"{shown_date(contact.at)}: {_beginning(contact.title)}" if contact else t("ingen kontakt ennå")
    outside = "" if row.is_member else f":gray-badge[{t('ikke medlem')}]"
    badge = f"{outside} {tag_badges(tags)}".strip()
    return row_label(row.name, place, [supplier, latest], number=row.id, badge=badge)


def _beginning(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 80 else f"{line[:79].rstrip()}…"


main()
