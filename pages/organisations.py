"""Organisasjoner: outlets, authorities, parties, bodies and partners, by kind and by any name they have or had."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

import streamlit as st

import pages.parts.members_reasons as _reasons  # noqa: F401 - registers the sentences of this feature's reason codes
from crm.i18n import t, tn
from crm.members.commands import add_organisation
from crm.members.forms import NewOrganisation
from crm.members.organisation_queries import OTHER_KINDS, OrganisationRow, list_organisations
from crm.members.words import OrganisationKind
from crm.permissions import Permission
from crm.records import Kind
from crm.tags.queries import tags_of_many
from pages.parts.address import choose_in_address, number_in_address, words_in_address
from pages.parts.filling import NEW, begun, forget, offer_to_throw_away, say_unsaved
from pages.parts.members_fields import ask_details, details_of
from pages.parts.members_words import kind_words
from pages.parts.rows import open_chosen_row, row_label, show_rows
from pages.parts.tags import tag_badges
from pages.parts.turning import begin_anew_when_changed, turn_pages
from streamlit_config.navigation import go
from streamlit_config.shell import context, saying_errors

TOKEN = "new-organisation-token"


def main() -> None:
    ctx = context()
    open_chosen_row("organisation")
    st.title(t("Organisasjoner"), anchor=False)
    kind, words = _ask_filter()
    begin_anew_when_changed((kind, words), name="organisations")
    kinds, places = [kind] if kind else OTHER_KINDS, {name: number_in_address(name) for name in ("etter", "foran")}
    page = list_organisations(ctx, kinds, words=words, after=places["etter"], before=places["foran"])
    if page.rows:
        tags = tags_of_many(ctx, Kind.ORGANISATION, [row.id for row in page.rows])
        labels = {row.id: _label(row, tags.get(row.id, ())) for row in page.rows}
        show_rows(t("Organisasjoner"), labels, opens="organisation")
        turn_pages(page.following, page.preceding, name="organisations")
    else:
        _say_none(words)
    if ctx.may(Permission.KEEP_MEMBERS):
        title = t("Legg til en organisasjon")
        say_unsaved({f"new-organisation-{st.session_state.get(TOKEN)}": title})
        with st.expander(title, icon=":material/add:", key="new-organisation"):
            _ask_new(kind or OrganisationKind.AUTHORITY)


def _say_none(words: str) -> None:
    """Houses and suppliers are a list of their own, and whoever looks for one here is shown the way."""
    st.text(t("Ingen passer med dette."))
    st.caption(t("Kulturhus og leverandører står under Medlemmer."))
    if st.button(t("Let blant medlemmene"), icon=":material/arrow_forward:", key="look-among-members"):
        go("members", **{"utvalg": "any", **({"sok": words} if words else {})})


def _ask_filter() -> tuple[OrganisationKind | None, str]:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="organisations-filter"):
        words = words_in_address(t("Navn, også tidligere, sted eller person"), key="organisations-words")
        kinds = {kind.value: kind_words(kind) for kind in OTHER_KINDS}
        chosen = choose_in_address(
            "type", t("Type"), kinds, everything=t("Alle typer"), key="organisations-kind", width=208
        )
    return OrganisationKind(chosen) if chosen else None, words


def _label(row: OrganisationRow, tags: Sequence[str]) -> str:
    formerly = t("tidligere {name}", name=row.found_as) if row.found_as else ""
    people = tn("{n} person", "{n} personer", row.people) if row.people else ""
    facts = [kind_words(row.kind), row.place, people]
    return row_label(row.name, formerly, facts, number=row.id, badge=tag_badges(tags))


@st.fragment
def _ask_new(usual: OrganisationKind) -> None:
    """No form: what is typed survives a change of screen. The token makes two clicks one organisation."""
    ctx = context()
    token = st.session_state.setdefault(TOKEN, secrets.token_urlsafe(32))
    filling = begun(f"new-organisation-{token}", NEW, {"name": "", "kind": usual, **details_of()})
    name = st.text_input(t("Navn"), key=filling.key("name"), persist_state="session")
    kind = st.selectbox(
        t("Type"),
        OTHER_KINDS,
        index=OTHER_KINDS.index(filling.first["kind"]),
        format_func=kind_words,
        key=filling.key("kind"),
        persist_state="session",
    )
    details = ask_details(filling, kind=kind)
    if st.button(t("Legg til"), type="primary", key=f"add-organisation-{token}"):
        with saying_errors():
            new = NewOrganisation.checked(kind=kind, name=name or "", token=token, **details)
            added = add_organisation(ctx, new)
            st.session_state.pop(TOKEN, None)
            forget(filling)
            go("organisation", id=added)
    offer_to_throw_away(filling)


main()
