"""The addresses of a mailing list, for the blind copy of the mail program."""

from __future__ import annotations

import streamlit as st

from crm.context import Context
from crm.i18n import t, tn
from crm.mailing.commands import take_addresses
from crm.mailing.queries import MailingListCard
from crm.mailing.rules import Recipients
from pages.parts.mailing_words import left_out_words
from streamlit_config.shell import saying_errors


def offer_addresses(ctx: Context, card: MailingListCard) -> None:
    """Says beforehand how many get the mail and why the others do not. Shown when asked for: that stands in the change log."""
    n = len(card.recipients.written_to)
    gets = tn("{n} får e-post", "{n} får e-post", n)
    left_out = left_out_words(card.recipients.left_out)
    st.text(t("{gets}. Får ikke: {left_out}.", gets=gets, left_out=left_out) if left_out else f"{gets}.")
    if n and st.button(t("Vis adressene til blindkopi"), icon=":material/content_copy:", key=f"addresses-{card.id}"):
        with saying_errors():
            show_chunks(take_addresses(ctx, card.id))


def show_chunks(recipients: Recipients) -> None:
    chunks = list(recipients.chunks)
    if len(chunks) > 1:
        st.caption(t("E-postprogrammer tar ikke alle på én gang. Send én e-post for hvert felt."))
    for number, chunk in enumerate(chunks, start=1):
        st.caption(
            t("Felt {number} av {all}", number=number, all=len(chunks)) if len(chunks) > 1 else t("Lim inn i Blindkopi")
        )
        st.code(chunk, language=None, wrap_lines=True)
