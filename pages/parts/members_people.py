"""Who is at an organisation on a day, and who was: each row opens the person."""

from __future__ import annotations

from datetime import date

import streamlit as st

import pages.parts.people_reasons as _reasons  # noqa: F401 - registers the sentences of this feature's reason codes
from crm.context import Context
from crm.i18n import shown_date, t
from crm.members.commands import add_person_here
from crm.members.forms import NewPersonHere
from crm.members.queries import MemberCard
from crm.members.words import OrganisationKind
from crm.people.person_queries import HeldPost, persons_at, persons_once_at
from crm.people.words import PostKind, post_kind_words
from crm.permissions import Permission
from pages.parts.moments import FIRST_DAY, LAST_DAY
from pages.parts.people_words import channel_words, first_reach, held_words
from pages.parts.rows import row_label, show_rows
from streamlit_config.navigation import go
from streamlit_config.shell import context, saying_errors

_ADDED = "people-added"
USUAL = {OrganisationKind.OUTLET: PostKind.JOURNALIST, OrganisationKind.PARTY: PostKind.ELECTED}


def show_people(ctx: Context, card: MemberCard) -> None:
    st.header(t("Folk"), anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="people-when"):
        asked = st.date_input(
            t("Per dato"),
            value=ctx.today,
            min_value=FIRST_DAY,
            max_value=LAST_DAY,
            format="DD.MM.YYYY",
            key="dato",
            bind="query-params",
            width=168,
        )
        with_former = st.toggle(t("Vis tidligere"), key="tidligere", bind="query-params")
    on = asked if isinstance(asked, date) else ctx.today
    rows = _labels(card, persons_at(ctx, card.id, on=on), badge="")
    if with_former:
        past = [held for held in persons_once_at(ctx, card.id, before=on) if held.person_id not in rows]
        rows |= _labels(card, past, badge=f":gray-badge[{t('tidligere')}]")
    if rows:
        show_rows(t("Folk"), rows, opens="person")
    elif on == ctx.today:
        st.text(t("Ingen er lagt inn ennå."))
    else:
        st.text(t("Ingen vi vet om {day}.", day=shown_date(on, style="long")))
    if st.button(t("Alle personer her"), type="tertiary", icon=":material/group:", key="all-persons-here"):
        go("persons", hos=card.id)
    if ctx.may(Permission.KEEP_MEMBERS):
        with st.expander(t("Legg til en person"), icon=":material/person_add:", key=f"new-person-{card.id}"):
            ask_new_person(card.id, USUAL.get(card.kind, PostKind.EMPLOYEE))


def _labels(card: MemberCard, posts: list[HeldPost], *, badge: str) -> dict[int, str]:
    """One row for each person, however many posts: all titles, and what the first post says."""
    reach = {line.person_id: first_reach(line.contacts) for line in card.people}
    of: dict[int, list[HeldPost]] = {}
    for held in posts:
        of.setdefault(held.person_id, []).append(held)
    return {
        person: row_label(
            mine[0].name,
            ", ".join(dict.fromkeys(held.title for held in mine if held.title)),
            [*reach.get(person, ()), *held_words(mine[0])],
            number=person,
            badge=" ".join(
                filter(None, [badge, *(f":red-badge[{channel_words(wish)}]" for wish in mine[0].no_contact)])
            ),
        )
        for person, mine in of.items()
    }


@st.fragment
def ask_new_person(organisation_id: int, usual: PostKind) -> None:
    ctx = context()
    key = f"person-here-{organisation_id}-{st.session_state.get(_ADDED, 0)}"
    name = st.text_input(t("Navn"), key=f"{key}-name", persist_state="session")
    title = st.text_input(t("Tittel"), key=f"{key}-title", persist_state="session")
    kinds = list(PostKind)
    kind = st.selectbox(
        t("Slags stilling"), kinds, index=kinds.index(usual), format_func=post_kind_words, key=f"{key}-kind"
    )
    phone = st.text_input(t("Telefon"), key=f"{key}-phone", persist_state="session")
    email = st.text_input(t("E-post"), key=f"{key}-email", persist_state="session")
    if st.button(t("Legg til personen"), type="primary", key=f"{key}-add"):
        with saying_errors():
            typed = {"name": name or "", "title": title or "", "phone": phone or "", "email": email or ""}
            add_person_here(ctx, organisation_id, NewPersonHere.checked(kind=kind or usual, **typed))
            st.session_state[_ADDED] = st.session_state.get(_ADDED, 0) + 1
            st.rerun()
