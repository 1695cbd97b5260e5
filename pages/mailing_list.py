"""One mailing list: who is on it, the addresses for the mail program, and how people come on."""

from __future__ import annotations

import streamlit as st

from crm.context import Context
from crm.i18n import shown_date, t, tn
from crm.mailing.queries import (
    COUNTED_TO,
    ListedRow,
    MailingListCard,
    Standing,
    list_members_of,
    mailing_list_card,
)
from crm.people.words import ContactChannel
from crm.permissions import Permission
from pages.parts.address import follow_address, number_in_address, tell_address
from pages.parts.mailing_edit import add_to_list, edit_list
from pages.parts.mailing_out import offer_addresses
from pages.parts.mailing_words import standing_words
from pages.parts.people_words import channel_words
from pages.parts.plain import escaped
from pages.parts.rows import open_chosen_row, row_label, show_rows
from streamlit_config.navigation import go, record_id
from streamlit_config.shell import context, saying_errors


def main() -> None:
    ctx = context()
    open_chosen_row("recipient")
    with saying_errors():
        _show(ctx, mailing_list_card(ctx, record_id()))


def _show(ctx: Context, card: MailingListCard) -> None:
    if st.button(t("Til e-postlistene"), type="tertiary", icon=":material/arrow_back:", key="to-mailing-lists"):
        go("mailing_lists")
    st.title(escaped(card.name), anchor=False)
    if card.about:
        st.text(card.about)
    with st.container(horizontal=True, gap="small", key="list-standing"):
        if not card.is_active:
            st.badge(t("ute av bruk"), color="gray")
        st.badge(t("Bare med samtykke") if card.needs_consent else t("Uten krav om samtykke"), color="gray")
    if ctx.may(Permission.EXPORT):
        offer_addresses(ctx, card)
    if ctx.may(Permission.KEEP_MEMBERS):
        with st.expander(t("Legg til en mottaker"), icon=":material/person_add:", key=f"add-to-{card.id}"):
            add_to_list(card.id)
    _show_members(ctx, card)
    if ctx.may(Permission.KEEP_MEMBERS):
        with st.expander(t("Rett listen"), icon=":material/edit:", key=f"edit-list-{card.id}"):
            edit_list(card)


def _show_members(ctx: Context, card: MailingListCard) -> None:
    st.header(t("Mottakere"), anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom", key="recipients-filter"):
        words = st.text_input(
            t("Søk"), placeholder=t("Navn"), live="300ms", key=f"recipients-words-{card.id}", width=260
        )
        standing = _ask_standing()
    page = list_members_of(ctx, card.id, standing, words=words or "", after=number_in_address("etter"))
    if not page.rows:
        st.text(t("Ingen passer med dette.") if words else t("Ingen her."))
        return
    count = tn("{n} mottaker", "{n} mottakere", min(page.total, COUNTED_TO))
    st.caption(t("Mer enn {count}", count=count) if page.total > COUNTED_TO else count)
    show_rows(t("Mottakere"), {row.id: _label(row) for row in page.rows}, opens="recipient")
    with st.container(horizontal=True, key="recipients-pages"):
        if number_in_address("etter") is not None and st.button(t("Til de første"), key="recipients-first"):
            st.query_params.pop("etter", None)
            st.rerun()
        if page.following is not None and st.button(t("Neste side"), key=f"recipients-after-{page.following}"):
            st.query_params["etter"] = str(page.following)
            st.rerun()


def _ask_standing() -> Standing:
    """Stands in the address, so that a link shows the same."""
    key, words = "recipients-standing", [standing.value for standing in Standing]
    follow_address("vis", key=key, read=lambda word: word if word in words else Standing.ON.value)
    chosen = st.segmented_control(
        t("Vis"),
        words,
        format_func=lambda word: standing_words(Standing(word)),
        key=key,
        wrap=True,
        label_visibility="collapsed",
    )
    word = chosen or Standing.ON.value
    if tell_address("vis", "" if word == Standing.ON.value else word, key=key):
        st.query_params.pop("etter", None)
    return Standing(word)


def _label(row: ListedRow) -> str:
    if row.unsubscribed_on:
        said = t("meldte seg av {day}", day=shown_date(row.unsubscribed_on))
    else:
        said = t("sa ja {day}", day=shown_date(row.consent_on)) if row.consent_on else t("uten samtykke")
    badge = f":red-badge[{channel_words(ContactChannel.EMAIL)}]" if row.declines else ""
    return row_label(row.name, row.at, [said], number=row.id, badge=badge)


main()
