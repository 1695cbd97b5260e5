"""Who may come in, and as what."""

from __future__ import annotations

import streamlit as st

from crm.i18n import t
from crm.users.queries import list_users
from pages.parts.user_setup import ask_about_user, ask_new_user, show_link_once, user_heading
from streamlit_config.shell import context, saying_errors

ctx = context()
st.title(t("Brukere"))
st.caption(
    t(
        "Administratorer styrer oppsett og brukere. Kolleger fører saker, medier, møter og medlemmer. "
        "Lesere, som styret, ser planen og tallene, men ingen saker og ingen kontaktopplysninger."
    )
)
show_link_once()
with saying_errors():
    for user in list_users(ctx):
        with st.expander(user_heading(ctx, user), key=f"user-{user.id}"):
            ask_about_user(ctx, user)
    st.header(t("Ny bruker"))
    ask_new_user(ctx)
