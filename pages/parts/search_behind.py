"""What a large change has left for the search, said where somebody may miss it."""

from __future__ import annotations

import streamlit as st

from crm.context import Context
from crm.i18n import tn
from crm.search.queries import count_behind


def say_behind(ctx: Context) -> None:
    left = count_behind(ctx)
    if left:
        st.caption(
            tn(
                "Søket henger litt etter en stor endring: {n} post gjenstår. Den er med om noen sekunder.",
                "Søket henger litt etter en stor endring: {n} poster gjenstår. De er med om noen sekunder.",
                left,
            )
        )
