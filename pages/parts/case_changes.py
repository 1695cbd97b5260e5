"""Putting a case right: its text, topic, channel and moment; whom it is tied to; whose it is."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from crm.cases.cards import CaseCard
from crm.cases.case_commands import change_case, hand_over_case, tie_caller
from crm.cases.case_forms import ChangedCase, HandedOver, TiedCaller
from crm.cases.queries import Channel, list_topic_choices
from crm.context import Context
from crm.i18n import local, t
from crm.people.queries import CallerHit
from crm.users.queries import list_colleagues
from pages.parts.caller_search import choose_caller
from pages.parts.case_forms import Begun, begun, follow_changes, save
from pages.parts.cases_words import case_channel
from pages.parts.moments import ask_moment
from streamlit_config.shell import context


def ask_changes(ctx: Context, card: CaseCard) -> None:
    filling = begun(
        card,
        "changes",
        {
            "what": card.what,
            "topic_id": card.topic.id if card.topic else None,
            "channel": card.channel,
            "received_at": card.received.at,
        },
    )
    typed = {
        "what": _ask_what(filling),
        "topic_id": _ask_topic(ctx, card, filling),
        "channel": _ask_channel(filling),
        "received_at": _ask_received(filling),
    }
    if st.button(t("Lagre endringene"), key=filling.key("save"), type="primary"):
        save(
            card,
            filling,
            typed,
            lambda: change_case(ctx, card.id, ChangedCase.checked(version=filling.version, **typed)),
        )
    follow_changes(card, filling, typed)


def ask_hand_over(ctx: Context, card: CaseCard) -> None:
    filling = begun(card, "hand-over", {"user_id": card.responsible.id})
    names = {colleague.id: colleague.name for colleague in list_colleagues(ctx)}
    names.setdefault(card.responsible.id, card.responsible.name)
    names.setdefault(filling.first["user_id"], "")
    options = list(names)
    chosen = st.selectbox(
        t("Ansvarlig"),
        options,
        index=options.index(filling.first["user_id"]),
        format_func=names.__getitem__,
        key=filling.key("user"),
    )
    typed = {"user_id": chosen}
    if st.button(t("Overlat saken"), key=filling.key("save")):
        form = HandedOver(version=filling.version, user_id=chosen)
        save(card, filling, typed, lambda: hand_over_case(ctx, card.id, form))
    follow_changes(card, filling, typed)


@st.fragment
def ask_house(card: CaseCard) -> None:
    """An unknown caller turns out to be somebody; or it was another house than we wrote."""
    ctx = context()
    filling = begun(card, "house", {"who": ""})
    who = (
        st.text_input(
            t("Hus, person eller telefon"),
            value=filling.first["who"],
            key=filling.key("who"),
            live="150ms",
            placeholder=card.caller or None,
        )
        or ""
    )
    with st.container(horizontal=True, key=f"ways-{filling.key('who')}"):
        is_saved = st.button(t("Knytt til"), key=filling.key("save"), type="primary", disabled=not who.strip())
    caller = choose_caller(ctx, who, token=filling.key("caller"))
    if who.strip() and caller.hit is None:
        st.caption(t("Ingen treff. Et nytt hus legges inn under Medlemmer."))
    elif is_saved and not caller.were_shown:
        st.warning(t("Nye treff. Se om det riktige er valgt, og lagre en gang til."))
    elif is_saved and caller.hit is not None:
        save(card, filling, {"who": who}, lambda: tie_caller(ctx, card.id, _tied(filling, caller.hit)))
    follow_changes(card, filling, {"who": who})


def _tied(filling: Begun, hit: CallerHit | None) -> TiedCaller:
    return TiedCaller(
        version=filling.version,
        organisation_id=hit.organisation_id if hit else None,
        person_id=hit.person_id if hit else None,
    )


def _ask_what(filling: Begun) -> str:
    typed = st.text_area(
        t("Hva det gjelder"), value=filling.first["what"], key=filling.key("what"), persist_state="session", height=140
    )
    return (typed or "").strip()


def _ask_topic(ctx: Context, card: CaseCard, filling: Begun) -> int | None:
    names: Mapping[int | None, str] = {None: t("Uten tema")} | {
        topic.id: topic.name for topic in list_topic_choices(ctx)
    }
    if card.topic is not None:  # also one that is no longer in use
        names = {**names, card.topic.id: card.topic.name}
    options = list(names)
    first = filling.first["topic_id"]
    return st.selectbox(
        t("Tema"),
        options,
        index=options.index(first) if first in names else 0,
        format_func=names.__getitem__,
        key=filling.key("topic"),
    )


def _ask_channel(filling: Begun) -> Channel:
    first: Channel = filling.first["channel"]
    return (
        st.segmented_control(
            t("Kanal"),
            list(Channel),
            default=first,
            format_func=case_channel,
            required=True,
            key=filling.key("channel"),
        )
        or first
    )


def _ask_received(filling: Begun) -> object:
    """The field shows whole minutes: left alone, it means the moment with its seconds."""
    typed = ask_moment(t("Mottatt"), value=filling.first["received_at"], key=filling.key("received"))
    original = filling.original["received_at"]
    if typed is None or local(typed) == local(original).replace(second=0, microsecond=0):
        return original
    return typed
