"""A screen with the fields our script looks after."""

import streamlit as st

from crm.i18n import t
from pages.parts.plain import escaped
from streamlit_config.shell import context

ctx = context()
language = st.query_params.get("lang", "nb")
with st.container(key=f"language-{language}"):
    st.html(f'<form method="post" action="/logg-ut"><button type="submit">{t("Logg ut")}</button></form>')
st.text("Close")
with st.container(key="focus-who"):
    st.text_input("Hvem", key="who")
st.text_area("Hva", key="what", persist_state="session")
st.text_input("Annet", key="other")
st.text_input(escaped("E-post (jobb)"), key="column")
st.selectbox("Hus", ["Ålesund kulturhus", "Sentrum scene"], index=None, key="house")
st.file_uploader("Fil", key="file")
with st.form("form"):
    st.text_input("I skjema", key="in-form")
    st.form_submit_button("Lagre")
st.button("Igjen")
with st.expander("Mer", key="more"):
    st.pills("Kanal", ["Telefon", "Brev"], key="channel")
    if st.button("Ferdig"):
        st.text("Det er ferdig")
