"""What colleagues did to a case, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import streamlit as st

from crm.cases.cards import CaseEvent
from crm.cases.queries import Channel
from crm.change_log.sentences import tag_changes
from crm.i18n import shown_moment, t
from pages.parts.cases_words import case_channel


def show_history(events: Sequence[CaseEvent]) -> None:
    """The latest first."""
    for event in events:
        st.text(event_sentence(event))


def event_sentence(event: CaseEvent) -> str:
    """`24.11.2026 13:40: Ingunn Ås lukket saken`."""
    who = event.by or t("kommandolinjen")
    return t("{moment}: {who} {did}", moment=shown_moment(event.at), who=who, did=_did(event))


def _did(event: CaseEvent) -> str:
    simple = {
        "case.opened": t("førte saken inn"),
        "case.message_added": t("førte en melding"),
        "case.answered_and_closed": t("svarte og lukket saken"),
        "case.waiting_started": t("satte saken på vent"),
        "case.waiting_ended": t("tok saken av vent"),
        "case.closed": t("lukket saken"),
        "case.reopened": t("gjenåpnet saken"),
        "attachment.added": t("la ved en fil"),
        "attachment.deleted": t("slettet et vedlegg"),
        "attachment.put_back": t("angret slettingen av et vedlegg"),
        "case.corrected": t("rettet hvem eller hva"),
    }
    if event.action in simple:
        return simple[event.action]
    if event.action == "tag.changed":
        return ", ".join(tag_changes(event.facts))
    changed = event.facts.get("changed")
    return _what_changed(changed if isinstance(changed, Mapping) else {}, event)


def _what_changed(changed: Mapping[str, Sequence[Any]], event: CaseEvent) -> str:
    said = [_change(field, *pair, by=event.by) for field, pair in changed.items()]
    if "what" in _fields(event):
        said.append(t("rettet teksten"))
    return ", ".join(part for part in said if part) or t("endret saken")


def _change(field: str, before: Any, after: Any, *, by: str) -> str:
    if field == "received_at":
        return t("endret mottatt fra {before} til {after}", before=_moment(before), after=_moment(after))
    if field == "channel":
        return t("endret kanal til {after}", after=case_channel(Channel(after)))
    if field == "topic_id":
        return t("endret tema fra {before} til {after}", before=before or t("ingen"), after=after or t("ingen"))
    if field == "responsible_id":
        return t("tok over saken") if after == by else t("ga saken til {after}", after=after)
    if field in {"organisation_id", "person_id"} and after:
        return t("knyttet saken til {after}", after=after)
    return ""


def _fields(event: CaseEvent) -> Sequence[str]:
    fields = event.facts.get("fields")
    return fields if isinstance(fields, list) else []


def _moment(written: str) -> str:
    return shown_moment(datetime.fromisoformat(written))
