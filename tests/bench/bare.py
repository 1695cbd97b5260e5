"""The plainest Streamlit page there is: what ours are measured against."""

import streamlit as st

st.session_state.n = st.session_state.get("n", 0) + 1
st.button("Ping", key="bench_ping")
with st.container(key="bench_marker"):
    st.text(f"bench:{st.session_state.n}")
