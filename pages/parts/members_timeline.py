"""Everything that happened with a house, newest first; a row opens its record."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from crm.context import Context
from crm.i18n import shown_moment, t
from crm.timeline.queries import Happening, Place, happened
from pages.parts.members_words import happened_words, record_words
from pages.parts.rows import row_label
from streamlit_config.navigation import go, record_id

_VISITS = "happening-visits"
RECORDS = ("case", "inquiry", "meeting")


def open_chosen_happening() -> None:
    """First on the page: a click costs no timeline. What was clicked stands in the session as `case:12`."""
    chosen = st.session_state.get(_key(record_id()))
    if chosen is not None:
        st.session_state[_VISITS] = _visits() + 1
        record, _, number = str(chosen).partition(":")
        go(record, id=number.partition(":")[0])


def show_timeline(ctx: Context, organisation_id: int) -> None:
    st.subheader(t("Hva som har skjedd"), anchor=False)
    names = {record_words(record): record for record in RECORDS}
    chosen = st.segmented_control(
        t("Vis bare"), list(names), key="vis", bind="query-params", label_visibility="collapsed", default=None
    )
    after = _asked_place()
    page = happened(ctx, organisation_id=organisation_id, record=names.get(chosen or ""), after=after)
    if page.rows:
        labels = {
            f"{row.record}:{row.record_id}:{row.kind}:{row.at.isoformat()}": _label(ctx, row) for row in page.rows
        }
        with st.container(key="rows-happenings"):
            st.pills(
                t("Hva som har skjedd"),
                list(labels),
                format_func=labels.__getitem__,
                key=_key(organisation_id),
                label_visibility="collapsed",
                width="stretch",
            )
    else:
        st.text(t("Ingenting er registrert ennå.") if after is None else t("Ingenting eldre."))
    with st.container(horizontal=True, key="timeline-pages"):
        if after is not None and st.button(t("Til det nyeste"), key="newest"):
            st.query_params.pop("eldre", None)
            st.rerun()
        if page.following and st.button(t("Vis eldre"), key="older"):
            st.query_params["eldre"] = (
                f"{page.following.at.isoformat()}~{page.following.kind}~{page.following.record_id}"
            )
            st.rerun()


def _label(ctx: Context, row: Happening) -> str:
    title = " ".join(row.title.split())
    short = title if len(title) <= 140 else f"{title[:139].rstrip()}…"
    return row_label(
        happened_words(row.kind), short, [shown_moment(row.at, now=ctx.now), row.by or ""], number=row.record_id
    )


def _asked_place() -> Place | None:
    """Addresses are edited by people: what is no place begins at the newest."""
    at, _, rest = st.query_params.get("eldre", "").partition("~")
    kind, _, number = rest.partition("~")
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return None
    if moment.tzinfo is None or not (number.isascii() and number.isdigit()) or len(number) > 18:
        return None
    return Place(moment, kind, int(number))


def _key(organisation_id: int) -> str:
    return f"happenings-{organisation_id}-{_visits()}"


def _visits() -> int:
    return int(st.session_state.get(_VISITS, 0))
