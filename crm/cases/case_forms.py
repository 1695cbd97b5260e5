"""What a colleague changes about a case that is there already."""

from __future__ import annotations

from pydantic import AwareDatetime

from crm.cases.forms import What
from crm.forms import Form
from db.models.cases import Channel


class ChangedCase(Form):
    """The text, topic, channel and moment as they should be. `version` is the one on the screen when typing began."""

    version: int
    what: What
    topic_id: int | None
    channel: Channel
    received_at: AwareDatetime


class TiedCaller(Form):
    """Who it turned out to be: a house, a person, or a person at a house."""

    version: int
    organisation_id: int | None = None
    person_id: int | None = None


class HandedOver(Form):
    version: int
    user_id: int
