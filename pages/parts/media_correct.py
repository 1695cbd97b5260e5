"""Putting an inquiry right: who asked, what, when it came, the deadline."""

from __future__ import annotations

import streamlit as st

from crm.i18n import t
from crm.media.commands import correct_inquiry
from crm.media.forms import ChangedInquiry
from crm.media.queries import InquiryCard
from crm.media.rules import Channel, Medium
from pages.parts.media_askers import choose_asker
from pages.parts.media_deadline import warn_outside_hours
from pages.parts.media_words import channel_name, medium_name
from pages.parts.moments import ask_moment
from streamlit_config.shell import context, saying_errors


@st.fragment
def ask_correction(card: InquiryCard) -> None:
    """Keys hold the record and its version, so that no other inquiry's text ever stands in the fields."""
    ctx = context()
    place = f"{card.id}-{card.version}"
    writing, knowing = st.columns([3, 2], gap="large")
    with writing:
        journalist = st.text_input(
            t("Journalist"), value=card.row.journalist, key=f"correct-journalist-{place}", live="150ms"
        )
        outlet = st.text_input(t("Redaksjon"), value=card.row.outlet, key=f"correct-outlet-{place}", live="150ms")
        with st.container(key=f"live-correct-question-{place}"):
            question = st.text_area(t("Hva spør de om?"), value=card.question, key=f"correct-question-{place}")
        deadline = ask_moment(
            t("Frist (tomt betyr ingen)"), key=f"correct-deadline-{place}", value=card.row.deadline_at
        )
        medium = st.pills(
            t("Medium"),
            list(Medium),
            default=card.row.medium,
            format_func=medium_name,
            wrap=True,
            key=f"correct-medium-{place}",
        )
        save = st.button(t("Lagre rettelsen"), type="primary", key=f"save-correction-{place}")
    with knowing:
        kept = (card.journalist_id, card.outlet_id)
        asker = choose_asker(ctx, journalist or "", outlet or "", token=f"correct-{place}", kept=kept)
        channel = st.segmented_control(
            t("Kanal"),
            list(Channel),
            default=card.channel,
            format_func=channel_name,
            required=True,
            wrap=True,
            key=f"correct-channel-{place}",
        )
        received_at = ask_moment(t("Mottatt"), key=f"correct-received-{place}", value=card.row.received_at)
    with writing:
        warn_outside_hours(ctx, deadline)
        if save and not asker.were_shown:
            st.warning(t("Nye treff. Se om det riktige er valgt, og lagre en gang til."))
        elif save:
            with saying_errors():
                changed = ChangedInquiry.checked(
                    journalist_id=asker.journalist_id,
                    journalist=asker.journalist,
                    outlet_id=asker.outlet_id,
                    outlet=asker.outlet,
                    medium=medium,
                    question=question or "",
                    channel=channel or card.channel,
                    deadline_at=deadline,
                    received_at=received_at or card.row.received_at,
                    version=card.version,
                )
                correct_inquiry(ctx, card.id, changed)
                st.query_params.pop("rett", None)
                st.rerun()
