"""The tags there are, and how much each is used: rename one, make two into one, clear out what is on nothing."""

from __future__ import annotations

import streamlit as st

from crm.context import Context
from crm.i18n import t, tn
from crm.records import Kind
from crm.tags.commands import merge_tags, remove_tag, rename_tag
from crm.tags.forms import LONGEST_NAME, TagName
from crm.tags.queries import TagRow, list_tags
from pages.parts import tags_reasons as tags_reasons
from pages.parts.plain import escaped
from streamlit_config.shell import context, saying_errors

ctx = context()


def heading(tag: TagRow) -> str:
    uses = [_uses(kind, n) for kind, n in tag.uses.items()] or [t("ikke i bruk")]
    return f"{escaped(tag.name)} · {', '.join(uses)}"


def _uses(kind: Kind, n: int) -> str:
    return {
        Kind.ORGANISATION: lambda: tn("{n} organisasjon", "{n} organisasjoner", n),
        Kind.PERSON: lambda: tn("{n} person", "{n} personer", n),
        Kind.CASE: lambda: tn("{n} sak", "{n} saker", n),
        Kind.INQUIRY: lambda: tn("{n} mediehenvendelse", "{n} mediehenvendelser", n),
        Kind.MEETING: lambda: tn("{n} møte", "{n} møter", n),
    }[kind]()


def ask_about(ctx: Context, tag: TagRow, others: dict[int, str]) -> None:
    key = f"{tag.id}-{tag.version}"
    name = st.text_input(t("Navn"), value=tag.name, key=f"name-{key}", max_chars=LONGEST_NAME)
    with saying_errors():
        if st.button(t("Lagre navnet"), key=f"rename-{key}"):
            rename_tag(ctx, tag.id, TagName.checked(name=name or ""), version=tag.version)
            st.rerun()
        if not tag.uses and st.button(t("Slett merkelappen"), key=f"remove-{key}"):
            remove_tag(ctx, tag.id, version=tag.version)
            st.rerun()
        into = st.selectbox(
            t("Slå sammen med"), list(others), index=None, format_func=others.__getitem__, key=f"into-{key}"
        )
        if into is not None and st.button(
            t("Slå «{one}» sammen med «{other}»", one=escaped(tag.name), other=escaped(others[into])),
            key=f"merge-{key}-{into}",
        ):
            merge_tags(ctx, tag.id, into, version=tag.version)
            st.rerun()


st.title(t("Merkelapper"))
st.caption(t("Settes på hus, personer, saker, mediehenvendelser og møter, hver på sin side. Her holdes de i orden."))
with saying_errors():
    tags = list_tags(ctx)
    if not tags:
        st.info(t("Ingen merkelapper ennå. Åpne en sak eller et hus, og skriv en under «Merkelapper»."))
    for tag in tags:
        with st.expander(heading(tag), key=f"tag-{tag.id}"):
            ask_about(ctx, tag, {other.id: other.name for other in tags if other.id != tag.id})
