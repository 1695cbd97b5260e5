"""Those we try to persuade: a committee whose members change, a ministry, and a municipality that owns a house.

Also a journalist who becomes an adviser, an outlet that changes its name, and people who do not want to be rung or written to.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from crm.cases.queries import list_topic_choices
from crm.context import Context
from crm.demo.cast import House, Numbers
from crm.demo.stage import Stage, data
from crm.demo.storytelling import Story
from crm.i18n import local
from crm.members.commands import add_organisation, rename_organisation
from crm.members.forms import ChangedKinship, NewName, NewOrganisation
from crm.members.organisation_commands import tie_organisation
from crm.members.organisation_queries import find_organisations
from crm.members.queries import member_card
from crm.people.commands import add_contact_point, add_person, add_post, move_to_new_post, stop_contact
from crm.people.forms import MovedOn, NewContactPoint, NewPerson, NewPost, NoContact
from crm.people.person_queries import person_card, persons_at
from db.models.organisations import OrganisationKind
from db.models.people import ContactChannel, ContactKind, LegalBasis, PostKind

KEEPER = "ingunn"
A_DAY = timedelta(days=1)


def civic_stories(stage: Stage, cast: list[House], numbers: Numbers) -> Iterator[Story]:
    days = (stage.now - stage.begins).days
    yield entering(stage, numbers)
    yield changing_committee(stage, days * 3 // 4)
    yield becoming_adviser(stage, numbers, days // 2)
    yield asking_not_to_be_reached(stage, cast)


def entering(stage: Stage, numbers: Numbers) -> Story:
    yield (at := stage.begins + timedelta(hours=5))
    ctx, words = stage.as_(KEEPER, at), data("civic")
    since = date(local(at).year - 1, 10, 1)
    committee, ministry, municipality = (
        _authority(ctx, words[name]) for name in ("committee", "ministry", "municipality")
    )
    _authority(ctx, words["other_committee"])
    department = _authority(ctx, words["department"])
    _tie(ctx, department, parent_id=ministry)
    _tie(ctx, municipality, governs_number=words["governs"])
    topics = [topic.id for topic in list_topic_choices(ctx) if topic.name.startswith(tuple(words["topics"]))]
    _tie(ctx, committee, topic_ids=topics)
    for line in words["members"]:
        _elect(ctx, committee, line, since=since, source=words["source"])
    for line in words["elected"]:
        _elect(ctx, municipality, line, since=since, source=words["local_source"])
    for line in words["officials"]:
        name, title = line.split(" | ")
        person = add_person(ctx, NewPerson(name=name, languages=("nb", "en")))
        add_post(ctx, NewPost(person_id=person, organisation_id=department, title=title, since=since))
        add_contact_point(ctx, NewContactPoint(kind=ContactKind.PHONE, raw=numbers.mobile(), person_id=person))


def changing_committee(stage: Stage, days: int) -> Story:
    """The first member goes to another committee, and a deputy meets for the rest of the season."""
    yield (at := stage.working(stage.begins + timedelta(days=days), 90))
    ctx, words, today = stage.as_(KEEPER, at), data("civic"), local(at).date()
    committee, other = _found(ctx, words["committee"]), _found(ctx, words["other_committee"])
    name, title, party = words["members"][0].split(" | ")
    signe = next(held for held in persons_at(ctx, committee, on=today) if held.name == name)
    moved = MovedOn(
        version=1,
        last_day=today - A_DAY,
        since=today,
        organisation_id=other,
        title=title,
        kind=PostKind.ELECTED,
        legal_basis=LegalBasis.LEGITIMATE_INTEREST,
        party=party,
        party_source=words["source"],
    )
    move_to_new_post(ctx, signe.post_id, moved)
    _elect(ctx, committee, words["deputy"], since=today, source=words["source"], until=today + timedelta(days=240))


def becoming_adviser(stage: Stage, numbers: Numbers, days: int) -> Story:
    """Her outlet changes its name later on: the post there and the name it had stay as they were."""
    mobile = numbers.mobile()
    yield (at := stage.begins + timedelta(hours=6))
    ctx, words = stage.as_(KEEPER, at), data("civic")
    outlet = add_organisation(ctx, NewOrganisation(kind=OrganisationKind.OUTLET, name=words["outlet"]))
    person = add_person(ctx, NewPerson(name=words["journalist"], note="Kan feltet godt."))
    typed = {"title": "kulturjournalist", "kind": PostKind.JOURNALIST, "since": date(local(at).year - 4, 8, 1)}
    post = add_post(ctx, NewPost.checked(person_id=person, organisation_id=outlet, **typed))
    add_contact_point(ctx, NewContactPoint(kind=ContactKind.PHONE, raw=mobile, label="mobil", person_id=person))
    yield (at := stage.working(at + timedelta(days=days), 45))
    ctx, today = stage.as_(KEEPER, at), local(at).date()
    moved = MovedOn(
        version=1,
        last_day=today - A_DAY,
        since=today,
        organisation_id=_found(ctx, words["ministry"]),
        title="rådgiver",
        kind=PostKind.ADVISER,
        legal_basis=LegalBasis.LEGITIMATE_INTEREST,
        old_contacts=tuple(contact.id for contact in person_card(ctx, person).contacts),
    )
    move_to_new_post(ctx, post, moved)
    add_contact_point(ctx, NewContactPoint(kind=ContactKind.PHONE, raw=numbers.mobile(), person_id=person))
    yield (at := stage.working(at, 2000))
    ctx = stage.as_(KEEPER, at)
    new = NewName(name=words["outlet_later"], since=local(at).date(), version=member_card(ctx, outlet).version)
    rename_organisation(ctx, outlet, new)


def asking_not_to_be_reached(stage: Stage, cast: list[House]) -> Story:
    """Somebody at each of the first houses, one channel each."""
    yield (at := stage.working(stage.begins + timedelta(days=40), 120))
    ctx = stage.as_(KEEPER, at)
    for house, channel in zip((house for house in cast if house.contacts and house.id), ContactChannel, strict=False):
        wish = NoContact(channel=channel, since=local(at).date(), reason=data("civic")["wish"])
        stop_contact(ctx, house.contacts[-1].id, wish)


def _authority(ctx: Context, name: str) -> int:
    return add_organisation(ctx, NewOrganisation(kind=OrganisationKind.AUTHORITY, name=name))


def _tie(ctx: Context, organisation_id: int, **ties: object) -> None:
    version = member_card(ctx, organisation_id).version
    tie_organisation(ctx, organisation_id, ChangedKinship.checked(version=version, **ties))


def _found(ctx: Context, name: str) -> int:
    return find_organisations(ctx, name, kinds=[OrganisationKind.AUTHORITY])[0].id


def _elect(
    ctx: Context, organisation_id: int, line: str, *, since: date, source: str, until: date | None = None
) -> None:
    name, title, party = line.split(" | ")
    person = add_person(ctx, NewPerson(name=name))
    new = NewPost(
        person_id=person,
        organisation_id=organisation_id,
        title=title,
        kind=PostKind.ELECTED,
        since=since,
        until=until,
        party=party,
        party_source=source,
    )
    add_post(ctx, new)
