"""What a colleague does with mailing lists. Whoever has said no is put back by a new yes and by nothing else."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from crm.context import Context, changes
from crm.errors import InvalidForm, Refused
from crm.mailing.forms import ChangedMailingList, Consent, NewMailingList, PutOnList, Unsubscribed
from crm.mailing.members import recipients_of
from crm.mailing.rules import Recipients
from crm.mailing.steps import (
    PutResult,
    address_of,
    forget_refusal,
    give_consent,
    list_member,
    mailing_list,
    put_on,
    require_free_name,
)
from crm.names import sort_key
from crm.permissions import Permission
from db.models.lists import MailingList


def make_mailing_list(ctx: Context, new: NewMailingList) -> int:
    with ctx.write(Permission.KEEP_MEMBERS, changes_figures=False) as session:
        if new.token:
            already = session.scalar(select(MailingList.id).where(MailingList.token == new.token))
            if already is not None:
                return already
        require_free_name(session, new.name)
        made = MailingList(
            name=new.name,
            sort_key=sort_key(new.name),
            about=new.about,
            needs_consent=new.needs_consent,
            created_at=ctx.now,
            token=new.token,
        )
        session.add(made)
        ctx.record(session, "mailing_list.made", made, name=new.name, needs_consent=new.needs_consent)
        return made.id


def change_mailing_list(ctx: Context, list_id: int, changed: ChangedMailingList) -> None:
    with ctx.write(Permission.KEEP_MEMBERS, changes_figures=False) as session:
        subject = mailing_list(session, list_id, version=changed.version)
        require_free_name(session, changed.name, but=list_id)
        before = {"name": subject.name, "about": subject.about, "needs_consent": subject.needs_consent}
        subject.name, subject.sort_key = changed.name, sort_key(changed.name)
        subject.about, subject.needs_consent = changed.about, changed.needs_consent
        after = {"name": subject.name, "about": subject.about, "needs_consent": subject.needs_consent}
        ctx.record(session, "mailing_list.changed", subject, changed=changes(before, after))


def retire_mailing_list(ctx: Context, list_id: int, *, version: int) -> None:
    """Out of the choices. Its members are kept, and with them every no."""
    with ctx.write(Permission.KEEP_MEMBERS, changes_figures=False) as session:
        subject = mailing_list(session, list_id, version=version)
        subject.is_active = False
        ctx.record(session, "mailing_list.retired", subject)


def restore_mailing_list(ctx: Context, list_id: int, *, version: int) -> None:
    with ctx.write(Permission.KEEP_MEMBERS, changes_figures=False) as session:
        subject = mailing_list(session, list_id, version=version)
        subject.is_active = True
        ctx.record(session, "mailing_list.restored", subject)


def put_on_list(ctx: Context, list_id: int, put: PutOnList) -> PutResult:
    """From a choice of persons and organisations. Says how many came on, were there, or have said no and stay away."""
    with ctx.write(Permission.KEEP_MEMBERS, changes_figures=False) as session:
        subject = mailing_list(session, list_id)
        if put.consent is not None:
            _require_past(ctx, put.consent.given_on)
        result = put_on(
            session,
            list_id,
            person_ids=put.person_ids,
            organisation_ids=put.organisation_ids,
            consent=put.consent,
            now=ctx.now,
            today=ctx.today,
        )
        ctx.record(session, "mailing_list.put_on", subject, added=result.added, unsubscribed=result.unsubscribed)
        return result


def note_consent(ctx: Context, member_id: int, consent: Consent, *, version: int) -> None:
    """A yes that was given, or a better account of it. Not for those who have said no: see `subscribe_again`."""
    with ctx.write(Permission.KEEP_MEMBERS, changes_figures=False) as session:
        member = list_member(session, member_id, version=version)
        _require_past(ctx, consent.given_on)
        if member.unsubscribed_on is not None:
            raise Refused("has_unsubscribed")
        give_consent(member, consent)
        ctx.record(session, "mailing_list.consent_noted", ("mailing_lists", member.list_id), member=member.id)


def unsubscribe(ctx: Context, member_id: int, left: Unsubscribed) -> None:
    """For good. The address is remembered as one that said no, whichever card it stands on later."""
    with ctx.write(Permission.KEEP_MEMBERS, changes_figures=False) as session:
        member = list_member(session, member_id, version=left.version)
        _require_past(ctx, left.on, field="on")
        reach = address_of(session, member, on=ctx.today)
        member.unsubscribed_on, member.unsubscribed_source = left.on, left.source
        member.refused_key = reach.key if reach else None
        ctx.record(session, "mailing_list.unsubscribed", ("mailing_lists", member.list_id), member=member.id)


def subscribe_again(ctx: Context, member_id: int, consent: Consent, *, version: int) -> None:
    """Takes a yes that was given after the no."""
    with ctx.write(Permission.KEEP_MEMBERS, changes_figures=False) as session:
        member = list_member(session, member_id, version=version)
        _require_past(ctx, consent.given_on)
        if member.unsubscribed_on is not None and consent.given_on < member.unsubscribed_on:
            raise InvalidForm({"given_on": "consent_before_the_no"})
        give_consent(member, consent)
        if member.refused_key:
            forget_refusal(session, member.list_id, member.refused_key)
        member.unsubscribed_on, member.unsubscribed_source, member.refused_key = None, "", None
        ctx.record(session, "mailing_list.subscribed_again", ("mailing_lists", member.list_id), member=member.id)


def take_off_list(ctx: Context, member_id: int, *, version: int) -> None:
    """For who was put there by mistake. A no is never forgotten this way."""
    with ctx.write(Permission.KEEP_MEMBERS, changes_figures=False) as session:
        member = list_member(session, member_id, version=version)
        if member.unsubscribed_on is not None:
            raise Refused("a_no_is_kept")
        session.delete(member)
        ctx.record(session, "mailing_list.taken_off", ("mailing_lists", member.list_id), member=member_id)


def take_addresses(ctx: Context, list_id: int) -> Recipients:
    """The addresses, for the mail program. Taking them out of the house stands in the change log, without them."""
    with ctx.write(Permission.EXPORT, changes_figures=False) as session:
        subject = mailing_list(session, list_id)
        taken = recipients_of(session, subject, on=ctx.today)
        left_out = sum(taken.left_out.values())
        ctx.record(session, "export.made", subject, what="addresses", rows=len(taken.written_to), left_out=left_out)
        return taken


def _require_past(ctx: Context, day: date, *, field: str = "given_on") -> None:
    if day > ctx.today:
        raise InvalidForm({field: "said_in_the_future"})
