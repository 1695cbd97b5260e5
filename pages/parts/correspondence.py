"""A correspondence as it went, and the next thing said in it. The same for a support case and a press inquiry."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence

import streamlit as st

from crm.correspondence.forms import MessageKind, NewMessage
from crm.correspondence.queries import ShownMessage
from crm.correspondence.rules import Author, Direction, MessageChannel, TimeQuality
from crm.i18n import shown_moment, t
from pages.parts import correspondence_reasons as correspondence_reasons
from pages.parts.moments import ask_moment
from pages.parts.plain import escaped
from streamlit_config.shell import saying_errors


def channel_name(channel: MessageChannel) -> str:
    return {
        MessageChannel.PHONE: t("telefon"),
        MessageChannel.EMAIL: t("e-post"),
        MessageChannel.MEETING: t("møte"),
        MessageChannel.NOTE: t("notat"),
        MessageChannel.OTHER: t("annet"),
    }[channel]


def show_messages(messages: Sequence[ShownMessage]) -> None:
    """Oldest first. What people wrote is shown as text and nothing else."""
    if not messages:
        st.caption(t("Ingen meldinger ennå."))
    for message in messages:
        with st.container(border=True, key=f"message-{message.id}"):
            st.caption(_heading(message))
            if message.text:
                st.text(message.text)


def ask_message(
    *,
    key: str,
    add: Callable[[NewMessage], object],
    finish: Callable[[NewMessage], object] | None = None,
    closed: bool = False,
) -> None:
    """Reply, "we ring you back", something that came in, a note or an autoreply. `key` names the record, such as `case-12`.

    `add` stores it; `finish`, where it is offered, stores a reply and closes the record with it. What is typed survives a
    change of screen; a second click of the same form stores nothing more.
    """
    token = st.session_state.setdefault(f"{key}-message-token", secrets.token_urlsafe(24))
    kind = st.segmented_control(
        t("Hva"),
        list(MessageKind),
        default=MessageKind.NOTE if closed else MessageKind.REPLY,
        format_func=kind_name,
        required=True,
        wrap=True,
        key=f"{key}-kind-{token}",
    )
    kind = kind or MessageKind.REPLY
    channel = _ask_channel(kind, key=f"{key}-channel-{token}")
    text = st.text_area(t("Tekst"), key=f"{key}-text-{token}", persist_state="session", height=120) or ""
    at = ask_moment(t("Når (tomt betyr nå)"), key=f"{key}-at-{token}")
    store = _ask_to_store(add, finish if kind is MessageKind.REPLY else None, key=f"{key}-save-{token}")
    if store is not None:
        with saying_errors():
            store(NewMessage.checked(kind=kind, channel=channel, text=text, at=at, token=token))
            del st.session_state[f"{key}-message-token"]
            st.rerun()


def _ask_to_store(
    add: Callable[[NewMessage], object], finish: Callable[[NewMessage], object] | None, *, key: str
) -> Callable[[NewMessage], object] | None:
    """What the pressed button does; None when none was pressed."""
    with st.container(horizontal=True, key=f"ways-{key}"):
        is_added = st.button(t("Lagre melding"), key=key, type="primary")
        is_finished = finish is not None and st.button(t("Lagre og lukk"), key=f"{key}-and-close")
    return add if is_added else finish if is_finished else None


def kind_name(kind: MessageKind) -> str:
    return {
        MessageKind.REPLY: t("Svar"),
        MessageKind.HOLDING: t("Vi ringer tilbake"),
        MessageKind.INCOMING: t("Inn"),
        MessageKind.NOTE: t("Notat"),
        MessageKind.AUTOREPLY: t("Autosvar"),
    }[kind]


def _ask_channel(kind: MessageKind, *, key: str) -> MessageChannel:
    if kind is MessageKind.NOTE:
        return MessageChannel.NOTE
    channels = [MessageChannel.PHONE, MessageChannel.EMAIL, MessageChannel.MEETING, MessageChannel.OTHER]
    default = MessageChannel.EMAIL if kind is MessageKind.AUTOREPLY else MessageChannel.PHONE
    chosen = st.segmented_control(
        t("Kanal"),
        channels,
        default=default,
        format_func=channel_name,
        required=True,
        wrap=True,
        key=f"{key}-{kind.value}",
    )
    return chosen or default


def _heading(message: ShownMessage) -> str:
    words = [f"**{_what_it_is(message)}**"]
    if message.channel is not MessageChannel.NOTE:
        words.append(channel_name(message.channel))
    words.append(shown_moment(message.at))
    if message.quality is TimeQuality.RECONSTRUCTED:
        words.append(t("tid satt i ettertid"))
    if message.author is Author.HUMAN:
        words.append(t("ført av {name}", name=escaped(message.user_name)))
    return " · ".join(words)


def _what_it_is(message: ShownMessage) -> str:
    if message.author is Author.AUTOMATIC:
        return t("Autosvar, stopper ikke klokken")
    if message.is_holding:
        return t("Vi ringer tilbake")
    names = {Direction.INBOUND: t("Inn"), Direction.OUTBOUND: t("Ut"), Direction.INTERNAL: t("Notat")}
    return names[message.direction]
