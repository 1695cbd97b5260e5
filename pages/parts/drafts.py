"""Half-written calls: the token in the address, keeping what is typed, and the list on every capture screen."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any, NoReturn

import streamlit as st

from crm.context import Context
from crm.drafts.commands import keep_draft, throw_away_draft
from crm.drafts.queries import DraftKind, KeptDraft, is_token_free, list_drafts, read_draft
from crm.i18n import shown_moment, t, tn
from crm.permissions import Permission
from pages.parts.plain import escaped
from streamlit_config.navigation import go
from streamlit_config.shell import saying_errors

PARAMETER = "utkast"
OPEN_FORM = "open-form"
REMEMBERED = (
    "draft",
    "kept",
    "shown",
    "shown-askers",
    "held",
    "pending",
)  # beside the fields, each with the form's token
SCREEN = {DraftKind.CASE: "new_case", DraftKind.INQUIRY: "new_inquiry"}
LONGEST_SCRAP = 70


def new_token() -> str:
    return secrets.token_urlsafe(24)


def draft_token(ctx: Context) -> str:
    """The form's token: the one in the address, or a new one that goes there.

    An address can be old (the Back button) or another's: a token under which something was saved already is not used again.
    """
    token = st.query_params.get(PARAMETER, "")
    if not token or len(token) > 43 or not is_token_free(ctx, token):
        return fresh_token()
    return token


def fresh_token() -> str:
    """For an empty form; it stands in the address from now on."""
    token = new_token()
    st.query_params[PARAMETER] = token
    return token


def forget_form(token: str) -> None:
    """What the session remembers of a form that was saved. Streamlit copies all of it for each field it draws."""
    st.session_state.pop(OPEN_FORM, None)
    for name in REMEMBERED:
        st.session_state.pop(f"{name}-{token}", None)


def opened_draft(ctx: Context, token: str, *, first_field: str) -> KeptDraft | None:
    """The draft as it was when this form was drawn: what the fields begin with.

    `first_field` is the key of the form's first field. Streamlit forgets a field that was not drawn, so while it is known the
    fields speak for themselves, and when it is not (a new form, another screen in between, a restart) the row is read again.
    """
    remembered = f"draft-{token}"
    if remembered not in st.session_state or first_field not in st.session_state:
        draft = read_draft(ctx, token)
        st.session_state[remembered] = draft
        st.session_state[f"kept-{token}"] = dict(draft.fields) if draft else None
    found: KeptDraft | None = st.session_state[remembered]
    return found


def keep(ctx: Context, token: str, kind: DraftKind, fields: Mapping[str, Any], *, is_empty: bool) -> None:
    """Writes when something changed since the last run; `opened_draft` has said what was there.

    A form emptied again leaves no draft behind. When another tab with the same address has saved, what was typed here goes on
    under a token of its own.
    """
    last = st.session_state.get(f"kept-{token}")
    if fields == last or (is_empty and last is None):
        return
    with saying_errors():
        if not _written(ctx, token, kind, fields, is_empty=is_empty):
            move_on(ctx, kind, fields)


def note_open_form(token: str, kind: DraftKind, keys: Mapping[str, str]) -> None:
    """Which form this session has open, and under which keys its texts stand: for `keep_what_was_left`."""
    st.session_state[OPEN_FORM] = {"token": token, "kind": kind, "keys": dict(keys)}


def keep_what_was_left(ctx: Context) -> None:
    """At the start of each whole run. Who clicks on another screen straight from a field sends text and click in one breath;
    the form is not drawn in that run, so its text would be forgotten. Here it is still known.
    """
    form = st.session_state.pop(OPEN_FORM, None)  # a form that is drawn notes itself again
    if form is None or not ctx.may(Permission.LOG_CASES):
        return
    texts = {field: st.session_state[key] for field, key in form["keys"].items() if key in st.session_state}
    kept = st.session_state.get(f"kept-{form['token']}") or {}
    if all((kept.get(field) or "") == (text or "") for field, text in texts.items()):
        return
    fields = {
        field: value for field, value in kept.items() if field != "choice" or kept.get("who") == texts.get("who")
    } | texts
    with saying_errors():
        if not _written(ctx, form["token"], form["kind"], fields, is_empty=not any(texts.values())):
            keep_draft(ctx, new_token(), kind=form["kind"], fields=fields)


def _written(ctx: Context, token: str, kind: DraftKind, fields: Mapping[str, Any], *, is_empty: bool) -> bool:
    """False when something was saved under the token meanwhile."""
    if is_empty:
        throw_away_draft(ctx, token)
    elif not keep_draft(ctx, token, kind=kind, fields=fields):
        return False
    st.session_state[f"kept-{token}"] = None if is_empty else dict(fields)
    return True


def show_drafts(ctx: Context, *, but: str) -> None:
    """The others of one's own, newest first: who, what, when, open or throw away."""
    _offer_to_undo(ctx)
    drafts = [draft for draft in list_drafts(ctx) if draft.token != but]
    if not drafts:
        return
    st.header(tn("{n} halvskrevet henvendelse", "{n} halvskrevne henvendelser", len(drafts)), anchor=False)
    for draft in drafts:
        _show(ctx, draft)


def _show(ctx: Context, draft: KeptDraft) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"draft-row-{draft.token}"):
        with st.container(width="stretch", gap=None):
            st.markdown(f"**{escaped(_who(draft))}**")
            st.text(_scrap(draft))
            st.caption(_when(ctx, draft))
        if st.button(t("Fortsett"), key=f"open-draft-{draft.token}"):
            go(SCREEN[draft.kind], **{PARAMETER: draft.token})
        if st.button(t("Kast"), key=f"throw-draft-{draft.token}", type="tertiary"):
            with saying_errors():
                throw_away_draft(ctx, draft.token)
                st.session_state["thrown-draft"] = draft
            st.rerun()


def _offer_to_undo(ctx: Context) -> None:
    thrown: KeptDraft | None = st.session_state.get("thrown-draft")
    if thrown is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="thrown-draft-row"):
        st.text(t("Utkastet er kastet."))
        if st.button(t("Angre"), key=f"bring-back-{thrown.token}"):
            with saying_errors():
                keep_draft(ctx, thrown.token, kind=thrown.kind, fields=thrown.fields, began_at=thrown.created_at)
                del st.session_state["thrown-draft"]
            st.rerun()


def move_on(ctx: Context, kind: DraftKind, fields: Mapping[str, Any]) -> NoReturn:
    """The same text in the same form, under a new token."""
    st.session_state.pop(OPEN_FORM, None)
    token = new_token()
    keep_draft(ctx, token, kind=kind, fields=fields)
    go(SCREEN[kind], **{PARAMETER: token})


def _who(draft: KeptDraft) -> str:
    return str(draft.fields.get("who") or "").strip() or t("Ukjent innringer")


def _scrap(draft: KeptDraft) -> str:
    text = " ".join(str(draft.fields.get("what") or "").split())
    return text if len(text) <= LONGEST_SCRAP else text[:LONGEST_SCRAP].rstrip() + "…"


def _when(ctx: Context, draft: KeptDraft) -> str:
    kind = t("Mediehenvendelse") if draft.kind is DraftKind.INQUIRY else t("Henvendelse")
    return t("{kind}, begynt {moment}", kind=kind, moment=shown_moment(draft.created_at, now=ctx.now))
