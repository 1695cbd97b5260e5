"""The entry script: runs before every screen. It must not lie beside `pages/`, or Streamlit serves a page without it."""

from __future__ import annotations

from html import escape

import streamlit as st

from crm.context import Context
from crm.i18n import LANGUAGES, t
from crm.permissions import Permission
from crm.users.commands import set_language
from pages.parts.drafts import keep_what_was_left
from streamlit_config.chosen import keep_what_is_chosen
from streamlit_config.navigation import go, menu
from streamlit_config.shell import context, installed_application, one_run

# A plain form, because signing out is a POST: no link, picture or prefetch can do it.
OWN_CORNER = (
    '<p class="signed-in">{name}</p><form method="post" action="/logg-ut"><button type="submit">{label}</button></form>'
)
DEMONSTRATION = '<p class="demonstration">{said}</p>'


def main() -> None:
    st.set_page_config(page_title="kulturcrm", page_icon="♪", layout="wide", initial_sidebar_state="auto")
    ctx = context()
    keep_what_was_left(ctx)
    page = menu(ctx)
    _demonstration()
    _quick_capture(ctx)
    _own_corner(ctx)
    with one_run(ctx):
        page.run()


def _demonstration() -> None:
    if installed_application().is_demonstration:
        st.html(DEMONSTRATION.format(said=t("Demonstrasjon – alt er oppdiktet")))


def _quick_capture(ctx: Context) -> None:
    """One key away from every screen. Single letters do not fire while somebody types in a field."""
    if not ctx.may(Permission.LOG_CASES):
        return
    prefix = "" if ctx.actor.single_letter_shortcuts else "Alt+Shift+"
    with st.container(horizontal=True, key="quick-capture", gap="small"):
        if st.button(t("Ny henvendelse"), shortcut=f"{prefix}N", type="primary", key="to-new-case"):
            go("new_case")
        if st.button(t("Ny mediehenvendelse"), shortcut=f"{prefix}M", key="to-new-inquiry"):
            go("new_inquiry")
        if st.button(t("Søk"), shortcut=f"{prefix}S", key="to-search"):
            go("search")


def _own_corner(ctx: Context) -> None:
    with st.sidebar:
        chosen = st.segmented_control(
            t("Språk"),
            list(LANGUAGES),
            default=ctx.actor.language,
            format_func=LANGUAGES.__getitem__,
            key=f"language-{ctx.actor.language}",  # shell.js reads the language from it
            label_visibility="collapsed",
        )
        if chosen and chosen != ctx.actor.language:
            set_language(ctx, chosen)
            keep_what_is_chosen(but=f"language-{ctx.actor.language}")
            st.rerun()
        st.html(OWN_CORNER.format(name=escape(ctx.actor.name), label=t("Logg ut")))


main()
