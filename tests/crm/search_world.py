"""An association to search in: a house in each of the 357 municipalities, the houses of the scenarios, their people and calls."""

from __future__ import annotations

import secrets
from datetime import timedelta

from crm.cases.case_commands import add_message
from crm.cases.commands import open_case
from crm.cases.forms import NewCase
from crm.context import Context
from crm.correspondence.forms import MessageKind, NewMessage
from crm.demo.stage import data
from crm.media.commands import open_inquiry
from crm.media.forms import NewInquiry
from crm.members.commands import add_house, add_organisation, rename_organisation
from crm.members.forms import NewHouse, NewName, NewOrganisation
from crm.members.places import municipalities
from crm.members.steps import keys_of
from crm.networks.body_commands import adopt_bodies
from crm.people.commands import add_contact_point, add_post
from crm.people.forms import NewContactPoint, NewPost
from crm.people.steps import new_person
from crm.permissions import Permission
from db.models.organisations import Organisation, OrganisationKind
from db.models.people import ContactKind

# Name, municipality, organisation number, phone, e-mail, note.
HOUSES = [
    (
        "Fjordglimt kulturhus",
        "1508",
        "310000019",
        "21 23 45 67",
        "post@fjordglimt.example",
        "Vil ha gjestespill i mørketida",
    ),
    ("Åsgard konserthus", "3218", "310000027", "+47 21 23 45 68", "post@åsgard.example", ""),
    ("Bølgeblikk kulturhus KF", "1804", "310000035", "", "", "Ny scenemester fra høsten"),
    ("Lyngmo kulturhus", "5601", "310000043", "", "", ""),
    ("Lyngmo Scene og Samfunnshus", "5601", "310000051", "", "", "Oljefyren skal byttes"),
    ("Ål teater", "3328", None, "", "", ""),
    ("Al-Noor scene", "0301", None, "", "", ""),
    ("Bø samfunnshus", "1867", None, "", "", ""),
    ("Bolia kulturscene", "3301", None, "", "", ""),
    ("O'Neil's Music Hall", "1103", None, "", "", ""),
    ("Müllers sal", "4601", None, "", "", ""),
    ("Operaen & Kinoen", "5001", None, "", "", ""),
    ("Guovssahas viessu", "5612", None, "", "", ""),
]
# Name, house, title, phone, e-mail.
PERSONS = [
    ("Kjærsti Øyen", "Fjordglimt kulturhus", "Daglig leder", "406 12 345", "kjaersti@fjordglimt.example"),
    ("Bjørn-Ærlend Ås", "Åsgard konserthus", "Teknisk leder", "+47 40 61 23 46", ""),
    ("Per Åsgard", "Lyngmo kulturhus", "", "+46 8 506 10 700", ""),
    ("Kari Nordmo", "Lyngmo kulturhus", "Produsent", "", "kari.nordmo@lyngmo.example"),
    ("Nora Karimo", "Bø samfunnshus", "", "", ""),
    ("Søren Høyland", "Bølgeblikk kulturhus KF", "Lyssjef", "", ""),
    ("Máret Ánne Sárá", "Guovssahas viessu", "", "", ""),
    ("Anne-Grete D'Angelo", "Ål teater", "Styreleder", "", ""),
]
# House, person, what; the number is the place in the list.
CALLS = [
    ("Fjordglimt kulturhus", "Kjærsti Øyen", "Teller driftstilskuddet når TONO-tariffen endres?"),
    ("Lyngmo kulturhus", None, "Klager på tariffene for vakthold"),
    ("Åsgard konserthus", None, "Leier ut lydpulten til kommunen"),
    (None, None, "Spør om billettgebyr for konserter"),
    ("Bølgeblikk kulturhus KF", None, "Brannøvelse med full sal"),
    ("Ål teater", None, "Årsmøtet valgte nytt styre"),
    (None, None, "Ringte fra 40 61 23 99 om festivalen"),
    ("Fjordglimt kulturhus", None, "Skal ha hørselvern til barnekonsert"),
    ("Lyngmo kulturhus", "Kari Nordmo", "Om momsen på kafeen"),
    (None, None, "Faktura 310 000 900 er betalt to ganger"),
    ("Bø samfunnshus", None, "Vil låne stoler"),
    ("Lyngmo kulturhus", None, "Om riggen over scenen"),
]


