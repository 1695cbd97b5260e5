"""Some of a selection's rows, with what their columns ask for asked once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from crm.i18n import local
from crm.people.reach import Reach, declining, first_in_use, in_portions
from crm.people.rules import held_on
from crm.records import column_of
from crm.selections.of_itself import RECORD_KINDS
from crm.selections.wanted import Wanted, of_its_post
from crm.timeline.last_contacts import last_heard_from
from db.models.cases import Topic
from db.models.lists import ListedKind
from db.models.organisations import Membership, Organisation, OrganisationTopic
from db.models.people import ContactChannel, ContactKind, ContactPoint, DoNotContact, Person, Post
from db.models.tags import Tag, Tagging
from db.wording import unindexed

CHANNEL_OF = {
    ContactKind.EMAIL: ContactChannel.EMAIL,
    ContactKind.PHONE: ContactChannel.PHONE,
    ContactKind.ADDRESS: ContactChannel.LETTER,
}


class Portion:
    """`ids` are of the selection's kind, at most `crm.people.reach.IDS_AT_A_TIME` of them."""

    def __init__(self, session: Session, wanted: Wanted, ids: Sequence[int], today: date) -> None:
        self.session, self.wanted, self.ids, self.today = session, wanted, ids, today
        self.on = wanted.on or today
        self.is_of_persons = wanted.kind is ListedKind.PERSON

    @cached_property
    def organisations(self) -> dict[int, Organisation]:
        """Of organisations themselves, or where the persons hold their posts; by the row's id."""
        wanted = {row: post.organisation_id for row, post in self.posts.items()} if self.is_of_persons else None
        ids = set(wanted.values()) if wanted is not None else self.ids
        found = {one.id: one for one in self.session.scalars(select(Organisation).where(Organisation.id.in_(ids)))}
        return {row: found[place] for row, place in wanted.items()} if wanted is not None else found

    @cached_property
    def persons(self) -> dict[int, Person]:
        return {one.id: one for one in self.session.scalars(select(Person).where(Person.id.in_(self.ids)))}

    @cached_property
    def posts(self) -> dict[int, Post]:
        """The newest post of each person that the selection is about, else the newest they hold."""
        held = select(Post).where(Post.person_id.in_(self.ids), held_on(self.on)).order_by(Post.id)
        posts = self.session.scalars(held).all()
        asked_for = self._asked_for([post.id for post in posts])
        return {post.person_id: post for post in sorted(posts, key=lambda post: (post.id in asked_for, post.id))}

    @cached_property
    def member_since(self) -> dict[int, date | None]:
        query = select(Membership.organisation_id, Membership.since).where(Membership.organisation_id.in_(self.ids))
        rows = self.session.execute(query.where(Membership.since <= self.on).order_by(Membership.since))
        return {row.organisation_id: row.since for row in rows}

    @property
    def last_contact(self) -> dict[int, date]:
        found = last_heard_from(self.session, self.ids, self.on)
        return {row: local(at).date() for row, at in found.items()}

    def reached(self, kind: ContactKind) -> dict[int, Reach]:
        """Not those who have asked us to leave that way alone."""
        declining = self.declining(CHANNEL_OF[kind])
        return {row: reach for row, reach in self.known(kind).items() if row not in declining}

    def known(self, kind: ContactKind) -> dict[int, Reach]:
        owner = ContactPoint.person_id if self.is_of_persons else ContactPoint.organisation_id
        return first_in_use(self.session, kind, owner, self.ids, on=self.today)

    def declining(self, channel: ContactChannel) -> set[int]:
        return declining(self.session, channel, self.ids) if self.is_of_persons else set()

    def tags(self) -> dict[int, str]:
        column: InstrumentedAttribute[Any] = column_of(Tagging, RECORD_KINDS[self.wanted.kind])
        query = select(column, Tag.name).join(Tag, Tag.id == Tagging.tag_id).order_by(Tag.sort_key)
        return self._joined(query.where(column.in_(self.ids)))

    def topics(self) -> dict[int, str]:
        column = OrganisationTopic.organisation_id
        query = select(column, Topic.name).join(Topic, Topic.id == OrganisationTopic.topic_id).order_by(Topic.sort_key)
        return self._joined(query.where(column.in_(self.ids)))

    def declined(self) -> Mapping[int, list[ContactChannel]]:
        query = select(DoNotContact.person_id, DoNotContact.channel).where(DoNotContact.person_id.in_(self.ids))
        found: dict[int, list[ContactChannel]] = {}
        for row in self.session.execute(query.order_by(DoNotContact.id)):
            found.setdefault(row.person_id, []).append(row.channel)
        return found

    def _asked_for(self, post_ids: Sequence[int]) -> set[int]:
        """Which of these posts the selection is about. By their ids, or SQLite would begin with all the houses there are."""
        asked = of_its_post(self.wanted, self.today)
        if not asked:
            return set()
        posts = select(Post.id).join(Organisation, Organisation.id == unindexed(Post.organisation_id))
        return {
            one
            for some in in_portions(post_ids)
            for one in self.session.scalars(posts.where(Post.id.in_(some), *asked))
        }

    def _joined(self, query: Select[Any, str]) -> dict[int, str]:
        found: dict[int, list[str]] = {}
        for row_id, name in self.session.execute(query):
            found.setdefault(row_id, []).append(name)
        return {row_id: ", ".join(names) for row_id, names in found.items()}
