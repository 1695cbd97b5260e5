"""Persons through the years: posts that follow each other, numbers that grow old, wishes that hold, and nothing inferred."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from stdnum.no import fodselsnummer

from crm.change_log.queries import Narrowed, list_entries
from crm.change_log.sentences import sentence
from crm.context import Context
from crm.errors import ChangedMeanwhile, InvalidForm, NotFound
from crm.media.commands import answer_inquiry, correct_inquiry, open_inquiry
from crm.media.forms import Answer, ChangedInquiry, NewInquiry
from crm.media.queries import (
    find_journalists,
    inquiry_card,
    journalists_of_outlet,
    list_inquiries,
    press_quarter,
)
from crm.media.selects import InquiryFilter, InquiryState
from crm.members.commands import add_house, add_organisation
from crm.members.forms import NewHouse, NewOrganisation
from crm.networks.commands import log_meeting
from crm.networks.forms import Mark, NewMeeting
from crm.networks.queries import list_meetings
from crm.networks.words import AttendanceStatus
from crm.people.commands import (
    add_contact_point,
    add_person,
    add_post,
    allow_contact,
    change_contact_point,
    change_no_contact,
    change_person,
    change_post,
    end_contact_point,
    move_to_new_post,
    remove_contact_point,
    remove_post,
    stop_contact,
    use_contact_point_again,
)
from crm.people.forms import (
    ChangedContactPoint,
    ChangedNoContact,
    ChangedPerson,
    ChangedPost,
    EndedContactPoint,
    MovedOn,
    NewContactPoint,
    NewPerson,
    NewPost,
    NoContact,
)
from crm.people.person_queries import Tense, list_persons, person_card, persons_at, persons_once_at
from crm.people.queries import find_callers
from crm.people.selects import PersonFilter, Standing
from crm.people.words import IN_OFFICE
from crm.periods import Quarter
from crm.search.queries import find_records
from crm.timeline.queries import happened
from db.models.cases import Channel, Medium, Outcome
from db.models.organisations import Organisation, OrganisationKind
from db.models.people import ContactChannel, ContactKind, LegalBasis, Person, Post, PostKind
from tests.conftest import ContextFor, oslo

pytestmark = pytest.mark.usefixtures("right_last_contacts")

TO_THE_MINISTRY = {
    "organisation": "Kulturdepartementet",
    "organisation_kind": OrganisationKind.AUTHORITY,
    "title": "Rådgiver",
    "kind": PostKind.ADVISER,
    "legal_basis": LegalBasis.LEGITIMATE_INTEREST,
}


def authority(ctx: Context, name: str, **details: object) -> int:
    return add_organisation(ctx, NewOrganisation.checked(kind=OrganisationKind.AUTHORITY, name=name, **details))


# -- S5: a journalist becomes an adviser in the ministry


@pytest.fixture
def torunns_inquiry(context_for: ContextFor) -> int:
    """S3: Friday 16:20, radio, for Saturday noon; Ingunn gives the interview on Saturday at 11:40."""
    asked = NewInquiry.checked(
        token="torunn-rang-fredag-ettermiddag",
        journalist="Torunn Bråten",
        outlet="Nordlyspressen",
        medium=Medium.RADIO,
        question="Kommentar til kommunale kutt?",
        channel=Channel.PHONE,
        contact="406 12 346",
        received_at=oslo("2026-11-27 16:20"),
        deadline_at=oslo("2026-11-28 12:00"),
    )
    inquiry = open_inquiry(context_for("bjørn_ærlend", "2026-11-27 16:25"), asked)
    answer = Answer(text="Intervju på direkten.", outcome=Outcome.INTERVIEW)
    answer_inquiry(context_for("ingunn", "2026-11-28 11:40"), inquiry, answer)
    return inquiry


def moved(ctx: Context, person: int, **typed: object) -> int:
    """Torunn stops on 31 December and begins on 4 January."""
    card = person_card(ctx, person)
    return move_to_new_post(
        ctx,
        card.posts[0].id,
        MovedOn.checked(
            version=card.posts[0].version,
            last_day=date(2026, 12, 31),
            since=date(2027, 1, 4),
            **(TO_THE_MINISTRY | typed),
        ),
    )


def test_s5_a_journalist_becomes_an_adviser_and_history_stays_put(
    context_for: ContextFor, torunns_inquiry: int
) -> None:
    december, january = context_for("ingunn", "2026-12-30 09:00"), context_for("ingunn", "2027-01-05 09:00")
    torunn = inquiry_card(december, torunns_inquiry).journalist_id or 0
    stop_contact(
        december, torunn, NoContact(channel=ContactChannel.EMAIL, since=date(2026, 12, 1), reason="Sa hun i desember.")
    )
    quarter, q4 = press_quarter(december, Quarter(2026, 4)), InquiryFilter(InquiryState.ALL, Quarter(2026, 4))
    listed = list_inquiries(december, q4).rows
    old_mobile = person_card(december, torunn).contacts[0]
    outlet = inquiry_card(december, torunns_inquiry).outlet_id or 0

    moved(december, torunn, old_contacts=(old_mobile.id,))
    add_contact_point(december, NewContactPoint(kind=ContactKind.PHONE, raw="406 12 347", person_id=torunn))

    card = person_card(january, torunn)
    assert [(post.title, post.organisation, post.kind, post.since, post.until, post.tense) for post in card.posts] == [
        ("Rådgiver", "Kulturdepartementet", PostKind.ADVISER, date(2027, 1, 4), None, Tense.NOW),
        ("", "Nordlyspressen", PostKind.JOURNALIST, date(2026, 11, 27), date(2026, 12, 31), Tense.PAST),
    ]
    assert [post.party for post in card.posts] == ["", ""]  # nothing is inferred of an owner or an outlet
    assert [(contact.shown, contact.is_old) for contact in card.contacts] == [
        ("40 61 23 47", False),
        ("40 61 23 46", True),
    ]
    assert [(wish.channel, wish.since) for wish in card.no_contact] == [(ContactChannel.EMAIL, date(2026, 12, 1))]

    # one person, at her new place, and not by the number that is old
    (hit,) = find_callers(january, "torunn bråten")
    assert (hit.person_id, hit.house, hit.phone) == (torunn, "Kulturdepartementet", "40 61 23 47")
    assert find_callers(january, "40 61 23 46") == []
    # no journalist any more: not by name, not at the old outlet; on her last day she still was
    for day, is_suggested in (("2026-12-31", True), ("2027-01-02", False), ("2027-01-05", False)):
        then = context_for("ingunn", f"{day} 12:00")
        assert ([hit.id for hit in find_journalists(then, "torunn")] == [torunn]) is is_suggested, day
        assert ([hit.id for hit in journalists_of_outlet(then, outlet)] == [torunn]) is is_suggested, day
    # the quarter's press report is the same when it is made again
    assert press_quarter(january, Quarter(2026, 4)) == quarter
    again = list_inquiries(january, q4).rows
    assert [(row.outlet, row.journalist, row.medium) for row in again] == [
        (row.outlet, row.journalist, row.medium) for row in listed
    ]
    assert (again[0].outlet, again[0].journalist) == ("Nordlyspressen", "Torunn Bråten")
    assert [row.kind for row in happened(january, organisation_id=outlet).rows][-1] == "inquiry_received"


def test_s5_the_old_inquiry_put_right_in_january_makes_her_no_journalist_again(
    context_for: ContextFor, torunns_inquiry: int
) -> None:
    december, january = context_for("ingunn", "2026-12-30 09:00"), context_for("ingunn", "2027-01-05 09:00")
    card = inquiry_card(december, torunns_inquiry)
    moved(december, card.journalist_id or 0)
    card = inquiry_card(january, torunns_inquiry)
    corrected = ChangedInquiry.checked(
        version=card.version,
        outlet_id=card.outlet_id,
        journalist_id=card.journalist_id,
        medium=Medium.RADIO,
        question="Kommentar til kuttene i kommunene?",
        channel=Channel.PHONE,
        received_at=oslo("2026-11-27 16:20"),
        deadline_at=oslo("2026-11-28 12:00"),
    )
    correct_inquiry(january, torunns_inquiry, corrected)
    assert [post.kind for post in person_card(january, card.journalist_id or 0).posts] == [
        PostKind.ADVISER,
        PostKind.JOURNALIST,
    ]


def test_s5_the_basis_is_chosen_anew(context_for: ContextFor, torunns_inquiry: int) -> None:
    december = context_for("ingunn", "2026-12-30 09:00")
    torunn = inquiry_card(december, torunns_inquiry).journalist_id or 0
    with pytest.raises(InvalidForm) as refused:
        moved(december, torunn, legal_basis=None)
    assert refused.value.problems == {"legal_basis": "basis_missing"}
    assert len(person_card(december, torunn).posts) == 1


def test_a_journalist_who_changes_outlet_is_suggested_at_the_new_one_alone(
    context_for: ContextFor, torunns_inquiry: int
) -> None:
    december, january = context_for("ingunn", "2026-12-30 09:00"), context_for("ingunn", "2027-01-05 09:00")
    torunn = inquiry_card(december, torunns_inquiry).journalist_id or 0
    paper = {"organisation": "Kulturmagasinet", "organisation_kind": OrganisationKind.OUTLET}
    moved(december, torunn, title="", kind=PostKind.JOURNALIST, **paper)
    (hit,) = find_journalists(january, "torunn")
    assert hit.outlet is not None
    assert hit.outlet.name == "Kulturmagasinet"


def test_a_number_of_somebody_else_is_not_marked_with_the_move(context_for: ContextFor, torunns_inquiry: int) -> None:
    december = context_for("ingunn", "2026-12-30 09:00")
    torunn = inquiry_card(december, torunns_inquiry).journalist_id or 0
    other = add_person(december, NewPerson(name="Åsmund Li"))
    theirs = add_contact_point(december, NewContactPoint(kind=ContactKind.PHONE, raw="406 12 348", person_id=other))
    with pytest.raises(NotFound):
        moved(december, torunn, old_contacts=(theirs,))
    assert len(person_card(december, torunn).posts) == 1
    with december.database.reading() as session:  # and the ministry was not made either
        assert session.scalar(select(func.count()).where(Organisation.name == "Kulturdepartementet")) == 0


# -- S6: a member of parliament changes committee, a deputy steps in


@pytest.fixture
def committee(ctx: Context) -> int:
    return authority(ctx, "Familie- og kulturkomiteen")


def test_s6_who_sits_in_the_committee_on_which_day(context_for: ContextFor, committee: int) -> None:
    autumn, january = context_for("ingunn", "2026-11-10 13:00"), context_for("ingunn", "2027-01-12 09:00")
    signe = add_person(autumn, NewPerson(name="Signe Vågå", note="Opptatt av scener i distriktene."))
    elected = {"kind": PostKind.ELECTED, "party": "X-partiet", "party_source": "Stortinget"}
    post = add_post(
        autumn,
        NewPost.checked(
            person_id=signe, organisation_id=committee, title="Medlem", since=date(2025, 10, 14), **elected
        ),
    )
    phone = add_contact_point(autumn, NewContactPoint(kind=ContactKind.PHONE, raw="406 12 349", person_id=signe))
    put_right = ChangedContactPoint(kind=ContactKind.PHONE, raw="406 12 350", label="rett fra Signe", version=1)
    change_contact_point(autumn, phone, put_right)
    meeting = NewMeeting(
        body_id=(body := add_organisation(autumn, NewOrganisation(kind=OrganisationKind.NETWORK_BODY, name="MIR"))),
        day=date(2026, 11, 10),
        starts=time(9),
        is_held=True,
        organiser_ids=(committee,),
        marks=(
            Mark(user_id=autumn.user_id, status=AttendanceStatus.ATTENDED),
            Mark(person_id=signe, status=AttendanceStatus.ATTENDED),
        ),
        token="møtet-med-komiteen-i-november",
    )
    log_meeting(autumn, meeting)

    move = MovedOn.checked(
        version=1,
        last_day=date(2027, 1, 11),
        since=date(2027, 1, 12),
        title="Medlem",
        organisation="Transportkomiteen",
        legal_basis=LegalBasis.LEGITIMATE_INTEREST,
        **elected,
    )
    move_to_new_post(january, post, move)
    odd = add_person(january, NewPerson(name="Odd Ærø"))
    meets = {"since": date(2027, 1, 12), "until": date(2027, 2, 28)}
    add_post(
        january, NewPost.checked(person_id=odd, organisation_id=committee, title="Vara, møter fast", **elected, **meets)
    )

    sitting = {
        day: [held.name for held in persons_at(january, committee, on=day)]
        for day in (
            date(2025, 10, 13),  # the day before she came
            date(2025, 10, 14),  # her first
            date(2027, 1, 11),  # her last
            date(2027, 1, 12),  # his first
            date(2027, 2, 28),  # his last
            date(2027, 3, 1),  # nobody any more
        )
    }
    assert list(sitting.values()) == [[], ["Signe Vågå"], ["Signe Vågå"], ["Odd Ærø"], ["Odd Ærø"], []]
    assert [held.name for held in persons_once_at(january, committee, before=date(2027, 1, 12))] == ["Signe Vågå"]
    # the meeting in November was one with the committee, and stays one
    assert [row.kind for row in happened(january, organisation_id=committee).rows] == ["body_meeting"]
    assert [line.attended for line in list_meetings(january, body)] == [("Ingunn Ås", "Signe Vågå")]
    # what was put right by hand, and what was noted, is as it was
    card = person_card(january, signe)
    assert (card.note, card.contacts[0].shown, card.contacts[0].is_old) == (
        "Opptatt av scener i distriktene.",
        "40 61 23 50",
        False,
    )
    assert [(post.organisation, post.party, post.party_source) for post in card.posts] == [
        ("Transportkomiteen", "X-partiet", "Stortinget"),
        ("Familie- og kulturkomiteen", "X-partiet", "Stortinget"),
    ]


# -- Nothing is inferred, and a party stands only where office makes it ours to know


@pytest.mark.parametrize("kind", PostKind)
def test_a_party_on_another_kind_of_post_is_refused_by_the_form_and_by_the_table(
    ctx: Context, committee: int, kind: PostKind
) -> None:
    signe = add_person(ctx, NewPerson(name="Signe Vågå"))
    typed = {"person_id": signe, "organisation_id": committee, "kind": kind, "party": "X-partiet"}
    row = Post(**typed, party_source="Stortinget", title="", since=None, until=None)
    if kind in IN_OFFICE:
        add_post(ctx, NewPost.checked(**typed, party_source="Stortinget"))
        with ctx.database.writing() as session:
            session.add(row)
        return
    with pytest.raises(InvalidForm, match="party_only_in_office"):
        NewPost.checked(**typed, party_source="Stortinget")
    with pytest.raises(IntegrityError), ctx.database.writing() as session:
        session.add(row)


def test_a_party_needs_a_source(ctx: Context, committee: int) -> None:
    typed = {"person_id": 1, "organisation_id": committee, "kind": PostKind.ELECTED, "party": "X-partiet"}
    with pytest.raises(InvalidForm, match="party_needs_source"):
        NewPost.checked(**typed)


def test_a_post_put_right_as_no_office_loses_nothing_silently(ctx: Context, committee: int) -> None:
    """The form says no as long as the party stands there: whoever takes it away does so knowingly."""
    with pytest.raises(InvalidForm, match="party_only_in_office"):
        ChangedPost.checked(version=1, kind=PostKind.ADVISER, party="X-partiet", party_source="Stortinget")


# -- Everything can be put right, by one at a time


def test_a_person_is_put_right_and_the_log_repeats_nothing(ctx: Context) -> None:
    person = add_person(ctx, NewPerson(name="Kjersti Øyen"))
    changed = {"name": "Kjærsti Øyen", "languages": ("nb", "se"), "note": "Helst på formiddagen"}
    change_person(ctx, person, ChangedPerson(version=1, **changed))
    card = person_card(ctx, person)
    assert (card.name, card.languages, card.note) == ("Kjærsti Øyen", ("nb", "se"), "Helst på formiddagen")
    assert [hit.person for hit in find_callers(ctx, "kjærsti")] == ["Kjærsti Øyen"]
    with pytest.raises(ChangedMeanwhile):
        change_person(ctx, person, ChangedPerson(version=1, name="Noen andre"))
    entry = list_entries(ctx, Narrowed())[0]
    assert (entry.action, entry.facts) == ("person.changed", {"fields": ["name", "languages", "note"]})


def test_a_national_number_in_a_note_is_warned_about_and_never_stops_anybody(ctx: Context) -> None:
    number = next(found for found in map(str, range(30129950000, 30129960000)) if fodselsnummer.is_valid(found))
    person = add_person(ctx, NewPerson(name="Kjærsti Øyen", note=f"Født {number}, ringer helst"))
    assert person_card(ctx, person).note_has_national_number
    change_person(ctx, person, ChangedPerson(version=1, name="Kjærsti Øyen", note="Ring 406 12 345"))
    assert not person_card(ctx, person).note_has_national_number


def test_a_post_is_put_right(ctx: Context, committee: int) -> None:
    person = add_person(ctx, NewPerson(name="Odd Ærø"))
    post = add_post(ctx, NewPost(person_id=person, organisation_id=committee, title="Medlem"))
    changed = {"kind": PostKind.NOMINATED, "since": date(2026, 1, 1), "party": "X-partiet", "party_source": "Kommunen"}
    change_post(ctx, post, ChangedPost.checked(version=1, title="Vara", legal_basis=LegalBasis.CONSENT, **changed))
    (line,) = person_card(ctx, person).posts
    assert (line.title, line.kind, line.legal_basis, line.party) == (
        "Vara",
        PostKind.NOMINATED,
        LegalBasis.CONSENT,
        "X-partiet",
    )
    assert "X-partiet" not in str(list_entries(ctx, Narrowed())[0].facts)
    with pytest.raises(ChangedMeanwhile):
        change_post(ctx, post, ChangedPost.checked(version=1))


def test_a_post_at_the_wrong_organisation_is_taken_away(ctx: Context, committee: int) -> None:
    person = add_person(ctx, NewPerson(name="Odd Ærø"))
    post = add_post(ctx, NewPost(person_id=person, organisation_id=committee, title="Medlem"))
    with pytest.raises(ChangedMeanwhile):
        remove_post(ctx, post, version=2)
    remove_post(ctx, post, version=1)
    assert person_card(ctx, person).posts == []
    assert "Odd Ærø" not in str(persons_at(ctx, committee, on=ctx.today))
    entry = list_entries(ctx, Narrowed())[0]
    assert sentence(entry) == "Ingunn Ås fjernet en stilling for Odd Ærø som aldri var riktig."
    with pytest.raises(NotFound):
        remove_post(ctx, post, version=1)


def test_a_number_that_was_never_theirs_rings_through_to_nobody(ctx: Context) -> None:
    person = add_person(ctx, NewPerson(name="Kjærsti Øyen"))
    number = add_contact_point(ctx, NewContactPoint(kind=ContactKind.PHONE, raw="406 12 345", person_id=person))
    with pytest.raises(ChangedMeanwhile):
        remove_contact_point(ctx, number, version=2)
    remove_contact_point(ctx, number, version=1)
    assert (find_callers(ctx, "40612345"), person_card(ctx, person).contacts) == ([], [])
    assert find_records(ctx, "40612345") == ()
    entry = list_entries(ctx, Narrowed())[0]
    assert sentence(entry) == "Ingunn Ås fjernet kontaktopplysninger for Kjærsti Øyen som aldri var riktige."
    assert "406" not in str(entry.facts)


def test_an_old_number_can_be_used_again(ctx: Context) -> None:
    person = add_person(ctx, NewPerson(name="Kjærsti Øyen"))
    number = add_contact_point(ctx, NewContactPoint(kind=ContactKind.PHONE, raw="406 12 345", person_id=person))
    end_contact_point(ctx, number, EndedContactPoint(version=1, until=ctx.today))
    assert (find_callers(ctx, "40612345"), person_card(ctx, person).contacts[0].is_old) == ([], True)
    use_contact_point_again(ctx, number, version=2)
    assert [hit.person for hit in find_callers(ctx, "40612345")] == ["Kjærsti Øyen"]


def test_a_number_that_grows_old_next_week_rings_through_until_then(ctx: Context, context_for: ContextFor) -> None:
    person = add_person(ctx, NewPerson(name="Kjærsti Øyen"))
    number = add_contact_point(ctx, NewContactPoint(kind=ContactKind.PHONE, raw="406 12 345", person_id=person))
    end_contact_point(ctx, number, EndedContactPoint(version=1, until=date(2026, 12, 1)))
    assert len(find_callers(context_for("ingunn", "2026-11-30 10:00"), "40612345")) == 1
    assert find_callers(context_for("ingunn", "2026-12-01 10:00"), "40612345") == []


def test_a_wish_not_to_be_contacted_is_one_for_each_channel_and_can_be_taken_back(ctx: Context) -> None:
    person = add_person(ctx, NewPerson(name="Kjærsti Øyen"))
    wish = NoContact(channel=ContactChannel.PHONE, since=date(2026, 11, 1), reason="Ring aldri.")
    first = stop_contact(ctx, person, wish)
    with pytest.raises(InvalidForm, match="contact_stopped_already"):
        stop_contact(ctx, person, wish)
    letters = stop_contact(ctx, person, NoContact(channel=ContactChannel.LETTER, since=date(2026, 11, 2)))
    changed = ChangedNoContact(channel=ContactChannel.PHONE, since=date(2026, 10, 1), reason="Sa hun.", version=1)
    change_no_contact(ctx, first, changed)
    allow_contact(ctx, letters, version=1)
    assert [(wish.channel, wish.since, wish.reason) for wish in person_card(ctx, person).no_contact] == [
        (ContactChannel.PHONE, date(2026, 10, 1), "Sa hun.")
    ]
    with pytest.raises(NotFound):
        allow_contact(ctx, letters, version=1)


# -- The list


def test_persons_are_listed_by_what_they_are_where_and_when(ctx: Context, committee: int) -> None:
    house = add_house(ctx, NewHouse.checked(name="Fjordglimt kulturhus"))
    posts = {
        "Kjærsti Øyen": (house, PostKind.EMPLOYEE, None, None),
        "Åse Dalemyr": (house, PostKind.EMPLOYEE, None, date(2026, 6, 30)),
        "Signe Vågå": (committee, PostKind.ELECTED, date(2025, 10, 14), None),
        "Odd Ærø": (committee, PostKind.ELECTED, date(2027, 1, 12), date(2027, 2, 28)),
    }
    for name, (where, kind, since, until) in posts.items():
        person = add_person(ctx, NewPerson(name=name))
        add_post(ctx, NewPost(person_id=person, organisation_id=where, kind=kind, since=since, until=until))
    add_person(ctx, NewPerson(name="Ukjent Innringer"))
    everybody = PersonFilter(on=ctx.today)

    def names(**wanted: object) -> list[str]:
        return [row.name for row in list_persons(ctx, replace(everybody, **wanted)).rows]

    assert names() == ["Kjærsti Øyen", "Odd Ærø", "Signe Vågå", "Ukjent Innringer", "Åse Dalemyr"]
    assert names(organisation_id=house) == ["Kjærsti Øyen", "Åse Dalemyr"]
    assert names(organisation_id=house, standing=Standing.CURRENT) == ["Kjærsti Øyen"]
    assert names(standing=Standing.FORMER) == ["Åse Dalemyr"]
    assert names(kind=PostKind.ELECTED) == ["Odd Ærø", "Signe Vågå"]
    assert names(kind=PostKind.ELECTED, standing=Standing.CURRENT) == ["Signe Vågå"]
    assert names(words="dalemyr åse") == ["Åse Dalemyr"]
    assert names(words="kjaersti") == ["Kjærsti Øyen"]
    assert names(words="%") == []
    former = list_persons(ctx, replace(everybody, words="Åse")).rows[0]
    assert (former.posts, former.is_former) == (("Fjordglimt kulturhus",), True)


def test_the_pages_of_persons_follow_each_other_both_ways(ctx: Context) -> None:
    for number in range(1, 8):
        add_person(ctx, NewPerson(name=f"Person {number}"))
    wanted = PersonFilter(on=ctx.today)
    first = list_persons(ctx, wanted, limit=3)
    second = list_persons(ctx, wanted, after=first.following, limit=3)
    third = list_persons(ctx, wanted, after=second.following, limit=3)
    assert [row.name[-1] for page in (first, second, third) for row in page.rows] == list("1234567")
    assert (first.preceding, third.following) == (None, None)
    assert list_persons(ctx, wanted, before=third.preceding, limit=3).rows == second.rows


def test_one_of_two_with_the_same_name_is_not_the_other(ctx: Context) -> None:
    ids = [add_person(ctx, NewPerson(name="Kari Nordli")) for _ in range(2)]
    assert [row.id for row in list_persons(ctx, PersonFilter(on=ctx.today, words="kari nordli")).rows] == ids
    with ctx.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 2
