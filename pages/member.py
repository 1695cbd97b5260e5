"""One house or supplier. Whatever else has its own screen, and is shown there when asked for here."""

from __future__ import annotations

import streamlit as st

from crm.i18n import t
from crm.members.queries import member_card
from crm.members.words import MEMBER_KINDS
from pages.parts.organisation import show_organisation
from pages.parts.rows import open_chosen_row
from pages.parts.timeline import open_chosen_happening
from streamlit_config.navigation import go, record_id
from streamlit_config.shell import context, saying_errors


def main() -> None:
    ctx = context()
    open_chosen_row("person")
    open_chosen_happening()
    with saying_errors():
        card = member_card(ctx, record_id())
        if card.kind not in MEMBER_KINDS:
            go("organisation", id=card.id)
        if st.button(t("Til medlemmene"), type="tertiary", icon=":material/arrow_back:", key="to-members"):
            go("members")
        show_organisation(ctx, card)


main()
