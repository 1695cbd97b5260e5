"""Personer: everybody we deal with, by name, narrowed down by what they are, where, and whether they still are."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from crm.context import Context
from crm.i18n import t
from crm.people.person_queries import PersonPage, PersonRow, list_persons
from crm.people.queries import caller_card
from crm.people.selects import PersonFilter
from crm.permissions import Permission
from crm.records import Kind
from crm.tags.queries import tags_of_many
from pages.parts.address import number_in_address
from pages.parts.filling import say_unsaved
from pages.parts.person_edit import ask_new_person, new_person_place
from pages.parts.persons_filter import ask_filter
from pages.parts.rows import open_chosen_row, row_label, show_rows
from pages.parts.tags import tag_badges
from pages.parts.turning import begin_anew_when_changed, turn_pages
from streamlit_config.navigation import go
from streamlit_config.shell import context


def main() -> None:
    ctx = context()
    open_chosen_row("person")
    st.title(t("Personer"), anchor=False)
    wanted = ask_filter(ctx)
    begin_anew_when_changed(wanted, name="persons")
    if wanted.organisation_id is not None:
        _say_where(ctx, wanted.organisation_id)
    page = list_persons(ctx, wanted, after=number_in_address("etter"), before=number_in_address("foran"))
    _show_list(ctx, page, is_narrowed=wanted != PersonFilter(on=wanted.on))
    if ctx.may(Permission.KEEP_MEMBERS):
        title = t("Legg til en person")
        say_unsaved({new_person_place(): title})
        with st.expander(title, icon=":material/person_add:", key="new-person"):
            ask_new_person()


def _say_where(ctx: Context, organisation_id: int) -> None:
    where = caller_card(ctx, organisation_id, None)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(t("Hos {name}", name=where.house) if where else t("Organisasjonen finnes ikke lenger."))
        if st.button(t("Vis alle"), key="everywhere"):
            go("persons")


def _show_list(ctx: Context, page: PersonPage, *, is_narrowed: bool) -> None:
    if not page.rows:
        st.text(
            t("Ingen passer med dette.")
            if is_narrowed
            else t("Ingen personer ennå. Legg til den første her, eller hent en liste under Import.")
        )
        return
    tags = tags_of_many(ctx, Kind.PERSON, [row.id for row in page.rows])
    show_rows(t("Personer"), {row.id: _label(row, tags.get(row.id, ())) for row in page.rows}, opens="person")
    turn_pages(page.following, page.preceding, name="persons")


def _label(row: PersonRow, tags: Sequence[str]) -> str:
    posts = [t("tidligere {post}", post=post) for post in row.posts] if row.is_former else list(row.posts)
    return row_label(row.name, "", posts, number=row.id, badge=tag_badges(tags))


main()
