"""The list of members: each row opens its house."""

from __future__ import annotations

from collections.abc import Sequence

from crm.context import Context
from crm.i18n import shown_date, t
from crm.members.places_before import municipality_on
from crm.members.words import OrganisationKind
from crm.records import Kind
from crm.tags.queries import tags_of_many
from crm.timeline.member_cards import MemberRow, MembershipPeriod
from crm.timeline.queries import Happening
from pages.parts.members_filter import Asked
from pages.parts.members_words import kind_words
from pages.parts.rows import row_label, show_rows
from pages.parts.tags import tag_badges
from pages.parts.timeline_words import happened_words


def show_members(ctx: Context, rows: Sequence[MemberRow], asked: Asked) -> None:
    tags = tags_of_many(ctx, Kind.ORGANISATION, [row.id for row in rows])
    show_rows(t("Medlemmer"), {row.id: _label(row, asked, tags.get(row.id, ())) for row in rows}, opens="member")


def _label(row: MemberRow, asked: Asked, tags: Sequence[str]) -> str:
    supplier = kind_words(row.kind) if row.kind != OrganisationKind.HOUSE else ""
    outside = "" if row.membership and row.membership.holds else f":gray-badge[{t('ikke medlem')}]"
    facts = [supplier, _membership(row.membership), _contact(row.contact)]
    badge = f"{outside} {tag_badges(tags)}".strip()
    return row_label(row.name, _place(row, asked), facts, number=row.id, badge=badge)


def _place(row: MemberRow, asked: Asked) -> str:
    """As it was on the day, when the counties of the day are shown."""
    place = municipality_on(row.municipality_number, asked.filter.on, asked.by)
    if place is None:
        return row.municipality_number or ""
    return place.name if place.name == place.county.name else f"{place.name}, {place.county.name}"


def _membership(period: MembershipPeriod | None) -> str:
    if period is None:
        return ""
    if not period.holds:
        return t("gikk ut {day}", day=shown_date(period.until)) if period.until else ""
    since = t("medlem siden {day}", day=shown_date(period.since)) if period.since else ""
    until = t("går ut {day}", day=shown_date(period.until)) if period.until else ""
    return ", ".join(filter(None, (since, until)))


def _contact(contact: Happening | None) -> str:
    if contact is None:
        return t("ingen kontakt ennå")
    text = " ".join(contact.title.split()) or happened_words(contact.kind)
    beginning = text if len(text) <= 80 else f"{text[:79].rstrip()}…"
    return t("sist {day}: {about}", day=shown_date(contact.at), about=beginning)