def build(ctx: Context) -> None:
    houses = _houses(ctx)
    people = _people(ctx, houses)
    for house, person, what in CALLS:
        _call(ctx, what, houses.get(house or ""), people.get(person or ""))
    add_message(ctx, 4, NewMessage(kind=MessageKind.REPLY, text="Sendte sjekklisten for arrangører"))
    _press(ctx)
    adopt_bodies(ctx)


def _houses(ctx: Context) -> dict[str, int]:
    found = {}
    for name, place, number, phone, email, note in HOUSES:
        new = {"name": name, "municipality_number": place, "org_number": number, "note": note}
        found[name] = add_house(ctx, NewHouse.checked(**new))
        for kind, raw in ((ContactKind.PHONE, phone), (ContactKind.EMAIL, email)):
            if raw:
                add_contact_point(ctx, NewContactPoint(kind=kind, raw=raw, organisation_id=found[name]))
    former = add_house(ctx, NewHouse.checked(name="Sildebrygga forsamlingshus", municipality_number="1106"))
    rename_organisation(ctx, former, NewName.checked(version=1, name="Havnelageret scene", keep_former=True))
    for kind, name in ((OrganisationKind.OUTLET, "Nordlyspressen"), (OrganisationKind.PARTNER, "Festivallauget")):
        add_organisation(ctx, NewOrganisation.checked(kind=kind, name=name))
    _one_in_each_municipality(ctx)
    return found


def _one_in_each_municipality(ctx: Context) -> None:
    """`Sal 1508` in 1508 Ålesund: found by the place alone. The youngest there, so the first of them."""
    with ctx.write(Permission.KEEP_MEMBERS) as session:
        for place in municipalities():
            keys = keys_of(f"Sal {place.number}")
            session.add(
                Organisation(
                    kind=OrganisationKind.HOUSE,
                    name=f"Sal {place.number}",
                    sort_key=keys.sort_key,
                    search_key=keys.search_key,
                    loose_key=keys.loose_key,
                    municipality_number=place.number,
                    created_at=ctx.now + timedelta(hours=1),
                )
            )


def _people(ctx: Context, houses: dict[str, int]) -> dict[str, int]:
    """Eight with a house, and the cast of the demonstration: a hundred names put together."""
    cast = data("people")
    names = [name for name, *_ in PERSONS] + [f"{a} {b}" for a, b in zip(cast["first"], cast["last"], strict=False)]
    with ctx.write(Permission.KEEP_MEMBERS) as session:
        rows = [new_person(name, now=ctx.now) for name in names]
        session.add_all(rows)
        session.flush()
        found = {row.name: row.id for row in rows}
    for name, house, title, phone, email in PERSONS:
        add_post(ctx, NewPost(person_id=found[name], organisation_id=houses[house], title=title))
        for kind, raw in ((ContactKind.PHONE, phone), (ContactKind.EMAIL, email)):
            if raw:
                add_contact_point(ctx, NewContactPoint(kind=kind, raw=raw, person_id=found[name]))
    return found


def _call(ctx: Context, what: str, house: int | None, person: int | None) -> None:
    token = secrets.token_urlsafe(24)
    new = {"what": what, "answered": False, "token": token, "organisation_id": house, "person_id": person}
    open_case(ctx, NewCase.checked(**new))


def _press(ctx: Context) -> None:
    for journalist, outlet, question in (
        ("Torunn Bråten", "Nordlyspressen", "Kommentar til kommunale kutt i kulturbudsjettet"),
        ("Erik Øvrebø", "Kystavisa Ni", "Hvor mange besøkende hadde konserthusene?"),
    ):
        token = secrets.token_urlsafe(24)
        open_inquiry(ctx, NewInquiry(journalist=journalist, outlet=outlet, question=question, token=token))
