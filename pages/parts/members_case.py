"""A call from a house that is on the screen: a draft with the house filled in, on the ordinary capture screen."""

from __future__ import annotations

import streamlit as st

from crm.context import Context
from crm.drafts.commands import keep_draft
from crm.drafts.queries import DraftKind
from crm.i18n import t
from crm.members.queries import MemberCard
from crm.permissions import Permission
from pages.parts.drafts import PARAMETER, SCREEN, new_token
from streamlit_config.navigation import go
from streamlit_config.shell import saying_errors


def offer_new_case(ctx: Context, card: MemberCard) -> None:
    if not ctx.may(Permission.LOG_CASES):
        return
    if st.button(t("Ny henvendelse fra huset"), type="primary", icon=":material/call:", key=f"new-case-{card.id}"):
        token = new_token()
        with saying_errors():
            # "12-0": house 12, nobody named. The search for the name has the house among its hits, and this chooses it.
            keep_draft(ctx, token, kind=DraftKind.CASE, fields={"who": card.name, "what": "", "choice": f"{card.id}-0"})
            go(SCREEN[DraftKind.CASE], **{PARAMETER: token})
