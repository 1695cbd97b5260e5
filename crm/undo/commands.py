"""Taking back."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from crm.context import Context
from crm.errors import NotFound, Refused
from crm.permissions import Permission
from crm.undo.naming import named
from crm.undo.replay import changed_since, hanging, play_back, steps_of
from crm.undo.rules import Standing, standing
from crm.undo.steps import forget_old
from db.models.undo import BatchKind, UndoBatch


def undo_batch(ctx: Context, batch_id: int) -> None:
    """Every row as it was before the import or the merge, only saved once more. All of it or nothing.

    Refused, with the `rows` that stand in the way, when somebody has changed one of them since or has tied something to one that
    would go; and when it was taken back already, or thirty days have passed.
    """
    with ctx.write(Permission.KEEP_MEMBERS) as session:
        batch = session.get(UndoBatch, batch_id, with_for_update=True)
        if batch is None:
            raise NotFound(kind="undo_batch", id=batch_id)
        match standing(batch.at, undone_at=batch.undone_at, forgotten_at=batch.forgotten_at, now=ctx.now):
            case Standing.UNDONE:
                raise Refused("undo_done_already")
            case Standing.TOO_LATE:
                raise Refused("undo_too_late")
        steps = steps_of(session, batch.id)
        if changed := changed_since(session, steps):
            raise Refused("undo_changed_since", rows=named(session, changed))
        if later := hanging(session, steps):
            raise Refused("undo_others_hang_on_it", rows=named(session, later))
        try:
            play_back(session, steps)
        except IntegrityError as error:  # a number given back to its owner, which somebody else has by now
            raise Refused("undo_name_taken") from error
        batch.undone_at, batch.undone_by_id = ctx.now, ctx.actor.user_id
        subject = (batch.subject_kind or batch.__tablename__, batch.subject_id or batch.id)
        ctx.record(
            session,
            "import.undone" if batch.kind is BatchKind.IMPORT else "merge.undone",
            subject,
            batch=batch.id,
            file=batch.facts.get("file"),
        )


def forget_old_batches(ctx: Context) -> int:
    """Throws away what can no longer be taken back. How many batches that were."""
    with ctx.write(Permission.KEEP_MEMBERS, changes_figures=False) as session:
        forgotten = forget_old(session, ctx.now)
        if forgotten:
            ctx.record(session, "undo.forgotten", ("undo_batches", ""), batches=forgotten)
        return forgotten
