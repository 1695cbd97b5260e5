"""A Streamlit page with nothing of ours, and the kinds of widgets our screens use: what axe-core finds here is Streamlit's own."""

import streamlit as st

st.set_page_config(page_title="bare", layout="wide")


def first() -> None:
    st.title("Title", anchor=False)
    with st.sidebar.container(key="corner"):
        st.text("Name")
        st.segmented_control("Language", ["a", "b"], default="a", label_visibility="collapsed")
    show_text()
    show_fields()
    show_choices()
    show_folds()


def show_text() -> None:
    st.header("Header", anchor=False)
    st.subheader("Subheader", anchor=False)
    st.markdown("**bold** :gray[grey]")
    st.caption("Caption")
    st.text("Text", help="Help")
    for kind in (st.info, st.warning, st.success, st.error):
        kind("Said", icon=":material/info:")
    for colour in ("gray", "red", "orange", "green", "blue"):
        st.badge("Badge", color=colour)
    st.metric("Metric", "12", "3")
    st.code("code")
    st.table([{"Head": "a", "Number": 1}])
    st.plotly_chart({"data": [{"type": "bar", "x": ["a", "b"], "y": [1, 2]}], "layout": {}})


def show_fields() -> None:
    st.text_input("Text input", placeholder="Placeholder", live="300ms")
    st.text_area("Text area")
    st.number_input("Number input")
    st.date_input("Date input", value=None, format="DD.MM.YYYY")
    st.time_input("Time input", value=None)
    st.datetime_input("Datetime input", value=None, format="DD.MM.YYYY")
    st.file_uploader("File uploader")
    st.button("Button", type="primary", shortcut="B")
    st.button("Button", type="tertiary", icon=":material/arrow_back:", key="tertiary")
    st.link_button("Link button", "/")
    st.download_button("Download button", b"content")


def show_choices() -> None:
    st.selectbox("Selectbox", ["a", "b"], index=None)
    st.multiselect("Multiselect", ["a", "b"], default=["a"])
    st.radio("Radio", ["a", "b"], horizontal=True)
    st.checkbox("Checkbox")
    st.toggle("Toggle")
    st.pills("Pills", ["a", "b"])
    st.pills("Several pills", ["a", "b"], selection_mode="multi", default=["a"])
    st.segmented_control("Segmented control", ["a", "b"], default="a")
    st.pagination(3)


def show_folds() -> None:
    with st.expander("Expander", icon=":material/edit:", expanded=True):
        st.text("Inside")
    with st.form("form"):
        st.text_input("In a form")
        st.form_submit_button("Submit")
    left, right = st.columns(2)
    left.container(border=True).text("Left")
    right.text("Right")


st.navigation(
    {"Group": [st.Page(first, title="First"), st.Page(lambda: st.title("Second"), title="Second", url_path="second")]}
).run()
