"""What persons offer to the search."""

from __future__ import annotations

from sqlalchemy import func

from crm.records import stands_for_itself
from crm.searchable import Field, Line, Searchable
from crm.traces import Trace, Who
from db.models.attachments import Attachment
from db.models.organisations import Organisation
from db.models.people import ContactPoint, Person, PersonName, Post
from db.models.tags import Tag, Tagging

NUMBER = 2

# Where a person works when something happens, the house was in touch with us too.
TRACES = (Trace(Who.ORGANISATION, Post.organisation_id, (Post.person_id, Post.since, Post.until)),)


def searchable() -> Searchable:
    """By name, by what they are or were and where, by their numbers and addresses, the old ones too, and by our notes."""
    return Searchable(
        record="person",
        number=NUMBER,
        own=Person,
        at=Person.created_at,
        lines=(
            Line(Field.NAME, Person.name, of=Person.id),
            Line(Field.ALIAS, PersonName.name, of=PersonName.person_id),
            Line(Field.POST, Post.title, of=Post.person_id),
            Line(Field.HOUSE, Organisation.name, of=Post.person_id, via=Post.organisation_id),
            Line(
                ContactPoint.kind,
                func.coalesce(ContactPoint.normalised, ContactPoint.raw),
                of=ContactPoint.person_id,
            ),
            Line(Field.TAG, Tag.name, of=Tagging.person_id, via=Tagging.tag_id),
            Line(Field.FILE, Attachment.name, of=Attachment.person_id),
            Line(Field.NOTE, Person.note, of=Person.id),
        ),
        where=stands_for_itself(Person),
    )
