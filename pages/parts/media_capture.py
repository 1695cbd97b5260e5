"""The form that is filled while a journalist is on the line. One fragment and no st.form, as for calls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from time import sleep
from typing import Any

import streamlit as st

from crm.contact_details import national_number_in
from crm.context import Context
from crm.correspondence.rules import MessageChannel
from crm.drafts.queries import DraftKind
from crm.errors import Refused
from crm.i18n import t
from crm.media.commands import open_inquiry
from crm.media.forms import Answer, NewInquiry
from crm.media.rules import Channel, Medium
from crm.people.person_queries import wishes_of
from pages.parts.defaults import begins_with
from pages.parts.drafts import keep, move_on, note_open_form, opened_draft
from pages.parts.media_askers import Asker, choose_asker
from pages.parts.media_deadline import ask_deadline, warn_outside_hours
from pages.parts.media_words import channel_name, medium_name
from pages.parts.moments import ask_moment
from pages.parts.person_wishes import show_wishes
from pages.parts.plain import escaped
from streamlit_config.navigation import go
from streamlit_config.shell import context, saying_errors

ANSWERED, OPEN, ASIDE = "Ctrl+Enter", "Ctrl+Shift+Enter", "Alt+M"
SHOWN_BEFORE_TAKEN_SECONDS = 0.8


@dataclass(frozen=True)
class Typed:
    journalist: str
    outlet: str
    question: str
    deadline_at: datetime | None
    medium: Medium | None
    channel: Channel
    contact: str
    received_at: datetime | None
    asker: Asker

    @property
    def is_empty(self) -> bool:
        return not any(text.strip() for text in (self.journalist, self.outlet, self.question, self.contact))

    def as_draft(self) -> dict[str, Any]:
        """`who` and `what` are what the list of drafts shows."""
        return {
            "who": ", ".join(text.strip() for text in (self.journalist, self.outlet) if text.strip()),
            "what": self.question,
            "journalist": self.journalist,
            "outlet": self.outlet,
            "journalist_id": self.asker.journalist_id,
            "outlet_id": self.asker.outlet_id,
            "medium": self.medium.value if self.medium else None,
            "channel": self.channel.value,
            "contact": self.contact,
            "deadline_at": self.deadline_at.isoformat() if self.deadline_at else None,
            "received_at": self.received_at.isoformat() if self.received_at else None,
        }


@st.fragment
def capture_inquiry(token: str) -> None:
    ctx = context()
    draft = opened_draft(ctx, token, first_field=f"journalist-{token}")
    kept: Mapping[str, Any] = draft.fields if draft else {}
    writing, knowing = st.columns([7, 4], gap="medium")
    with writing:
        journalist, outlet, taken = _ask_who(token, kept)
        with st.container(key=f"live-question-{token}"):
            question = st.text_area(
                t("Hva spør de om?"), value=kept.get("what", ""), key=f"question-{token}", height=120
            )
        deadline = ask_deadline(ctx, key=f"deadline-{token}", kept=_moment(kept.get("deadline_at")))
        medium_here = st.container()
        with st.container(horizontal=True, key=f"save-inquiry-row-{token}"):
            left_open = st.button(t("Lagre som åpen"), shortcut=OPEN, type="primary", key=f"open-{token}")
            answered = st.button(t("Besvart nå"), shortcut=ANSWERED, key=f"answered-{token}")
            aside = st.button(t("Legg til side"), shortcut=ASIDE, type="tertiary", key=f"aside-{token}")
        messages = st.container()
    with knowing:
        asker = choose_asker(ctx, journalist, outlet, token=token, kept=_kept_choice(kept, journalist, outlet))
        if asker.journalist_id is not None:
            show_wishes(wishes_of(ctx, asker.journalist_id))
        channel, contact, received_at = _ask_details(token, kept)
    with medium_here:
        medium = _ask_medium(token, kept, asker)
    typed = Typed(journalist, outlet, question, deadline, medium, channel, contact, received_at, asker)
    texts = {"journalist": f"journalist-{token}", "outlet": f"outlet-{token}", "what": f"question-{token}"}
    note_open_form(token, DraftKind.INQUIRY, texts)
    with taken:
        st.caption(_who_is_taken(asker))
    with messages:
        warn_outside_hours(ctx, deadline)
        if national_number_in(question):
            st.warning(t("Teksten ser ut til å ha et fødselsnummer i seg. Ta det bort hvis det ikke trengs."))
        if answered or left_open:
            _save(ctx, token, typed, answered=answered)
        else:
            _keep_or_save_pending(ctx, token, typed)
    if aside:
        go("new_inquiry")


def _ask_who(token: str, kept: Mapping[str, Any]) -> tuple[str, str, Any]:
    """What was typed in the two fields, and the place under them that says who is taken."""
    with st.container(key=f"focus-journalist-{token}"):
        journalist = st.text_input(
            t("Journalist"),
            value=kept.get("journalist", ""),
            key=f"journalist-{token}",
            live="150ms",
            autocomplete="off",
            placeholder=t("Navnet, eller de første bokstavene i det"),
        )
    outlet = st.text_input(
        t("Redaksjon"),
        value=kept.get("outlet", ""),
        key=f"outlet-{token}",
        live="150ms",
        autocomplete="off",
        placeholder=t("Tomt felt: den journalisten ringte fra sist"),
    )
    return journalist or "", outlet or "", st.container()


def _ask_medium(token: str, kept: Mapping[str, Any], asker: Asker) -> Medium | None:
    """The outlet's usual one until somebody says otherwise. The key holds it, so another outlet brings its own."""
    key, said = f"medium-{token}-{asker.medium}", f"medium-said-{token}"
    start = begins_with(key, st.session_state.get(said) or _medium(kept.get("medium")) or asker.medium)
    picked = st.pills(t("Medium"), list(Medium), default=start, format_func=medium_name, key=key, wrap=True)
    if picked != start:
        st.session_state[said] = picked
    return picked


