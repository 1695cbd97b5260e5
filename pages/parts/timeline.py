"""Everything that happened with an organisation or a person, newest first; a row opens its record."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from crm.context import Context
from crm.i18n import local, shown_moment, t, tn
from crm.timeline.queries import Happening, Place, happened, last_contact
from pages.parts.address import follow_address, tell_address
from pages.parts.plain import escaped
from pages.parts.rows import row_label
from pages.parts.timeline_words import happened_words, record_words
from streamlit_config.navigation import go, record_id

_VISITS = "happening-visits"
RECORDS = ("case", "inquiry", "meeting")


def open_chosen_happening() -> None:
    """First on the page: a click costs no timeline. What was clicked stands in the session as `case:12`."""
    for whose in ("organisation", "person"):
        chosen = st.session_state.get(_key(whose, record_id()))
        if chosen is not None:
            st.session_state[_VISITS] = _visits() + 1
            record, _, number = str(chosen).partition(":")
            go(record, id=number.partition(":")[0])


def show_last_contact(ctx: Context, *, organisation_id: int | None = None, person_id: int | None = None) -> None:
    """When we last spoke, about what, and who of us it was."""
    last = last_contact(ctx, organisation_id=organisation_id, person_id=person_id)
    if last is None:
        st.caption(t("Vi har ikke vært i kontakt ennå."))
        return
    about = _beginning(last.title)
    facts = [happened_words(last.kind), f"«{about}»" if about else "", last.by or ""]
    said = " · ".join(fact for fact in facts if fact)
    st.caption(f"{t('Sist i kontakt')}: {escaped(_since(ctx, last))}  \n{escaped(said)}")


def show_timeline(ctx: Context, *, organisation_id: int | None = None, person_id: int | None = None) -> None:
    """Of one of the two. The kind chosen and the place reached stand in the address."""
    st.header(t("Hva som har skjedd"), anchor=False)
    show_last_contact(ctx, organisation_id=organisation_id, person_id=person_id)
    record = _ask_record()
    after = _asked_place()
    page = happened(ctx, organisation_id=organisation_id, person_id=person_id, record=record, after=after)
    if page.rows:
        key = _key("person", person_id) if person_id is not None else _key("organisation", organisation_id or 0)
        _show_rows(ctx, page.rows, key=key)
    else:
        st.text(_nothing_words(record, after))
    _turn_pages(after, page.following)


def _ask_record() -> str | None:
    """The word stands in the address, so that the link means the same in another language."""
    key = "timeline-record"
    follow_address("vis", key=key, read=lambda word: word if word in RECORDS else None)
    chosen = st.segmented_control(
        t("Vis bare"), RECORDS, format_func=record_words, key=key, label_visibility="collapsed"
    )
    if tell_address("vis", chosen or "", key=key):
        st.query_params.pop("eldre", None)
    return chosen


def _nothing_words(record: str | None, after: Place | None) -> str:
    if after is not None:
        return t("Ingenting eldre.")
    if record is not None:
        return t("Ingenting av dette slaget: {kind}.", kind=record_words(record))
    return t("Ingenting er registrert ennå.")


def _show_rows(ctx: Context, rows: list[Happening], *, key: str) -> None:
    labels = {f"{row.record}:{row.record_id}:{row.kind}:{row.at.isoformat()}": _label(ctx, row) for row in rows}
    with st.container(key="rows-happenings"):
        st.pills(
            t("Hva som har skjedd"),
            list(labels),
            format_func=labels.__getitem__,
            key=key,
            label_visibility="collapsed",
            width="stretch",
        )


def _turn_pages(after: Place | None, following: Place | None) -> None:
    with st.container(horizontal=True, key="timeline-pages"):
        if after is not None and st.button(t("Til det nyeste"), key="newest"):
            st.query_params.pop("eldre", None)
            st.rerun()
        if following and st.button(t("Vis eldre"), key="older"):
            st.query_params["eldre"] = f"{following.at.isoformat()}~{following.kind}~{following.record_id}"
            st.rerun()


def _label(ctx: Context, row: Happening) -> str:
    facts = [shown_moment(row.at, now=ctx.now), row.by or ""]
    return row_label(happened_words(row.kind), _beginning(row.title), facts, number=row.record_id)


def _beginning(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 140 else f"{line[:139].rstrip()}…"


def _since(ctx: Context, last: Happening) -> str:
    """`i går 16:20`, or how many days when that says more than a date."""
    days = (ctx.today - local(last.at).date()).days
    moment = shown_moment(last.at, now=ctx.now)
    if days < 2:
        return moment
    return tn("for {n} dag siden ({moment})", "for {n} dager siden ({moment})", days, moment=moment)


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


def _key(whose: str, number: int) -> str:
    return f"happenings-{whose}-{number}-{_visits()}"


def _visits() -> int:
    return int(st.session_state.get(_VISITS, 0))
