"""What a colleague does with tags: puts them on and takes them off; and the administrator, who keeps them in order."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, delete, exists, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from crm.context import Context
from crm.errors import ChangedMeanwhile, InvalidForm, NotFound, Refused
from crm.names import search_key, sort_key
from crm.permissions import Permission
from crm.records import Kind, Record, column_of, columns_of, is_of, require_records, subject_of
from crm.tags.forms import ChangedTags, TagName
from db.models.of_record import COLUMNS
from db.models.tags import Tag, Tagging

MOST_AT_ONCE = 20_000
IDS_IN_A_QUESTION = 500


def change_tags(ctx: Context, record: Record, form: ChangedTags) -> None:
    """Words nobody has used become new tags. What is on already, or off already, stays so.

    Raises NotFound for a record that is gone, ChangedMeanwhile when a colleague made the same tag in the same moment.
    """
    try:
        with ctx.write(Permission.MARK_RECORDS) as session:
            require_records(session, record.kind, [record.id])
            put = [tag.name for tag in (_tag_named(session, name) for name in form.put) if _put(session, tag, record)]
            taken = _take_off(session, record, form.taken_off)
            if put or taken:
                ctx.record(session, "tag.changed", subject_of(record), put=put, taken_off=taken)
    except IntegrityError as error:
        raise ChangedMeanwhile from error


def tag_many(ctx: Context, kind: Kind, ids: Sequence[int], form: TagName) -> int:
    """One tag on many records of a kind; how many got it that had it not. Raises as `change_tags`."""
    try:
        with ctx.write(Permission.MARK_RECORDS) as session:
            tag = _tag_named(session, form.name)
            fresh = [new for some in _portions(ids) for new in _without(session, tag, kind, some)]
            if fresh:
                session.execute(insert(Tagging), [{"tag_id": tag.id, **columns_of(Record(kind, one))} for one in fresh])
                ctx.record(session, "tag.put_on_many", tag, name=tag.name, kind=kind, ids=fresh)
            return len(fresh)
    except IntegrityError as error:
        raise ChangedMeanwhile from error


def rename_tag(ctx: Context, tag_id: int, form: TagName, *, version: int) -> None:
    """Everywhere it is. Raises InvalidForm tag_name_taken: two tags become one by `merge_tags`."""
    with ctx.write(Permission.CHANGE_SETTINGS) as session:
        tag = _tag(session, tag_id, version=version)
        if tag.name == form.name:
            return
        other = session.scalar(select(Tag.id).where(Tag.search_key == search_key(form.name), Tag.id != tag_id))
        if other is not None:
            raise InvalidForm({"name": "tag_name_taken"})
        before = tag.name
        _name(tag, form.name)
        ctx.record(session, "tag.renamed", tag, name=tag.name, changed={"name": [before, tag.name]})


def merge_tags(ctx: Context, tag_id: int, into_id: int, *, version: int) -> None:
    """All that has the first gets the second, and the first is gone."""
    with ctx.write(Permission.CHANGE_SETTINGS) as session:
        tag, into = _tag(session, tag_id, version=version), session.get(Tag, into_id)
        if into is None or into.id == tag.id:
            raise NotFound(kind="tag", id=into_id)
        session.execute(delete(Tagging).where(Tagging.tag_id == tag.id, _also_has(into)))
        moved = session.execute(
            update(Tagging).where(Tagging.tag_id == tag.id).values(tag_id=into.id).returning(Tagging.id)
        )
        count = len(moved.all())
        name = tag.name
        session.delete(tag)
        ctx.record(session, "tag.merged", into, name=into.name, merged=name, moved=count)


def remove_tag(ctx: Context, tag_id: int, *, version: int) -> None:
    """One that is on nothing. Raises Refused tag_in_use."""
    with ctx.write(Permission.CHANGE_SETTINGS) as session:
        tag = _tag(session, tag_id, version=version)
        if session.scalar(select(exists().where(Tagging.tag_id == tag.id))):
            raise Refused("tag_in_use")
        name = tag.name
        session.delete(tag)
        ctx.record(session, "tag.removed", ("tags", tag_id), name=name)


def _tag_named(session: Session, name: str) -> Tag:
    """The one that is written so or much like it, or a new one."""
    tag = session.scalar(select(Tag).where(Tag.search_key == search_key(name)))
    if tag is None:
        tag = Tag()
        _name(tag, name)
        session.add(tag)
        session.flush()
    return tag


def _name(tag: Tag, name: str) -> None:
    tag.name, tag.search_key, tag.sort_key = name, search_key(name), sort_key(name)


def _tag(session: Session, tag_id: int, *, version: int) -> Tag:
    tag = session.get(Tag, tag_id)
    if tag is None:
        raise NotFound(kind="tag", id=tag_id)
    if tag.version != version:
        raise ChangedMeanwhile
    return tag


def _put(session: Session, tag: Tag, record: Record) -> bool:
    """False when it is on already."""
    if session.scalar(select(exists().where(Tagging.tag_id == tag.id, is_of(Tagging, record)))):
        return False
    session.add(Tagging(tag_id=tag.id, **columns_of(record)))
    session.flush()
    return True


def _take_off(session: Session, record: Record, tag_ids: Sequence[int]) -> list[str]:
    """The names of those that were on."""
    on_it = is_of(Tagging, record), Tagging.tag_id.in_(tag_ids)
    names = session.scalars(select(Tag.name).join(Tagging, Tagging.tag_id == Tag.id).where(*on_it)).all()
    session.execute(delete(Tagging).where(*on_it))
    return list(names)


def _portions(ids: Sequence[int]) -> list[list[int]]:
    """Each once, in portions a database takes as parameters."""
    different = list(dict.fromkeys(ids))
    if len(different) > MOST_AT_ONCE:
        raise Refused("too_many_at_once", most=MOST_AT_ONCE)
    return [different[start : start + IDS_IN_A_QUESTION] for start in range(0, len(different), IDS_IN_A_QUESTION)]


def _without(session: Session, tag: Tag, kind: Kind, ids: Sequence[int]) -> list[int]:
    require_records(session, kind, ids)
    column = column_of(Tagging, kind)
    have_it = set(session.scalars(select(column).where(Tagging.tag_id == tag.id, column.in_(ids))))
    return [one for one in ids if one not in have_it]


def _also_has(tag: Tag) -> ColumnElement[bool]:
    """The record of this row has that tag too."""
    return or_(
        *(
            getattr(Tagging, column).in_(
                select(getattr(Tagging, column)).where(Tagging.tag_id == tag.id, getattr(Tagging, column).is_not(None))
            )
            for column in COLUMNS
        )
    )
