"""Which bodies there are, how often they are expected to meet, and which of us have a seat."""

from __future__ import annotations

import tomllib
from datetime import date
from importlib.resources import files

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from crm.context import Context, changes
from crm.errors import InvalidForm, NotFound
from crm.networks.forms import BodyName, NewBody, Rhythm, Seat
from crm.networks.rules import require_unchanged
from crm.networks.steps import network_body, other_name, require_free_name, rhythm_row, set_name
from crm.permissions import Permission
from db.models.meetings import BodyRhythm, BodySeat
from db.models.organisations import NameKind, Organisation, OrganisationKind
from db.models.users import User


def adopt_bodies(ctx: Context) -> int:
    """The bodies the plan names, at first start; how many were added. Nothing where there is a body already."""
    with ctx.write(Permission.CHANGE_SETTINGS) as session:
        if session.scalar(select(exists().where(Organisation.kind == OrganisationKind.NETWORK_BODY))):
            return 0
        named = tomllib.loads((files("crm.networks") / "bodies.toml").read_text("utf-8"))["body"]
        for entry in named:
            new = NewBody.checked(
                name=entry["name"], rhythm={key: entry[key] for key in ("since", "cadence", "minimum")}
            )
            body = _added(ctx, session, new)
            session.add_all(other_name(body, name, NameKind.ALIAS) for name in entry["also_called"])
            ctx.record(session, "body.added", body, name=body.name, from_plan=True)
        return len(named)


def add_body(ctx: Context, new: NewBody) -> int:
    with ctx.write(Permission.CHANGE_SETTINGS) as session:
        body = _added(ctx, session, new)
        ctx.record(session, "body.added", body, name=body.name)
        return body.id


def rename_body(ctx: Context, body_id: int, form: BodyName, *, version: int) -> None:
    """The name it had still finds it."""
    with ctx.write(Permission.CHANGE_SETTINGS) as session:
        body = network_body(session, body_id)
        require_unchanged(body, version)
        if form.name == body.name:
            return
        require_free_name(session, form.name, but=body.id)
        before = body.name
        session.add(other_name(body, before, NameKind.FORMER))
        set_name(body, form.name)
        ctx.record(session, "body.renamed", body, name=body.name, changed={"name": [before, body.name]})


def set_rhythm(ctx: Context, body_id: int, form: Rhythm) -> None:
    """From that day on; what the days before were expected to give stays as it was."""
    with ctx.write(Permission.CHANGE_SETTINGS) as session:
        body = network_body(session, body_id)
        rhythm_row(session, body.id, form)
        facts = {"since": form.since, "cadence": form.cadence, "minimum": form.minimum}
        ctx.record(session, "body.rhythm_set", body, name=body.name, **facts)


def remove_rhythm(ctx: Context, rhythm_id: int) -> None:
    """The rhythm before it then goes on; without one, nothing is expected of the body."""
    with ctx.write(Permission.CHANGE_SETTINGS) as session:
        row = session.get(BodyRhythm, rhythm_id)
        if row is None:
            raise NotFound(kind="rhythm", id=rhythm_id)
        body = network_body(session, row.body_id)
        session.delete(row)
        facts = {"since": row.since, "cadence": row.cadence, "minimum": row.minimum}
        ctx.record(session, "body.rhythm_removed", body, name=body.name, **facts)


def give_seat(ctx: Context, body_id: int, form: Seat) -> int:
    with ctx.write(Permission.CHANGE_SETTINGS) as session:
        body = network_body(session, body_id)
        if session.get(User, form.user_id) is None:
            raise NotFound(kind="user", id=form.user_id)
        _require_free_seat(session, body.id, form)
        seat = BodySeat(body_id=body.id, user_id=form.user_id, role=form.role, since=form.since, until=form.until)
        session.add(seat)
        ctx.record(session, "body.seat_given", body, name=body.name, user=form.user_id, role=form.role)
        return seat.id


def change_seat(ctx: Context, seat_id: int, form: Seat, *, version: int) -> None:
    """Its role and its days. A seat passes to another colleague by ending it and giving a new one."""
    with ctx.write(Permission.CHANGE_SETTINGS) as session:
        seat = session.get(BodySeat, seat_id)
        if seat is None or seat.user_id != form.user_id:
            raise NotFound(kind="seat", id=seat_id)
        require_unchanged(seat, version)
        body = network_body(session, seat.body_id)
        _require_free_seat(session, body.id, form, but=seat.id)
        before = _seat_facts(seat)
        seat.role, seat.since, seat.until = form.role, form.since, form.until
        changed = changes(before, _seat_facts(seat))
        ctx.record(session, "body.seat_changed", body, name=body.name, user=seat.user_id, changed=changed)


def _added(ctx: Context, session: Session, new: NewBody) -> Organisation:
    require_free_name(session, new.name)
    body = Organisation(kind=OrganisationKind.NETWORK_BODY, created_at=ctx.now)
    set_name(body, new.name)
    session.add(body)
    session.flush()
    rhythm_row(session, body.id, new.rhythm)
    return body


def _require_free_seat(session: Session, body_id: int, form: Seat, *, but: int | None = None) -> None:
    """One colleague, one seat at a time: also the second of two clicks."""
    held = select(BodySeat).where(BodySeat.body_id == body_id, BodySeat.user_id == form.user_id).limit(100)
    for seat in session.scalars(held):
        begins_before_it_ends = (form.since or date.min) <= (seat.until or date.max)
        ends_after_it_begins = (form.until or date.max) >= (seat.since or date.min)
        if seat.id != but and begins_before_it_ends and ends_after_it_begins:
            raise InvalidForm({"user_id": "seat_taken"})


def _seat_facts(seat: BodySeat) -> dict[str, object]:
    return {"role": seat.role, "since": seat.since, "until": seat.until}
