"""What a colleague does with saved selections. They are everybody's: one that is changed is changed for all."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.context import Context, changes
from crm.errors import ChangedMeanwhile, InvalidForm, NotFound
from crm.mailing.rules import Recipients
from crm.names import search_key, sort_key
from crm.permissions import Permission
from crm.selections.columns import columns
from crm.selections.exporting import file_of, goes_out
from crm.selections.forms import ChangedSelection, Export, NewSelection
from db.models.lists import Selection

MOST_SELECTIONS = 500


def save_selection(ctx: Context, new: NewSelection) -> int:
    with ctx.write(Permission.KEEP_MEMBERS, changes_figures=False) as session:
        if new.token:
            already = session.scalar(select(Selection.id).where(Selection.token == new.token))
            if already is not None:
                return already
        columns(new.wanted.kind, new.columns)
        _require_free_name(session, new.name)
        saved = Selection(
            name=new.name,
            sort_key=sort_key(new.name),
            kind=new.wanted.kind,
            conditions=new.wanted.as_stored(),
            columns=list(new.columns),
            created_by=ctx.actor.user_id,
            created_at=ctx.now,
            token=new.token,
        )
        session.add(saved)
        ctx.record(session, "selection.saved", saved, name=new.name)
        return saved.id


def change_selection(ctx: Context, selection_id: int, changed: ChangedSelection) -> None:
    with ctx.write(Permission.KEEP_MEMBERS, changes_figures=False) as session:
        subject = _selection(session, selection_id, version=changed.version)
        columns(subject.kind, changed.columns)
        _require_free_name(session, changed.name, but=selection_id)
        fields = ("name", "conditions", "columns")
        before = {field: getattr(subject, field) for field in fields}
        subject.name, subject.sort_key = changed.name, sort_key(changed.name)
        subject.conditions, subject.columns = changed.wanted.as_stored(), list(changed.columns)
        after = {field: getattr(subject, field) for field in fields}
        ctx.record(session, "selection.changed", subject, changed=changes(before, after))


def delete_selection(ctx: Context, selection_id: int, *, version: int) -> None:
    """Only the filter goes; those it found are where they were."""
    with ctx.write(Permission.KEEP_MEMBERS, changes_figures=False) as session:
        subject = _selection(session, selection_id, version=version)
        name = subject.name
        session.delete(subject)
        ctx.record(session, "selection.deleted", ("selections", selection_id), name=name)


def export_selection(ctx: Context, export: Export) -> bytes:
    """The one way out for lists. The change log keeps what went out, by which filter and how many, and nobody's data.

    The file is made before the line is written: nobody waits to write while a workbook of 20,000 rows is put together.
    """
    with ctx.read(Permission.EXPORT) as session:
        going = goes_out(session, export, ctx.today)
        made = file_of(session, export, [one.id for one in going.written_to], ctx.today)
    _note_export(ctx, export, going)
    return made


def take_addresses(ctx: Context, export: Export) -> Recipients:
    """The e-mail addresses, for the mail program; in the change log like any other export."""
    with ctx.read(Permission.EXPORT) as session:
        going = goes_out(session, export, ctx.today)
    _note_export(ctx, export, going)
    return going


def _note_export(ctx: Context, export: Export, going: Recipients) -> None:
    with ctx.write(Permission.EXPORT, changes_figures=False) as session:
        ctx.record(
            session,
            "export.made",
            ("selections", export.selection_id or ""),
            what=export.format,
            purpose=export.purpose,
            of=export.wanted.kind,
            filter=export.wanted.as_stored(),
            columns=export.columns,
            rows=len(going.written_to),
            left_out=sum(going.left_out.values()),
        )


def _selection(session: Session, selection_id: int, *, version: int) -> Selection:
    found = session.get(Selection, selection_id)
    if found is None:
        raise NotFound(kind="selection", id=selection_id)
    if found.version != version:
        raise ChangedMeanwhile
    return found


def _require_free_name(session: Session, name: str, *, but: int | None = None) -> None:
    """Case and marks do not count."""
    taken = session.execute(select(Selection.id, Selection.name).limit(MOST_SELECTIONS))
    if any(search_key(row.name) == search_key(name) and row.id != but for row in taken):
        raise InvalidForm({"name": "selection_name_taken"})
