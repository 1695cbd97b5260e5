"""E-postlister: who gets what from us, with how many are on each."""

from __future__ import annotations

import secrets

import streamlit as st

from crm.context import Context
from crm.i18n import t, tn
from crm.mailing.commands import make_mailing_list
from crm.mailing.forms import NewMailingList
from crm.mailing.queries import MailingListRow, list_mailing_lists
from crm.permissions import Permission
from pages.parts.mailing_fields import ask_list
from pages.parts.rows import open_chosen_row, row_label, show_rows
from streamlit_config.navigation import go
from streamlit_config.shell import context, saying_errors

TOKEN = "new-mailing-list-token"


def main() -> None:
    ctx = context()
    open_chosen_row("mailing_list")
    st.title(t("E-postlister"), anchor=False)
    lists = list_mailing_lists(ctx)
    if lists:
        show_rows(t("E-postlister"), {one.id: _label(one) for one in lists}, opens="mailing_list")
    else:
        st.info(
            t(
                "En e-postliste har navngitte mottakere, og husker når og hvordan hver av dem sa ja. "
                "Den som har meldt seg av, blir stående som avmeldt."
            )
        )
    if ctx.may(Permission.KEEP_MEMBERS):
        with st.expander(t("Ny e-postliste"), icon=":material/add:", expanded=not lists, key="new-mailing-list"):
            _ask_new(ctx)


def _label(one: MailingListRow) -> str:
    counts = [tn("{n} på listen", "{n} på listen", one.on_it)]
    if one.unsubscribed:
        counts.append(tn("{n} avmeldt", "{n} avmeldte", one.unsubscribed))
    badge = "" if one.is_active else f":gray-badge[{t('ute av bruk')}]"
    return row_label(one.name, one.about, counts, number=one.id, badge=badge)


def _ask_new(ctx: Context) -> None:
    token = st.session_state.setdefault(TOKEN, secrets.token_urlsafe(24))
    details = ask_list(f"new-list-{token}")
    if st.button(t("Lag listen"), type="primary", key=f"make-list-{token}"):
        with saying_errors():
            made = make_mailing_list(ctx, NewMailingList.checked(token=token, **details))
            del st.session_state[TOKEN]
            go("mailing_list", id=made)


main()
