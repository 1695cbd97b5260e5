"""A file that is made when somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import streamlit as st


def offer_download(
    label: str,
    make: Callable[[], bytes],
    *,
    file_name: str,
    mime: str,
    key: str,
    icon: str | None = None,
    is_primary: bool = False,
) -> None:
    """Drawing the button costs no file. The press begins no run: Streamlit then throws away what is not yet sent, the file too."""
    look: Literal["primary", "secondary"] = "primary" if is_primary else "secondary"
    st.download_button(label, make, file_name=file_name, mime=mime, key=key, icon=icon, type=look, on_click="ignore")
