"""When the office is open. Working time in every figure is counted by this, for the past as well."""

from __future__ import annotations

import streamlit as st

from crm.i18n import t
from crm.office.hours_queries import office_hours, preview_office_hours
from pages.parts.office_setup import EXAMPLE, ask_exceptions, ask_half_days, ask_week, show_preview
from streamlit_config.shell import context, saying_errors

ctx = context()
st.title(t("Kontortid"))
st.caption(
    t(
        "Svartid i arbeidstid regnes etter denne kalenderen. En endring gjelder med en gang, også for saker som er besvart. "
        "Røde dager er stengt av seg selv."
    )
)
with saying_errors():
    office = office_hours(ctx)
    settings, preview = st.columns([3, 2])
    with settings:
        st.header(t("En vanlig uke"))
        st.caption(t("Flere åpningstider på en dag skilles med komma, for eksempel {example}.", example=EXAMPLE))
        ask_week(ctx, office)
        st.header(t("Halve dager"))
        ask_half_days(ctx, office)
        st.header(t("Unntak"))
        ask_exceptions(ctx, office)
    with preview:
        st.header(t("De neste fire ukene"))
        show_preview(preview_office_hours(ctx))
