"""The mailing lists and the selections the staff have made for themselves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from crm.demo.stage import Stage, on_the_wall
from crm.demo.storytelling import Story
from crm.mailing.commands import make_mailing_list, put_on_list, unsubscribe
from crm.mailing.forms import Consent, NewMailingList, PutOnList, Unsubscribed
from crm.mailing.queries import list_members_of
from crm.mailing.words import ConsentHow
from crm.selections.columns import DEFAULT_COLUMNS
from crm.selections.commands import save_selection
from crm.selections.forms import NewSelection
from crm.selections.queries import selected_ids
from crm.selections.wanted import from_stored
from crm.selections.words import ListedKind

MADE_DAYS_AGO, LEFT_DAYS_AGO = 300, 20
MEMBERS = {"kind": ["house"], "membership": ["member"]}
SELECTIONS = (
    ("Medlemshus vi bør ringe", ListedKind.ORGANISATION, MEMBERS | {"quiet": ["90"]}),
    ("Ansatte i medlemshus i nord", ListedKind.PERSON, MEMBERS | {"county": ["18", "55", "56"]}),
)


def list_stories(stage: Stage) -> Iterator[Story]:
    yield _made(stage)
    yield _left(stage)


def _made(stage: Stage) -> Story:
    """Every second of those who work in the houses has signed up; of notices to members nobody has to say yes."""
    yield (at := on_the_wall(stage.today - timedelta(days=MADE_DAYS_AGO), 13))
    ctx = stage.as_("bjørn_ærlend", at)
    newsletter = make_mailing_list(ctx, NewMailingList(name="Nyhetsbrev", about="Den første torsdagen i måneden"))
    people = selected_ids(ctx, from_stored(ListedKind.PERSON, MEMBERS | {"reached_by": ["email"]}))
    yes = Consent(given_on=ctx.today - timedelta(days=5), how=ConsentHow.FORM, source="påmeldingen til landsmøtet")
    put_on_list(ctx, newsletter, PutOnList(person_ids=tuple(people[::2]), consent=yes))
    notices = NewMailingList(name="Innkallinger til medlemmene", about="Landsmøte og høringer", needs_consent=False)
    houses = selected_ids(ctx, from_stored(ListedKind.ORGANISATION, MEMBERS))
    put_on_list(ctx, make_mailing_list(ctx, notices), PutOnList(organisation_ids=tuple(houses)))
    for name, kind, stored in SELECTIONS:
        save_selection(ctx, NewSelection(name=name, wanted=from_stored(kind, stored), columns=DEFAULT_COLUMNS[kind]))


def _left(stage: Stage) -> Story:
    yield (at := on_the_wall(stage.today - timedelta(days=LEFT_DAYS_AGO), 10, 40))
    ctx = stage.as_("bjørn_ærlend", at)
    for one in list_members_of(ctx, 1).rows[:2]:
        unsubscribe(ctx, one.id, Unsubscribed(version=1, on=ctx.today, source="svarte på nyhetsbrevet"))
