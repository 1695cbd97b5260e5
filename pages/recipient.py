"""One on a mailing list: their yes or no, when and how, and what can be done about it."""

from __future__ import annotations

import streamlit as st

import pages.parts.mailing_words as _reasons  # noqa: F401 - registers the sentences of this feature's reason codes
from crm.context import Context
from crm.i18n import shown_date, t
from crm.mailing.commands import note_consent, subscribe_again, take_off_list, unsubscribe
from crm.mailing.forms import Consent, Unsubscribed
from crm.mailing.queries import ListedCard, listed_card
from crm.permissions import Permission
from pages.parts.mailing_fields import ask_consent
from pages.parts.mailing_words import consent_words
from pages.parts.members_fields import ask_day
from pages.parts.plain import escaped, unlinked
from streamlit_config.navigation import go, record_id
from streamlit_config.shell import context, saying_errors


def main() -> None:
    ctx = context()
    with saying_errors():
        _show(ctx, listed_card(ctx, record_id()))


def _show(ctx: Context, card: ListedCard) -> None:
    if st.button(
        t("Til {name}", name=escaped(card.list_name)), type="tertiary", icon=":material/arrow_back:", key="up"
    ):
        go("mailing_list", id=card.list_id)
    st.title(escaped(card.name), anchor=False)
    st.text(unlinked(card.address) if card.address else t("Har ingen e-postadresse i bruk."))
    if card.declines:
        said = t("Vil ikke ha e-post, og får derfor ingenting fra noen liste. Ønsket står på personen.")
        st.error(said, icon=":material/block:")
    _say_standing(card)
    if card.organisation_id is not None and st.button(t("Åpne huset"), key="open-house"):
        go("member", id=card.organisation_id)
    if card.person_id is not None and st.button(t("Åpne personen"), key="open-person"):
        go("person", id=card.person_id)
    if ctx.may(Permission.KEEP_MEMBERS):
        _ask_what_to_do(card)


def _say_standing(card: ListedCard) -> None:
    if card.unsubscribed_on is not None:
        said = t("Meldte seg av {day}", day=shown_date(card.unsubscribed_on, style="long"))
        st.warning(_joined(said, card.unsubscribed_source), icon=":material/block:")
    elif card.consent_on is not None and card.consent_how is not None:
        said = t("Sa ja {day}", day=shown_date(card.consent_on, style="long"))
        st.success(_joined(said, consent_words(card.consent_how), card.consent_source), icon=":material/check:")
    elif card.needs_consent:
        st.warning(t("Har ikke sagt ja, og får derfor ingenting fra denne listen."), icon=":material/info:")
    else:
        st.info(t("Har ikke sagt ja. Denne listen krever det ikke."))


def _joined(*parts: str) -> str:
    return " · ".join(escaped(part) for part in parts if part)


def _ask_what_to_do(card: ListedCard) -> None:
    has_left = card.unsubscribed_on is not None
    with st.expander(t("Meld på igjen") if has_left else t("Før opp et samtykke"), key=f"consent-{card.id}"):
        _ask_consent(card, has_left=has_left)
    if not has_left:
        with st.expander(t("Meld av"), icon=":material/block:", key=f"leave-{card.id}"):
            _ask_no(card)
        with st.expander(t("Fjern fra listen"), icon=":material/delete:", key=f"take-off-{card.id}"):
            _ask_mistake(card)


@st.fragment
def _ask_consent(card: ListedCard, *, has_left: bool) -> None:
    ctx = context()
    key = f"consent-{card.id}-{card.version}"
    typed = ask_consent(key, on=ctx.today)
    if st.button(t("Lagre samtykket"), type="primary", key=f"{key}-save"):
        with saying_errors():
            say_yes = subscribe_again if has_left else note_consent
            say_yes(ctx, card.id, Consent.checked(**typed), version=card.version)
            st.rerun()


@st.fragment
def _ask_no(card: ListedCard) -> None:
    ctx = context()
    key = f"no-{card.id}-{card.version}"
    on = ask_day(t("Sa nei"), key=f"{key}-on", value=ctx.today)
    source = st.text_input(t("Hvor det kan ses (kan stå tomt)"), max_chars=300, key=f"{key}-source")
    st.caption(t("Gjelder denne listen, også for et nytt kort med samme adresse."))
    if st.button(t("Meld av"), type="primary", key=f"{key}-save"):
        with saying_errors():
            unsubscribe(ctx, card.id, Unsubscribed.checked(version=card.version, on=on, source=source or ""))
            st.rerun()


@st.fragment
def _ask_mistake(card: ListedCard) -> None:
    ctx = context()
    st.caption(t("For den som havnet på listen ved en feil. Den som har sagt nei, meldes av i stedet."))
    if st.button(t("Fjern fra listen"), key=f"take-off-{card.id}-{card.version}"):
        with saying_errors():
            take_off_list(ctx, card.id, version=card.version)
            go("mailing_list", id=card.list_id)


main()
