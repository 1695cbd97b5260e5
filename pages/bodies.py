"""Which bodies there are, what is expected of them, and which of us have a seat."""

from __future__ import annotations

import streamlit as st

from crm.i18n import t
from crm.networks.queries import body_card, list_bodies
from pages.parts.body_setup import ask_name, ask_new_body, ask_rhythm, ask_seats
from pages.parts.network_words import body_name
from pages.parts.plain import escaped
from streamlit_config.shell import context, saying_errors

ctx = context()
st.title(t("Organer"))
st.caption(
    t(
        "En ny rytme gjelder fra det første kvartalet som begynner på eller etter datoen. "
        "Kvartalene før beholder rytmen de hadde. Med minst 0 møter forventes ingenting."
    )
)
chosen = st.query_params.get("id", "")
with saying_errors():
    for body in list_bodies(ctx):
        with st.expander(escaped(body_name(body)), expanded=chosen == str(body.id), key=f"body-{body.id}"):
            card = body_card(ctx, body.id)
            st.markdown(f"**{t('Forventet rytme')}**")
            ask_rhythm(ctx, card)
            st.markdown(f"**{t('Våre plasser')}**")
            ask_seats(ctx, card)
            st.markdown(f"**{t('Navn')}**")
            ask_name(ctx, card)
    st.header(t("Nytt organ"))
    ask_new_body(ctx)
