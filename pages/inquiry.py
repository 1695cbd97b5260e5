"""One press inquiry: its deadline and both clocks, what can be done now, and the correspondence."""

from __future__ import annotations

import streamlit as st

import pages.parts.media_reasons as _reasons  # noqa: F401 - registers the sentences of this feature's reason codes
from crm.context import Context
from crm.correspondence.rules import TimeQuality
from crm.errors import NotFound
from crm.i18n import shown_moment, t
from crm.media.commands import add_message
from crm.media.queries import InquiryCard, inquiry_card
from crm.media.rules import DeadlineState
from crm.people.person_queries import wishes_of
from crm.permissions import Permission
from crm.records import Kind, Record
from pages.parts.beside import show_beside
from pages.parts.clocks import show_clocks
from pages.parts.correspondence import ask_message, show_messages
from pages.parts.media_correct import ask_correction
from pages.parts.media_deadline import outside_hours_text
from pages.parts.media_ways import ask_outcome, ask_responsible, show_ways
from pages.parts.media_words import asker, channel_name, deadline_badge, medium_name, status_badge
from pages.parts.person_wishes import show_wishes
from pages.parts.plain import escaped
from streamlit_config.navigation import go, record_id
from streamlit_config.shell import context, explained


def main() -> None:
    ctx = context()
    try:
        card = inquiry_card(ctx, record_id())
    except NotFound as error:
        st.error(explained(error), icon=":material/error:")
        st.button(t("Til mediehenvendelsene"), key="to-inquiries") and go("inquiries")
        return
    may_log = ctx.may(Permission.LOG_MEDIA)
    _show_head(ctx, card)
    if may_log:
        show_ways(ctx, card)
        ask_outcome(ctx, card)
    show_clocks(t("Til første svar fra et menneske"), card.response, key=f"response-clocks-{card.id}")
    if card.answer is not None:
        show_clocks(t("Til siste svar"), card.answer, key=f"answer-clocks-{card.id}")
    st.header(t("Spørsmålet"), anchor=False)
    st.text(card.question)
    _show_facts(ctx, card, may_log=may_log)
    show_beside(Record(Kind.INQUIRY, card.id))
    _show_correspondence(ctx, card, may_log=may_log)
    if may_log:
        with st.expander(t("Rett opplysningene"), expanded="rett" in st.query_params, key=f"correct-{card.id}"):
            ask_correction(card)


def _show_head(ctx: Context, card: InquiryCard) -> None:
    st.title(escaped(asker(card.row)), anchor=False)
    st.markdown(f"{deadline_badge(card.row, ctx.now)} {status_badge(card.row)}")
    _show_askers(card)
    if card.journalist_id is not None:
        show_wishes(wishes_of(ctx, card.journalist_id))
    ahead = card.row.deadline is DeadlineState.AHEAD
    if ahead and card.deadline_is_outside_hours and card.row.deadline_at is not None:
        st.warning(outside_hours_text(card.row.deadline_at), icon=":material/schedule:")
    if card.waiting_since is not None:
        moment = escaped(shown_moment(card.waiting_since, now=ctx.now))
        st.info(t("Vi venter på journalisten siden {moment}.", moment=moment))


def _show_askers(card: InquiryCard) -> None:
    """Ways to the screens of the journalist and of the outlet at the time."""
    who = {"person": (card.journalist_id, card.row.journalist), "organisation": (card.outlet_id, card.row.outlet)}
    with st.container(horizontal=True, gap="small", key=f"askers-{card.id}"):
        for screen, (record, name) in who.items():
            label = t("Åpne {name}", name=escaped(name))
            if record is not None and st.button(label, type="tertiary", key=f"open-{screen}-{record}"):
                go(screen, id=record)


def _show_facts(ctx: Context, card: InquiryCard, *, may_log: bool) -> None:
    received = shown_moment(card.row.received_at, now=ctx.now)
    if card.received_quality is TimeQuality.RECONSTRUCTED:
        received = t("{moment} (anslått)", moment=received)
    facts = [(t("Mottatt"), received), (t("Kanal"), channel_name(card.channel))]
    if card.row.medium is not None:
        facts.append((t("Medium"), medium_name(card.row.medium)))
    if card.contacts:
        facts.append((t("Kontakt"), ", ".join(card.contacts)))
    if card.closed_at is not None:
        facts.append((t("Lukket"), shown_moment(card.closed_at, now=ctx.now)))
    for name, value in facts:
        st.markdown(f"{name}: {escaped(value)}")
    if may_log:
        ask_responsible(ctx, card)
    else:
        st.markdown(t("Ansvarlig: {name}", name=escaped(card.row.responsible)))


def _show_correspondence(ctx: Context, card: InquiryCard, *, may_log: bool) -> None:
    st.header(t("Korrespondanse"), anchor=False)
    show_messages(card.messages)
    if may_log:
        with st.expander(t("Ny melding"), key=f"new-message-{card.id}"):
            ask_message(
                key=f"inquiry-{card.id}",
                add=lambda new: add_message(ctx, card.id, new),
                closed=card.closed_at is not None,
            )


main()