def _ask_details(token: str, kept: Mapping[str, Any]) -> tuple[Channel, str, datetime | None]:
    channel = st.segmented_control(
        t("Kanal"),
        list(Channel),
        default=Channel(kept.get("channel", Channel.PHONE)),
        required=True,
        wrap=True,
        format_func=channel_name,
        key=f"channel-{token}",
    )
    contact = st.text_input(
        t("Telefon eller e-post til journalisten (valgfritt)"),
        value=kept.get("contact", ""),
        key=f"contact-{token}",
        autocomplete="off",
    )
    received_at = ask_moment(
        t("Mottatt"),
        key=f"received-{token}",
        value=_moment(kept.get("received_at")),
        help=t("Tomt felt: nå. Settes det mer enn fem minutter tilbake, merkes tiden som anslått."),
    )
    return channel or Channel.PHONE, contact or "", received_at


def _save(ctx: Context, token: str, typed: Typed, *, answered: bool) -> None:
    keep(ctx, token, DraftKind.INQUIRY, typed.as_draft(), is_empty=typed.is_empty)
    with saying_errors():
        new = _checked(token, typed)
        if typed.asker.were_shown:
            _store(ctx, new, typed, answered=answered)
        else:
            _show_before_taking(token, typed, answered=answered)


def _keep_or_save_pending(ctx: Context, token: str, typed: Typed) -> None:
    pending = st.session_state.pop(f"pending-{token}", None)
    if pending is not None and pending["typed"] == typed.as_draft():
        with saying_errors():
            _store(ctx, _checked(token, typed), typed, answered=pending["answered"])
    keep(ctx, token, DraftKind.INQUIRY, typed.as_draft(), is_empty=typed.is_empty)


def _show_before_taking(token: str, typed: Typed, *, answered: bool) -> None:
    """Saved faster than the hits came: they are shown first, and taken a moment later unless something is changed."""
    st.info(t("Lagrer på **{name}** …", name=escaped(typed.asker.name)))
    st.session_state[f"pending-{token}"] = {"typed": typed.as_draft(), "answered": answered}
    sleep(SHOWN_BEFORE_TAKEN_SECONDS)
    st.rerun(scope="fragment")


def _checked(token: str, typed: Typed) -> NewInquiry:
    return NewInquiry.checked(
        token=token,
        journalist_id=typed.asker.journalist_id,
        journalist=typed.asker.journalist,
        outlet_id=typed.asker.outlet_id,
        outlet=typed.asker.outlet,
        medium=typed.medium,
        question=typed.question,
        channel=typed.channel,
        contact=typed.contact,
        deadline_at=typed.deadline_at,
        received_at=typed.received_at,
    )


def _store(ctx: Context, new: NewInquiry, typed: Typed, *, answered: bool) -> None:
    answer = Answer(channel=MessageChannel(new.channel.value)) if answered else None
    try:
        inquiry_id = open_inquiry(ctx, new, answer=answer)
    except Refused as refused:
        if refused.code != "token_used":
            raise
        move_on(ctx, DraftKind.INQUIRY, typed.as_draft())
    st.session_state["saved-inquiry"] = inquiry_id
    go("new_inquiry")


def _kept_choice(kept: Mapping[str, Any], journalist: str, outlet: str) -> tuple[int | None, int | None]:
    """What was chosen when the draft was left; with other texts the first hit is the chosen one again."""
    same = (kept.get("journalist", ""), kept.get("outlet", "")) == (journalist, outlet)
    return (kept.get("journalist_id"), kept.get("outlet_id")) if same else (None, None)


def _who_is_taken(asker: Asker) -> str:
    if not asker.name:
        return t("Tomme felt: lagres på ukjent journalist")
    said = t("Lagres på **{name}**", name=escaped(asker.name))
    new = [
        word
        for word, is_new in (
            (t("ny journalist"), asker.journalist and asker.journalist_id is None),
            (t("ny redaksjon"), asker.outlet and asker.outlet_id is None),
        )
        if is_new
    ]
    return f"{said} ({', '.join(new)})" if new else said


def _medium(stored: str | None) -> Medium | None:
    return Medium(stored) if stored else None


def _moment(stored: str | None) -> datetime | None:
    return datetime.fromisoformat(stored) if stored else None
