"""Which mailing lists a person or an organisation stands on; each leads to their yes or no."""

from __future__ import annotations

import streamlit as st

from crm.context import Context
from crm.i18n import shown_date, t
from crm.mailing.queries import lists_of
from pages.parts.plain import escaped
from streamlit_config.navigation import go


def show_lists(ctx: Context, *, person_id: int | None = None, organisation_id: int | None = None) -> None:
    """Nothing where they are on none."""
    rows = lists_of(ctx, person_id=person_id, organisation_id=organisation_id)
    if rows:
        st.header(t("E-postlister"), anchor=False)
    for row in rows:
        left = t("meldte seg av {day}", day=shown_date(row.unsubscribed_on)) if row.unsubscribed_on else ""
        label = " · ".join(filter(None, (escaped(row.name), left)))
        if st.button(label, type="tertiary", key=f"open-recipient-{row.member_id}"):
            go("recipient", id=row.member_id)
