"""Tags as they are shown, and the field where they are put on and taken off."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from crm.context import Context
from crm.i18n import t
from crm.names import search_key
from crm.records import Record
from crm.tags.commands import change_tags
from crm.tags.forms import ChangedTags
from crm.tags.queries import TagOn, tags_in_use
from pages.parts import tags_reasons as tags_reasons
from pages.parts.plain import escaped
from streamlit_config.shell import saying_errors


def tag_badges(names: Iterable[str]) -> str:
    """Markdown."""
    return " ".join(f":gray-badge[{escaped(name)}]" for name in names)


def ask_tags(ctx: Context, record: Record, tags: Sequence[TagOn]) -> None:
    """Each choice is saved at once, as what was put on or taken off: a colleague's tag of the same minute stays."""
    place = f"tags-{record.kind}-{record.id}"
    drawn: tuple[TagOn, ...] = st.session_state.setdefault(place, tuple(tags))
    names = [tag.name for tag in drawn]
    others = [tag.name for tag in tags_in_use(ctx) if tag.name not in names]
    chosen = st.multiselect(
        t("Merkelapper"),
        [*names, *others],
        default=names,
        key=f"{place}-{'-'.join(str(tag.id) for tag in drawn)}",
        accept_new_options=True,
        placeholder=t("Velg, eller skriv en ny"),
        select_all=False,
    )
    with saying_errors():
        changed = _changed(drawn, chosen)
        if changed != ChangedTags():
            change_tags(ctx, record, changed)
        if changed != ChangedTags() or drawn != tuple(tags):
            del st.session_state[place]
            st.rerun()


def _changed(drawn: Sequence[TagOn], chosen: Sequence[str]) -> ChangedTags:
    """Typed in another way, a tag that is on is the same one."""
    were, are = ({search_key(name) for name in names} for names in ([tag.name for tag in drawn], chosen))
    put = tuple(name for name in chosen if search_key(name) not in were)
    return ChangedTags.checked(put=put, taken_off=tuple(tag.id for tag in drawn if search_key(tag.name) not in are))
