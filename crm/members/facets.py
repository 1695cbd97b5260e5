"""What organisations offer to the search."""

from __future__ import annotations

from sqlalchemy import and_, func

from crm.records import stands_for_itself
from crm.searchable import Field, Line, Searchable
from crm.traces import Trace, Who
from db.models.attachments import Attachment
from db.models.merging import FormerNumber
from db.models.organisations import Organisation, OrganisationKind, OrganisationName
from db.models.people import ContactPoint
from db.models.tags import Tag, Tagging

NUMBER = 1
# The bodies of networks have a screen of their own, and offer themselves; nobody searches for the association itself.
SHOWN_ELSEWHERE = (OrganisationKind.NETWORK_BODY, OrganisationKind.OWN)

# A new one, which nobody was in touch with yet.
TRACES = (Trace(Who.ORGANISATION, Organisation.id),)

LINES = (
    Line(Field.NAME, Organisation.name, of=Organisation.id),
    Line(OrganisationName.kind, OrganisationName.name, of=OrganisationName.organisation_id),
    Line(Field.ORG_NUMBER, Organisation.org_number, of=Organisation.id),
    Line(Field.ORG_NUMBER, FormerNumber.org_number, of=FormerNumber.organisation_id),
    Line(Field.MUNICIPALITY, Organisation.municipality_number, of=Organisation.id),
    Line(
        ContactPoint.kind,
        func.coalesce(ContactPoint.normalised, ContactPoint.raw),
        of=ContactPoint.organisation_id,
    ),
    Line(Field.WEB, Organisation.website, of=Organisation.id),
    Line(Field.TAG, Tag.name, of=Tagging.organisation_id, via=Tagging.tag_id),
    Line(Field.FILE, Attachment.name, of=Attachment.organisation_id),
    Line(Field.NOTE, Organisation.note, of=Organisation.id),
)


def searchable() -> Searchable:
    """By every name it has or had, its numbers and addresses, the place, and our notes."""
    return Searchable(
        record="member",
        number=NUMBER,
        own=Organisation,
        at=Organisation.created_at,
        lines=LINES,
        where=and_(Organisation.kind.not_in(SHOWN_ELSEWHERE), stands_for_itself(Organisation)),
    )
