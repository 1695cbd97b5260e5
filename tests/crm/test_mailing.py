"""Mailing lists: who gets the newsletter, who has said yes, and whose no holds whatever happens afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from crm.context import Context
from crm.errors import ChangedMeanwhile, InvalidForm, NotFound, Refused
from crm.mailing.commands import (
    change_mailing_list,
    make_mailing_list,
    note_consent,
    put_on_list,
    restore_mailing_list,
    retire_mailing_list,
    subscribe_again,
    take_addresses,
    take_off_list,
    unsubscribe,
)
from crm.mailing.forms import ChangedMailingList, Consent, NewMailingList, PutOnList, Unsubscribed
from crm.mailing.queries import (
    Standing,
    list_choices,
    list_mailing_lists,
    list_members_of,
    listed_card,
    lists_of,
    mailing_list_card,
)
from crm.mailing.rules import AT_A_TIME, Candidate, LeftOut, sorted_out
from crm.mailing.steps import PutResult
from crm.members.commands import add_house
from crm.members.forms import NewHouse
from crm.people.commands import add_contact_point, add_person, add_post, end_contact_point, remove_contact_point
from crm.people.forms import EndedContactPoint, NewContactPoint, NewPerson, NewPost
from db.models.house_keeping import AuditEntry
from db.models.lists import ConsentHow
from db.models.people import ContactChannel, ContactKind, DoNotContact

TODAY = date(2026, 11, 24)
BY_FORM = Consent(given_on=date(2026, 3, 1), how=ConsentHow.FORM, source="påmeldingen til landsmøtet")


def person(ctx: Context, name: str, *emails: str) -> int:
    added = add_person(ctx, NewPerson(name=name))
    for email in emails:
        add_contact_point(ctx, NewContactPoint(kind=ContactKind.EMAIL, raw=email, person_id=added))
    return added


@pytest.fixture
def newsletter(ctx: Context) -> int:
    return make_mailing_list(ctx, NewMailingList.checked(name="Nyhetsbrev", about="Den første torsdagen i måneden"))


@pytest.fixture
def kjaersti(ctx: Context) -> int:
    return person(ctx, "Kjærsti Øyen", "kjaersti@fjordglimt.example")


def put(ctx: Context, list_id: int, *people: int, consent: Consent | None = BY_FORM) -> PutResult:
    return put_on_list(ctx, list_id, PutOnList(person_ids=people, consent=consent))


def member(ctx: Context, list_id: int, name: str, standing: Standing = Standing.ON) -> int:
    return next(row.id for row in list_members_of(ctx, list_id, standing).rows if row.name == name)


def leave(ctx: Context, list_id: int, name: str, on: date = TODAY) -> int:
    gone = member(ctx, list_id, name)
    version = listed_card(ctx, gone).version
    unsubscribe(ctx, gone, Unsubscribed(version=version, on=on, source="svarte på nyhetsbrevet"))
    return gone


def addresses(ctx: Context, list_id: int) -> list[str | None]:
    return [one.address for one in take_addresses(ctx, list_id).written_to]


def test_a_list_is_made_once_however_often_one_clicks(ctx: Context) -> None:
    new = NewMailingList.checked(name="Pressemeldinger", token="en-og-samme")
    assert make_mailing_list(ctx, new) == make_mailing_list(ctx, new)
    assert [row.name for row in list_mailing_lists(ctx)] == ["Pressemeldinger"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("  ", "list_name_missing"),
        ("NYHETSBREV", "list_name_taken"),  # case does not make it another
    ],
)
def test_a_list_needs_a_name_of_its_own(ctx: Context, newsletter: int, name: str, reason: str) -> None:
    with pytest.raises(InvalidForm) as refused:
        make_mailing_list(ctx, NewMailingList.checked(name=name))
    assert refused.value.problems == {"name": reason}


def test_a_retired_list_is_offered_no_more_and_keeps_its_members(ctx: Context, newsletter: int, kjaersti: int) -> None:
    put(ctx, newsletter, kjaersti)
    retire_mailing_list(ctx, newsletter, version=1)
    assert list_choices(ctx) == []
    assert [(row.is_active, row.on_it) for row in list_mailing_lists(ctx)] == [(False, 1)]
    restore_mailing_list(ctx, newsletter, version=2)
    assert [choice.name for choice in list_choices(ctx)] == ["Nyhetsbrev"]


def test_two_who_change_the_same_list_do_not_overwrite_each_other(ctx: Context, newsletter: int) -> None:
    changed = ChangedMailingList(name="Nyhetsbrevet", needs_consent=False, version=1)
    change_mailing_list(ctx, newsletter, changed)
    with pytest.raises(ChangedMeanwhile):
        change_mailing_list(ctx, newsletter, changed)
    card = mailing_list_card(ctx, newsletter)
    assert (card.name, card.needs_consent, card.version) == ("Nyhetsbrevet", False, 2)


def test_who_is_written_to_and_why_the_others_are_not(ctx: Context, newsletter: int, kjaersti: int) -> None:
    put(ctx, newsletter, kjaersti, person(ctx, "Odd Ærø"), person(ctx, "Torunn Bråten", "torunn@nordlys.example"))
    put(ctx, newsletter, person(ctx, "Signe Vågå", "signe@vaga.example"), consent=None)
    silent = person(ctx, "Åsmund Li", "asmund@kultur.example")
    put(ctx, newsletter, silent)
    with ctx.database.writing() as session:
        session.add(DoNotContact(person_id=silent, channel=ContactChannel.EMAIL, since=TODAY))
    leave(ctx, newsletter, "Torunn Bråten")
    recipients = mailing_list_card(ctx, newsletter).recipients
    assert [one.address for one in recipients.written_to] == ["kjaersti@fjordglimt.example"]
    assert recipients.left_out == {
        LeftOut.UNSUBSCRIBED: 1,
        LeftOut.DECLINES: 1,
        LeftOut.NO_CONSENT: 1,
        LeftOut.NO_ADDRESS: 1,
    }


def test_members_may_be_written_to_without_a_consent_where_the_list_says_so(ctx: Context, kjaersti: int) -> None:
    to_members = make_mailing_list(ctx, NewMailingList.checked(name="Innkallinger", needs_consent=False))
    house = add_house(ctx, NewHouse.checked(name="Åsgard konserthus"))
    address = NewContactPoint(kind=ContactKind.EMAIL, raw="post@åsgard.example", organisation_id=house)
    mistyped = add_contact_point(ctx, address)
    assert put_on_list(ctx, to_members, PutOnList(person_ids=(kjaersti,), organisation_ids=(house,))).added == 2
    assert addresses(ctx, to_members) == ["kjaersti@fjordglimt.example", "post@xn--sgard-lra.example"]
    remove_contact_point(ctx, mistyped, version=1)
    assert addresses(ctx, to_members) == ["kjaersti@fjordglimt.example"]


def test_a_domain_and_its_punycode_are_one_address_and_get_one_mail(ctx: Context, newsletter: int) -> None:
    put(
        ctx,
        newsletter,
        person(ctx, "Åse Åsgard", "ase@åsgard.example"),
        person(ctx, "Å. Åsgard", "Ase@xn--sgard-lra.example"),
    )
    recipients = take_addresses(ctx, newsletter)
    assert [one.address for one in recipients.written_to] == ["ase@xn--sgard-lra.example"]
    assert recipients.left_out == {LeftOut.SAME_ADDRESS: 1}


def test_an_old_address_is_not_written_to(ctx: Context, newsletter: int) -> None:
    signe = add_person(ctx, NewPerson(name="Signe Vågå"))
    old = add_contact_point(ctx, NewContactPoint(kind=ContactKind.EMAIL, raw="gammel@vaga.example", person_id=signe))
    add_contact_point(ctx, NewContactPoint(kind=ContactKind.EMAIL, raw="ikke en adresse", person_id=signe))
    add_contact_point(ctx, NewContactPoint(kind=ContactKind.EMAIL, raw="ny@vaga.example", person_id=signe))
    end_contact_point(ctx, old, EndedContactPoint(version=1, until=TODAY))
    put(ctx, newsletter, signe)
    assert addresses(ctx, newsletter) == ["ny@vaga.example"]


# ---- a no is a no


def test_whoever_has_said_no_is_not_put_back_by_a_filter(ctx: Context, newsletter: int, kjaersti: int) -> None:
    put(ctx, newsletter, kjaersti)
    leave(ctx, newsletter, "Kjærsti Øyen")
    assert put(ctx, newsletter, kjaersti) == PutResult(added=0, already=0, unsubscribed=1)
    assert addresses(ctx, newsletter) == []


def test_nor_by_an_import_that_makes_a_second_card_of_them(ctx: Context, newsletter: int) -> None:
    put(ctx, newsletter, person(ctx, "Åse Åsgard", "ase@åsgard.example"))
    leave(ctx, newsletter, "Åse Åsgard")
    again = person(ctx, "Aase Aasgard", "ASE@xn--sgard-lra.example")
    assert put(ctx, newsletter, again) == PutResult(added=0, already=0, unsubscribed=1)


def test_nor_by_somebody_on_the_list_who_gets_their_address(ctx: Context, newsletter: int, kjaersti: int) -> None:
    other = person(ctx, "Kjersti Øien")
    put(ctx, newsletter, kjaersti, other)
    leave(ctx, newsletter, "Kjærsti Øyen")
    add_contact_point(ctx, NewContactPoint(kind=ContactKind.EMAIL, raw="Kjaersti@fjordglimt.example", person_id=other))
    assert take_addresses(ctx, newsletter).left_out == {LeftOut.UNSUBSCRIBED: 2}


def test_a_no_is_neither_deleted_nor_overwritten(ctx: Context, newsletter: int, kjaersti: int) -> None:
    put(ctx, newsletter, kjaersti)
    gone = leave(ctx, newsletter, "Kjærsti Øyen")
    with pytest.raises(Refused, match="a_no_is_kept"):
        take_off_list(ctx, gone, version=2)
    with pytest.raises(Refused, match="has_unsubscribed"):
        note_consent(ctx, gone, BY_FORM, version=2)
    with pytest.raises(InvalidForm) as refused:
        subscribe_again(ctx, gone, BY_FORM, version=2)  # the yes is older than the no
    assert refused.value.problems == {"given_on": "consent_before_the_no"}


def test_a_new_yes_puts_them_back(ctx: Context, newsletter: int, kjaersti: int) -> None:
    put(ctx, newsletter, kjaersti)
    gone = leave(ctx, newsletter, "Kjærsti Øyen", on=date(2026, 11, 20))
    said_on_the_phone = Consent(given_on=TODAY, how=ConsentHow.PHONE, source="ringte og angret")
    subscribe_again(ctx, gone, said_on_the_phone, version=2)
    card = listed_card(ctx, gone)
    assert (card.unsubscribed_on, card.consent_on, card.consent_how) == (None, TODAY, ConsentHow.PHONE)
    assert addresses(ctx, newsletter) == ["kjaersti@fjordglimt.example"]


def test_the_no_on_one_list_leaves_the_other_lists_alone(ctx: Context, newsletter: int, kjaersti: int) -> None:
    press = make_mailing_list(ctx, NewMailingList.checked(name="Pressemeldinger"))
    put(ctx, newsletter, kjaersti)
    put(ctx, press, kjaersti)
    leave(ctx, newsletter, "Kjærsti Øyen")
    assert addresses(ctx, press) == ["kjaersti@fjordglimt.example"]


def test_a_consent_cannot_lie_in_the_future(ctx: Context, newsletter: int, kjaersti: int) -> None:
    with pytest.raises(InvalidForm) as refused:
        put(ctx, newsletter, kjaersti, consent=Consent(given_on=date(2026, 11, 25), how=ConsentHow.FORM))
    assert refused.value.problems == {"given_on": "said_in_the_future"}


# ---- looking, and taking out


def test_the_members_are_shown_by_name_with_where_they_work(ctx: Context, newsletter: int, kjaersti: int) -> None:
    house = add_house(ctx, NewHouse.checked(name="Fjordglimt kulturhus"))
    add_post(ctx, NewPost(person_id=kjaersti, organisation_id=house, title="Daglig leder"))
    put(ctx, newsletter, kjaersti, person(ctx, "Åse Åsgard"), person(ctx, "Odd Ærø"))
    put_on_list(ctx, newsletter, PutOnList(organisation_ids=(house,)))
    first = list_members_of(ctx, newsletter, limit=3)
    rest = list_members_of(ctx, newsletter, after=first.following, limit=3)
    assert [(row.name, row.at) for row in (*first.rows, *rest.rows)] == [
        ("Fjordglimt kulturhus", ""),
        ("Kjærsti Øyen", "Fjordglimt kulturhus"),
        ("Odd Ærø", ""),
        ("Åse Åsgard", ""),
    ]
    assert (first.total, rest.following) == (4, None)
    assert [row.name for row in list_members_of(ctx, newsletter, words="kjar").rows] == ["Kjærsti Øyen"]
    assert [row.name for row in list_members_of(ctx, newsletter, Standing.NO_CONSENT).rows] == ["Fjordglimt kulturhus"]


def test_a_persons_lists_are_known_those_they_left_too(ctx: Context, newsletter: int, kjaersti: int) -> None:
    put(ctx, newsletter, kjaersti)
    put(ctx, make_mailing_list(ctx, NewMailingList.checked(name="Pressemeldinger")), kjaersti)
    leave(ctx, newsletter, "Kjærsti Øyen")
    of_hers = lists_of(ctx, person_id=kjaersti)
    assert [(row.name, row.unsubscribed_on) for row in of_hers] == [("Nyhetsbrev", TODAY), ("Pressemeldinger", None)]
    assert lists_of(ctx, organisation_id=kjaersti) == []


def test_what_was_put_on_by_mistake_is_taken_off(ctx: Context, newsletter: int, kjaersti: int) -> None:
    put(ctx, newsletter, kjaersti, 999_999)  # somebody deleted the second one meanwhile
    mistake = member(ctx, newsletter, "Kjærsti Øyen")
    take_off_list(ctx, mistake, version=1)
    with pytest.raises(NotFound):
        listed_card(ctx, mistake)
    assert list_members_of(ctx, newsletter).rows == []


def test_the_change_log_says_that_addresses_were_taken_and_none_of_them(
    ctx: Context, newsletter: int, kjaersti: int
) -> None:
    put(ctx, newsletter, kjaersti)
    take_addresses(ctx, newsletter)
    with ctx.database.reading() as session:
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()
        told = (entry.action, entry.subject_kind, entry.facts)
    assert told[:2] == ("export.made", "mailing_lists")
    assert told[2] == {"what": "addresses", "rows": 1, "left_out": 0}


def test_the_mail_program_gets_a_hundred_at_a_time() -> None:
    one = Candidate(1, "a@hus.example", "a@hus.example")
    many = [
        replace(one, id=number, address=f"{number}@hus.example", key=f"{number}@hus.example") for number in range(250)
    ]
    chunks = list(sorted_out(many, refused=(), needs_consent=True).chunks)
    assert [chunk.count("@") for chunk in chunks] == [AT_A_TIME, AT_A_TIME, 50]
    assert chunks[0].startswith("0@hus.example; 1@hus.example")
