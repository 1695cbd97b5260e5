"""Two cards of one person become one on the screen, and why that cannot be taken back any more is said with names."""

from __future__ import annotations

from crm.context import Context
from crm.people.commands import add_person, change_person
from crm.people.forms import ChangedPerson, NewPerson
from crm.people.person_queries import person_card
from tests.pages.driving import button, field, opened, shown, signed_in, words


def test_two_cards_of_one_person_are_made_one_and_a_later_change_keeps_it_so(ctx: Context) -> None:
    kari, also = (add_person(ctx, NewPerson(name="Kari Lyngås")) for _ in range(2))
    change_person(ctx, also, ChangedPerson(name="Kari Lyngås", note="Snakker samisk", version=1))
    app = opened(signed_in(ctx), "duplicates")
    shown(field(app, "button_group", "Hva").set_value("personer").run())
    assert "Kanskje: samme navn" in words(app)
    app = opened(app, "merge", id=kari, med=also, slag="personer")
    assert field(app, "radio", "Merknad").options == ["(tomt)", "Snakker samisk"]
    shown(button(app, "Slå sammen").click().run())
    assert person_card(ctx, also).id == kari

    card = person_card(ctx, kari)
    change_person(ctx, kari, ChangedPerson(name="Kari Lyngås", note="Ringes etter kl. 10", version=card.version))
    app = opened(signed_in(ctx), "duplicates")
    assert "Kari Lyngås ble slått inn i Kari Lyngås" in words(app)
    shown(button(app, "Ta tilbake").click().run())
    assert "Noen har endret noe av dette siden. Ingenting er tatt tilbake." in words(app)


def test_an_address_without_the_other_one_leads_to_the_duplicates(ctx: Context) -> None:
    kari = add_person(ctx, NewPerson(name="Kari Lyngås"))
    assert "Ingen ligner på hverandre nå." in words(opened(signed_in(ctx), "merge", id=kari))
    assert "Disse to er alt slått sammen." in words(opened(signed_in(ctx), "merge", id=kari, med=kari, slag="personer"))
