"""The fields of mailing lists, shared by the screens. Each returns plain values."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from crm.i18n import t
from crm.mailing.queries import MailingListCard
from crm.mailing.words import ConsentHow
from pages.parts.mailing_words import consent_words
from pages.parts.members_fields import ask_day


def ask_list(key: str, card: MailingListCard | None = None) -> dict[str, Any]:
    """What the forms of `crm.mailing` take as details of a list."""
    name = st.text_input(t("Navn på listen"), value=card.name if card else "", max_chars=200, key=f"{key}-name")
    about = st.text_input(
        t("Hva den er til (kan stå tomt)"), value=card.about if card else "", max_chars=2_000, key=f"{key}-about"
    )
    needs_consent = st.toggle(
        t("Skriv bare til dem som har sagt ja"),
        value=card.needs_consent if card else True,
        help=t("Medlemmer kan få det de trenger som medlemmer uten å ha sagt ja. Alle andre må ha sagt ja først."),
        key=f"{key}-needs-consent",
    )
    return {"name": name or "", "about": about or "", "needs_consent": needs_consent}


def ask_consent(key: str, *, on: date) -> dict[str, Any]:
    """What `Consent` takes: when, how, where it can be seen. How is stated by whoever writes it down, and never guessed."""
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"{key}-consent"):
        given_on = ask_day(t("Sa ja"), key=f"{key}-given-on", value=on)
        how = st.selectbox(
            t("Hvordan"),
            list(ConsentHow),
            index=None,
            format_func=consent_words,
            placeholder=t("Velg"),
            key=f"{key}-how",
            width=210,
        )
        source = st.text_input(t("Hvor det kan ses (kan stå tomt)"), max_chars=300, key=f"{key}-source", width=320)
    return {"given_on": given_on, "how": how, "source": source or ""}
