"""What a person sees when a screen fails: a sentence and a number, never a traceback with other people's data."""

from __future__ import annotations

import logging
import secrets

import streamlit as st

from crm.errors import CrmError, SignedOut
from crm.i18n import t
from streamlit_config.shell import explained, say_signed_out

log = logging.getLogger("kulturcrm")


def say_error(error: Exception) -> bool:
    """Streamlit's hook for what a screen let through. True: Streamlit says nothing more."""
    if isinstance(error, SignedOut):
        say_signed_out()
        return True
    if isinstance(error, CrmError):
        st.error(explained(error))
        return True
    number = secrets.token_hex(4)
    log.error("error %s", number, exc_info=error)
    st.error(
        t(
            "Noe gikk galt, og det er vår feil. Se etter om det siste du gjorde, ble lagret. Feilnummer: {number}",
            number=number,
        )
    )
    return True
