"""The form that is filled with a phone on the shoulder. One fragment and no st.form: text must reach us before it is saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import sleep
from typing import Any

import streamlit as st

from crm.cases.commands import open_case
from crm.cases.forms import NewCase
from crm.cases.queries import Channel
from crm.contact_details import national_number_in
from crm.context import Context
from crm.drafts.queries import DraftKind
from crm.errors import CrmError, Refused
from crm.i18n import t
from crm.people.person_queries import wishes_of
from pages.parts.caller_search import NOBODY, ChosenCaller, caller_shown, choose_caller, named
from pages.parts.drafts import (
    PARAMETER,
    draft_token,
    forget_form,
    fresh_token,
    keep,
    move_on,
    note_open_form,
    opened_draft,
)
from pages.parts.just_saved import SAVED, show_just_saved
from pages.parts.moments import ask_moment, on_the_wall
from pages.parts.person_wishes import show_wishes
from pages.parts.plain import escaped
from streamlit_config.navigation import go
from streamlit_config.shell import context, saying_errors

ANSWERED, OPEN, ASIDE = "Ctrl+Enter", "Ctrl+Shift+Enter", "Alt+N"
WHO, WHAT = "focus-who", "live-what"  # shell.js gives the one focus, and sends the other's text in each pause
SHOWN_BEFORE_TAKEN_SECONDS = 0.8
DOUBLE_PRESS = timedelta(seconds=3)


@dataclass(frozen=True)
class Typed:
    who: str
    what: str
    caller: ChosenCaller
    channel: Channel
    topic_id: int | None
    received_at: datetime | None

    @property
    def is_empty(self) -> bool:
        return not self.who.strip() and not self.what.strip()

    def as_draft(self) -> dict[str, Any]:
        return {
            "who": self.who,
            "what": self.what,
            "choice": self.caller.key,
            "channel": self.channel.value,
            "topic_id": self.topic_id,
            "received_at": self.received_at.isoformat() if self.received_at else None,
        }


@st.fragment
def capture(topics: Mapping[int, str]) -> None:
    """A press is acted on before anything is drawn, so that the confirmation and the fresh form come with the same run: to draw
    this form once more and then run the whole screen took three times as long.

    Where a press cannot be known beforehand (the server was restarted, the hits had not been shown) or is refused, it is met again
    below, where the buttons stand.
    """
    ctx = context()
    token = st.query_params.get(PARAMETER) or draft_token(ctx)
    is_saved = _is_saved_before_drawing(ctx, token)
    if is_saved:
        token = fresh_token()
    show_just_saved(ctx)
    _draw(ctx, token, topics, is_new=is_saved)


def _is_saved_before_drawing(ctx: Context, token: str) -> bool:
    answered = bool(st.session_state.get(f"answered-{token}"))
    if not answered and not st.session_state.get(f"open-{token}"):
        return False
    typed = _typed_on_screen(token)
    if typed is None or typed.is_empty:
        return False
    try:
        _note_saved(ctx, token, open_case(ctx, _checked(token, typed, answered=answered)))
    except CrmError:
        return False
    return True


def _typed_on_screen(token: str) -> Typed | None:
    """What the fields hold before they are drawn; None when other hits stood beside them than those for this caller."""
    fields = (WHO, WHAT, "channel", "topic", "received")
    who, what, channel, topic_id, earlier = (st.session_state.get(f"{field}-{token}") for field in fields)
    caller = caller_shown(who or "", token=token)
    if caller is None:
        return None
    received_at = on_the_wall(earlier) if earlier else None
    return Typed(who or "", what or "", caller, channel or Channel.PHONE, topic_id, received_at)


def _draw(ctx: Context, token: str, topics: Mapping[int, str], *, is_new: bool) -> None:
    """The two columns are filled in turns: Tab goes through each from top to bottom, whatever is drawn first."""
    draft = None if is_new else opened_draft(ctx, token, first_field=f"{WHO}-{token}")
    kept: Mapping[str, Any] = draft.fields if draft else {}
    writing, knowing = st.columns([7, 4], gap="medium")
    with writing:
        who = st.text_input(
            t("Hvem"),
            value=kept.get("who", ""),
            key=f"{WHO}-{token}",
            live="150ms",
            autocomplete="off",
            placeholder=t("Hus, navn, telefon eller e-post"),
        )
    with knowing:
        caller = choose_caller(ctx, who, token=token, chosen=_kept_choice(kept, who))
        if caller.hit is not None and caller.hit.person_id is not None:
            show_wishes(wishes_of(ctx, caller.hit.person_id))
    with writing:
        st.caption(_who_is_taken(who, caller))
        what = st.text_area(t("Hva"), value=kept.get("what", ""), key=f"{WHAT}-{token}", height=140)
        with st.container(horizontal=True, key=f"save-row-{token}"):
            answered = st.button(t("Besvart nå"), shortcut=ANSWERED, type="primary", key=f"answered-{token}")
            left_open = st.button(t("Lagre som åpen"), shortcut=OPEN, key=f"open-{token}")
        aside = st.button(t("Legg til side"), shortcut=ASIDE, type="tertiary", key=f"aside-{token}")
    with knowing:
        typed = Typed(who, what, caller, *_ask_details(token, topics, kept))
    note_open_form(token, DraftKind.CASE, {"who": f"{WHO}-{token}", "what": f"{WHAT}-{token}"})
    with writing:
        if national_number_in(what) or national_number_in(who):
            st.warning(t("Teksten ser ut til å ha et fødselsnummer i seg. Ta det bort hvis det ikke trengs."))
        if answered or left_open:
            _save(ctx, token, typed, answered=answered)
        else:
            _keep_or_save_pending(ctx, token, typed)
    if aside:
        go("new_case")


def _ask_details(
    token: str, topics: Mapping[int, str], kept: Mapping[str, Any]
) -> tuple[Channel, int | None, datetime | None]:
    channel = st.pills(
        t("Kanal"),
        list(Channel),
        default=Channel(kept.get("channel", Channel.PHONE)),
        required=True,
        format_func=lambda channel: channel_words()[channel],
        key=f"channel-{token}",
        wrap=True,
    )
    topic_id = kept.get("topic_id", 0)
    chosen = None
    if topics:
        chosen = st.selectbox(
            t("Tema (valgfritt)"),
            list(topics),
            index=list(topics).index(topic_id) if topic_id in topics else None,
            format_func=topics.__getitem__,
            placeholder=t("Velg tema"),
            key=f"topic-{token}",
        )
    received_at = kept.get("received_at")
    earlier = ask_moment(
        t("Mottatt (tomt felt: nå)"),
        key=f"received-{token}",
        value=datetime.fromisoformat(received_at) if received_at else None,
        help=t("Settes tiden mer enn fem minutter tilbake, merkes den som anslått."),
    )
    return channel or Channel.PHONE, chosen, earlier


def _save(ctx: Context, token: str, typed: Typed, *, answered: bool) -> None:
    if typed.is_empty and _has_just_saved(ctx):
        return  # the second of two quick presses falls on the fresh form
    keep(ctx, token, DraftKind.CASE, typed.as_draft(), is_empty=typed.is_empty)
    with saying_errors():
        new = _checked(token, typed, answered=answered)
        if typed.caller.were_shown:
            _store(ctx, new, typed)
        else:
            _show_before_taking(token, typed, answered=answered)


def _keep_or_save_pending(ctx: Context, token: str, typed: Typed) -> None:
    pending = st.session_state.pop(f"pending-{token}", None)
    if pending is not None and pending["typed"] == typed.as_draft():
        with saying_errors():
            _store(ctx, _checked(token, typed, answered=pending["answered"]), typed)
    keep(ctx, token, DraftKind.CASE, typed.as_draft(), is_empty=typed.is_empty)
    if st.session_state.get(f"held-{token}") == typed.as_draft() and typed.caller.hit is not None:
        _say_held(escaped(named(typed.caller.hit)))  # until something is changed, whatever runs in between


def _say_held(name: str) -> None:
    st.warning(t("Flere treff. Trykk én gang til for å lagre på **{name}**, eller velg en annen.", name=name))


def _show_before_taking(token: str, typed: Typed, *, answered: bool) -> None:
    """Save was pressed before the hits for what was typed had come. A hit nobody can have seen is never taken.

    When all hits are of one house it is shown first and taken a moment later, unless something is changed meanwhile; between
    several houses the next press decides.
    """
    hit = typed.caller.hit
    name = escaped(named(hit)) if hit else escaped(typed.who)
    if not typed.caller.is_plain:
        st.session_state[f"held-{token}"] = typed.as_draft()
        _say_held(name)
        return
    st.info(t("Lagrer på **{name}** …", name=name))
    st.session_state[f"pending-{token}"] = {"typed": typed.as_draft(), "answered": answered}
    sleep(SHOWN_BEFORE_TAKEN_SECONDS)
    st.rerun()


def _checked(token: str, typed: Typed, *, answered: bool) -> NewCase:
    hit = typed.caller.hit
    return NewCase.checked(
        token=token,
        who=typed.who,
        organisation_id=hit.organisation_id if hit else None,
        person_id=hit.person_id if hit else None,
        what=typed.what,
        answered=answered,
        channel=typed.channel,
        topic_id=typed.topic_id,
        received_at=typed.received_at,
    )


def _store(ctx: Context, new: NewCase, typed: Typed) -> None:
    try:
        case_id = open_case(ctx, new)
    except Refused as refused:
        if refused.code != "token_used":
            raise
        move_on(ctx, DraftKind.CASE, typed.as_draft())
    _note_saved(ctx, new.token, case_id)
    go("new_case")


def _note_saved(ctx: Context, token: str, case_id: int) -> None:
    forget_form(token)
    st.session_state[SAVED] = case_id
    st.session_state["saved-at"] = ctx.now


def _has_just_saved(ctx: Context) -> bool:
    saved_at = st.session_state.get("saved-at")
    return saved_at is not None and ctx.now - saved_at < DOUBLE_PRESS


def _kept_choice(kept: Mapping[str, Any], who: str) -> str | None:
    """What was chosen when the draft was left; with another query the first hit is the chosen one again."""
    if not kept or kept.get("who", "") != who:
        return None
    if "choice" in kept:
        return str(kept["choice"])
    organisation_id, person_id = kept.get("organisation_id"), kept.get("person_id")
    return f"{organisation_id or 0}-{person_id or 0}" if organisation_id or person_id else NOBODY


def _who_is_taken(who: str, caller: ChosenCaller) -> str:
    """Under the field, for the eye only: Tab goes past it, and on a phone the hits themselves are further down."""
    if caller.hit is not None:
        return t("Lagres på **{name}**", name=escaped(named(caller.hit)))
    if who.strip():
        return t("Lagres på «{typed}» som tekst", typed=escaped(who))
    return t("Tomt felt: lagres som ukjent innringer")


def channel_words() -> dict[Channel, str]:
    return {
        Channel.PHONE: t("Telefon"),
        Channel.EMAIL: t("E-post"),
        Channel.MEETING: t("Møte"),
        Channel.OTHER: t("Annet"),
    }
