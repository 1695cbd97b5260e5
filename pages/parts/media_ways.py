"""What can be done with an inquiry: answer, ring back, wait, close, reopen, hand over. Only what is possible now is offered."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from crm.context import Context
from crm.correspondence.forms import MessageKind, NewMessage
from crm.i18n import t
from crm.media.commands import (
    add_message,
    change_outcome,
    close_inquiry,
    hand_over_inquiry,
    reopen_inquiry,
    stop_waiting_for_journalist,
    wait_for_journalist,
)
from crm.media.forms import Closing
from crm.media.queries import InquiryCard
from crm.media.rules import InquiryStatus, Outcome
from crm.users.queries import list_colleagues
from pages.parts.media_answer import ANSWERING, CLOSING, answer_button, ask_answer, is_answering
from pages.parts.media_words import outcome_name
from pages.parts.moments import ask_moment
from streamlit_config.shell import context, saying_errors


def show_ways(ctx: Context, card: InquiryCard) -> None:
    with st.container(horizontal=True, key=f"inquiry-ways-{card.id}"):
        if card.closed_at is not None:
            _way(t("Gjenåpne"), f"reopen-{card.id}", lambda: reopen_inquiry(ctx, card.id))
        else:
            _ways_of_open(ctx, card)
    if is_answering(card.id):
        ask_answer(card.id)
    if st.session_state.get(CLOSING) == card.id and card.closed_at is None:
        _ask_closing(card.id)


def ask_outcome(ctx: Context, card: InquiryCard) -> None:
    """What came of it, for one that is answered; withdrawn only once it is closed."""
    if card.row.status not in (InquiryStatus.ANSWERED, InquiryStatus.WITHDRAWN):
        return
    outcomes = [outcome for outcome in Outcome if outcome is not Outcome.WITHDRAWN or card.closed_at is not None]
    outcome = st.pills(
        t("Utfall"),
        outcomes,
        default=card.row.outcome,
        format_func=outcome_name,
        key=f"outcome-{card.id}-{card.version}",
    )
    if outcome != card.row.outcome:
        with saying_errors():
            change_outcome(ctx, card.id, outcome)
            st.rerun()


def ask_responsible(ctx: Context, card: InquiryCard) -> None:
    names = {colleague.id: colleague.name for colleague in list_colleagues(ctx)}
    names.setdefault(card.responsible_id, card.row.responsible)
    chosen = st.selectbox(
        t("Ansvarlig"),
        list(names),
        index=list(names).index(card.responsible_id),
        format_func=names.__getitem__,
        key=f"responsible-{card.id}-{card.version}",
        width=280,
    )
    if chosen != card.responsible_id:
        with saying_errors():
            hand_over_inquiry(ctx, card.id, chosen)
            st.rerun()


def _ways_of_open(ctx: Context, card: InquiryCard) -> None:
    owed = card.row.status is not InquiryStatus.ANSWERED
    if owed:
        answer_button(ctx, card.id, primary=True)
    if card.row.status is InquiryStatus.UNANSWERED:
        holding = NewMessage(kind=MessageKind.HOLDING)
        _way(t("Vi ringer tilbake"), f"hold-{card.id}", lambda: add_message(ctx, card.id, holding))
    if card.waiting_since is None:
        _way(t("Vent på journalisten"), f"wait-{card.id}", lambda: wait_for_journalist(ctx, card.id))
    else:
        _way(t("Slutt å vente"), f"unwait-{card.id}", lambda: stop_waiting_for_journalist(ctx, card.id))
    if st.button(t("Lukk"), key=f"close-{card.id}"):
        st.session_state.pop(ANSWERING, None)
        st.session_state[CLOSING] = card.id


def _way(label: str, key: str, do: Callable[[], None]) -> None:
    """A second click finds the button gone, or is refused by the rule: nothing is stored twice."""
    if st.button(label, key=key):
        with saying_errors():
            do()
            st.rerun()


@st.fragment
def _ask_closing(inquiry_id: int) -> None:
    ctx = context()
    with st.container(border=True, key=f"closing-form-{inquiry_id}"):
        outcome = st.pills(
            t("Utfall"), list(Outcome), format_func=outcome_name, key=f"closing-outcome-{inquiry_id}", help=_help()
        )
        at = ask_moment(t("Lukket (tomt betyr nå)"), key=f"closed-at-{inquiry_id}")
        with st.container(horizontal=True):
            save = st.button(t("Lukk henvendelsen"), type="primary", key=f"save-closing-{inquiry_id}")
            leave = st.button(t("Avbryt"), type="tertiary", key=f"leave-closing-{inquiry_id}")
        if save:
            with saying_errors():
                close_inquiry(ctx, inquiry_id, Closing.checked(outcome=outcome, at=at))
                _done()
        if leave:
            _done()


def _help() -> str:
    return t(
        "Avslått teller som svar. Trukket av journalisten teller ikke med i statistikken. "
        "Uten utfall og uten svar blir den stående som ubesvart."
    )


def _done() -> None:
    st.session_state.pop(CLOSING, None)
    st.rerun()
