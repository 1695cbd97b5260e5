"""The topics a support case can have. One that is taken out of use stays on its old cases."""

from __future__ import annotations

import secrets

import streamlit as st

from crm.cases.topic_commands import TopicName, add_topic, rename_topic, restore_topic, retire_topic
from crm.cases.topic_queries import TopicRow, list_topics
from crm.context import Context
from crm.i18n import t, tn
from pages.parts import topics_reasons as topics_reasons
from pages.parts.plain import escaped
from streamlit_config.shell import context, saying_errors

ctx = context()

TOKEN = "new-topic-token"


def heading(topic: TopicRow) -> str:
    used = tn("{n} sak", "{n} saker", topic.cases)
    houses = tn("{n} hus", "{n} hus", topic.houses)
    return f"{escaped(topic.name)} · {used}, {houses}" if topic.cases else escaped(topic.name)


def ask_new(ctx: Context) -> None:
    token = st.session_state.setdefault(TOKEN, secrets.token_urlsafe(9))
    name = st.text_input(t("Nytt tema"), key=f"name-{token}", max_chars=100)
    if st.button(t("Legg til tema"), type="primary", key=f"add-{token}"):
        with saying_errors():
            add_topic(ctx, TopicName.checked(name=name or ""))
            del st.session_state[TOKEN]
            st.rerun()


def ask_about(ctx: Context, topic: TopicRow) -> None:
    key = f"{topic.id}-{topic.version}"
    name = st.text_input(t("Navn"), value=topic.name, key=f"name-{key}", max_chars=100)
    with st.container(horizontal=True), saying_errors():
        if st.button(t("Lagre navnet"), key=f"rename-{key}"):
            rename_topic(ctx, topic.id, TopicName.checked(name=name or ""), version=topic.version)
            st.rerun()
        if topic.is_active and st.button(t("Ta ut av bruk"), key=f"retire-{key}"):
            retire_topic(ctx, topic.id, version=topic.version)
            st.rerun()
        if not topic.is_active and st.button(t("Ta i bruk igjen"), key=f"restore-{key}"):
            restore_topic(ctx, topic.id, version=topic.version)
            st.rerun()


st.title(t("Temaer"))
st.caption(t("Et tema er valgfritt på en henvendelse. Tas det ut av bruk, beholder de gamle sakene det."))
with saying_errors():
    topics = list_topics(ctx)
    ask_new(ctx)
    for topic in [topic for topic in topics if topic.is_active]:
        with st.expander(heading(topic), key=f"topic-{topic.id}"):
            ask_about(ctx, topic)
    retired = [topic for topic in topics if not topic.is_active]
    if retired:
        st.header(t("Tatt ut av bruk"))
    for topic in retired:
        with st.expander(heading(topic), key=f"topic-{topic.id}"):
            ask_about(ctx, topic)
