"""What a row would add to a person. Numbers and posts are added, empty fields filled in; what we have is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from crm.names import search_key
from crm.transfer.changes import Change, Field, unknown
from crm.transfer.rows import PersonRow, PostRow, Remark
from db.models.people import ContactChannel


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """What is known of a person. `posts` by the key of the organisation."""

    contacts: frozenset[tuple[str, str]] = frozenset()
    posts: dict[str, tuple[PostRow, ...]] = field(default_factory=dict)
    names: frozenset[str] = frozenset()  # their keys, the person's own among them
    note: str = ""
    languages: str = ""
    do_not_contact: frozenset[ContactChannel] = frozenset()


def changes_to_person(row: PersonRow, details: PersonDetails, house: str | None) -> tuple[list[Change], list[Remark]]:
    """What the row adds to somebody we know, or to a new person without any details; and what of ours is kept."""
    added = [Change(Field.PERSON_CONTACT, one.raw, one) for one in unknown(row.contacts, details.contacts)]
    added += _filled_in(row, details)
    kept: list[Remark] = []
    if house is not None:
        held = details.posts.get(house, ())
        same = _is_to_the_letter if row.stands_alone and row.post.kind is not None else _is_the_same
        if not any(same(row.post, post) for post in held):
            if held and not row.stands_alone and row.post.until is None and any(post.until is None for post in held):
                kept.append(Remark("kept_title", row.post.title))
            else:
                added.append(Change(Field.POST, row.post.title))
    return added, kept


def with_person_changes(
    details: PersonDetails, row: PersonRow, changes: list[Change], house: str | None
) -> PersonDetails:
    """The person as known to the rows of the same file that come after."""
    posts = details.posts
    if house is not None and any(change.field is Field.POST for change in changes):
        posts = posts | {house: (*posts.get(house, ()), row.post)}
    return replace(
        details,
        contacts=details.contacts | {change.contact.key for change in changes if change.contact},
        posts=posts,
        names=details.names | {search_key(name) for name in (row.name, *row.other_names)},
        note=details.note or row.note,
        languages=details.languages or row.languages,
        do_not_contact=details.do_not_contact | {wish.channel for wish in row.do_not_contact},
    )


def _filled_in(row: PersonRow, details: PersonDetails) -> Iterator[Change]:
    if row.note and not details.note:
        yield Change(Field.PERSON_NOTE, row.note)
    if row.languages and not details.languages:
        yield Change(Field.LANGUAGES, row.languages)
    for name in row.other_names:
        if search_key(name) not in details.names | {row.keys.search_key}:
            yield Change(Field.PERSON_NAME, name)
    for wish in row.do_not_contact:
        if wish.channel not in details.do_not_contact:
            yield Change(Field.DO_NOT_CONTACT, wish.channel.value)


def _is_the_same(row: PostRow, ours: PostRow) -> bool:
    """A row without kind, title or dates says nothing against the post we have."""
    if row.kind is not None and row.kind != ours.kind:
        return False
    same_title = not row.title or search_key(row.title) == search_key(ours.title)
    return same_title and row.until == ours.until and (row.since is None or row.since == ours.since)


def _is_to_the_letter(row: PostRow, ours: PostRow) -> bool:
    """In our own list an empty cell is one: the post is another than the one with a title."""
    return (row.kind, row.title, row.since, row.until) == (ours.kind, ours.title, ours.since, ours.until)
