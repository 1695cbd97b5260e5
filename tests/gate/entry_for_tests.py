"""A screen with all that the gate must keep apart: a fragment that writes, an upload, a download, and who we are taken for."""

import gc
import json

import streamlit as st

from crm.users.commands import disable_user, set_shortcuts
from crm.users.queries import list_colleagues
from streamlit_config.shell import context, saying_errors

ctx = context()
st.text(f"signed in as {ctx.actor.name}")
st.text("frozen " + json.dumps(gc.get_freeze_count() > 0))
st.text("options " + json.dumps({name: st.get_option(name) for name in st.query_params.get_all("option")}))
st.file_uploader("Medlemsliste", key="upload")
st.download_button("Last ned", f"kun for {ctx.actor.name}".encode(), "eksport.csv", key="download")


@st.fragment
def part() -> None:
    ctx = context()
    if st.button("Skriv", key="write"):
        with saying_errors():
            set_shortcuts(ctx, single_letters=False)
            st.text("written")
    if st.button("Les", key="read"):
        with saying_errors():
            st.text("read " + ", ".join(colleague.name for colleague in list_colleagues(ctx)))


part()
if st.button("Steng ute", key="disable"):
    disable_user(ctx, int(st.query_params["user"]))
if st.button("Feil", key="fail"):
    raise ValueError("40 61 23 45 ringte")
