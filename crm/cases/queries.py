"""What the capture screen asks: the topics to choose among, and the case just saved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from crm.cases.steps import case_row
from crm.context import Context
from crm.errors import NotFound
from crm.permissions import Permission
from db.models.cases import Channel, SupportCase, TimeQuality, Topic

__all__ = ["Channel", "SavedCase", "TimeQuality", "TopicChoice", "list_topic_choices", "saved_case"]


@dataclass(frozen=True)
class TopicChoice:
    id: int
    name: str


@dataclass(frozen=True)
class SavedCase:
    """For the confirmation and its correction. `caller` is what was typed when nobody known was chosen."""

    id: int
    version: int
    organisation_id: int | None
    person_id: int | None
    caller: str
    what: str
    received_at: datetime
    received_quality: TimeQuality
    is_answered: bool
    created_at: datetime


def list_topic_choices(ctx: Context, limit: int = 200) -> list[TopicChoice]:
    """Those in use, in alphabetical order."""
    with ctx.read(Permission.SEE_RECORDS) as session:
        query = select(Topic.id, Topic.name).where(Topic.is_active).order_by(Topic.sort_key).limit(limit)
        return [TopicChoice(row.id, row.name) for row in session.execute(query)]


def saved_case(ctx: Context, case_id: int) -> SavedCase | None:
    """None when it was taken back meanwhile."""
    with ctx.read(Permission.SEE_RECORDS) as session:
        try:
            case = case_row(session, case_id)
        except NotFound:
            return None
        return _saved(case)


def _saved(case: SupportCase) -> SavedCase:
    return SavedCase(
        id=case.id,
        version=case.version,
        organisation_id=case.organisation_id,
        person_id=case.person_id,
        caller=case.caller,
        what=case.what,
        received_at=case.received_at,
        received_quality=case.received_quality,
        is_answered=case.closed_at is not None,
        created_at=case.created_at,
    )
