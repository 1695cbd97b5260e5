"""The member list comes in through a real browser: the file chosen, the choices made, the houses there, and nothing twice."""

from __future__ import annotations

import csv
import io

from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from crm.members.queries import count_members
from crm.members.selects import MemberFilter
from crm.people.commands import add_person
from crm.people.forms import NewPerson
from crm.people.queries import find_callers
from crm.timeline.member_queries import list_members
from tests.browser.office import DESK, PHONE, Office, settled
from tests.browser.walking import downloaded

S8 = (
    "Navn;E-post;Org.nr;Kommune;Telefon\nAasgard Konserthus AS;post@aasgard.example;;;\n"
    "ÅSGARD KONSERTHUS;post@åsgard.example;;;\nÅsgard konserthus ;;310 000 027;;\nAsgard;;;;\n"
    "Våler kulturhus;;;3114;\nVåler kulturhus;;;Våler;ukjent\n;uten.navn@hus.example;;;\n"
)


def choose_file(page: Page, name: str, data: bytes) -> None:
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": data})


def open_import(page: Page) -> None:
    page.goto("/import")
    expect(page.get_by_role("heading", name="Import", exact=True)).to_be_visible()
    settled(page)


def choose(page: Page, line: str, option: str, *, field: str) -> None:
    """In the field of the row with this heading."""
    row = page.locator('[class*="st-key-row-"]').filter(has_text=line)
    wanted = page.get_by_role("option", name=option)
    row.get_by_role("combobox", name=field).click()
    try:
        wanted.click(timeout=5_000)
    except PlaywrightTimeout:  # the screen was drawn once more just then, which folds an open list
        row.get_by_role("combobox", name=field).click()
        wanted.click()
    settled(page)


def test_the_list_comes_in_with_three_spellings_as_one_house(office: Office) -> None:
    before = count_members(office.context(), office.moment.date()).houses
    with office.at_desk() as page:
        open_import(page)
        choose_file(page, "medlemmer.csv", S8.encode("cp1252"))
        expect(page.get_by_text("Blir ikke med: 4 rader må avgjøres, 1 rad er avvist.")).to_be_visible()
        assert count_members(office.context(), office.moment.date()).houses == before
        page.get_by_role("button", name="Bruk forslagene for 2 rader").click()
        settled(page)
        choose(page, "Linje 5", "Et nytt hus", field="Hvilket hus er dette?")
        choose(page, "Linje 7", "Våler (Innlandet) – 3419", field="Hvilken kommune?")
        expect(page.get_by_text("Blir ikke med: 1 rad er avvist.")).to_be_visible()
        store = page.get_by_role("button", name="Lagre 3 nye hus og nye opplysninger om 2 hus")
        store.dblclick()
        expect(page.get_by_text("Listen er lagret.")).to_be_visible()
        settled(page)
        report = downloaded(page, "Last ned rapporten rad for rad (CSV)").read_bytes()
    names = [row.name for row in list_members(office.context(), MemberFilter(on=office.moment.date())).rows]
    assert [name for name in names if "sgard" in name or "Våler" in name] == [
        "Asgard",
        "Våler kulturhus",
        "Våler kulturhus",
        "Åsgard konserthus",
    ]
    assert len(names) == before + 3
    assert report.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(report.decode("utf-8-sig")), delimiter=";"))
    assert [line[2] for line in lines[-2:]] == ["Ny", "Avvist"]


def test_the_import_fits_a_phone(office: Office) -> None:
    with office.at_desk(viewport=PHONE) as page:
        open_import(page)
        choose_file(page, "medlemmer.csv", S8.encode("cp1252"))
        expect(page.get_by_text("Hva som skjer med hver rad")).to_be_visible()
        page.get_by_text("Hva kolonnene betyr (5 av 5 brukes)").click()
        settled(page)
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
        too_wide = "elements => elements.filter(e => e.getBoundingClientRect().right > 391).map(e => e.innerText)"
        assert page.locator('[data-testid="stMain"] button, [data-testid="stMain"] input').evaluate_all(too_wide) == []


def test_a_member_is_found_without_the_norwegian_letters_and_opened(office: Office) -> None:
    with office.at_desk(viewport=DESK) as page:
        page.goto(office.url)
        settled(page)
        page.get_by_role("link", name="Medlemmer", exact=True).click()
        page.get_by_role("textbox", name="Søk").press_sequentially("alesund", delay=60)
        rows = page.locator("[class*=st-key-rows-member] button")
        expect(rows).to_have_count(1)
        expect(page).to_have_url(f"{office.url}/medlemmer?sok=alesund")
        rows.first.click()
        expect(page.get_by_role("heading", name="Fjordglimt kulturhus")).to_be_visible()
        expect(page.get_by_text("310 000 019")).to_be_visible()
        page.get_by_role("button", name="Ny henvendelse fra huset").click()
        expect(page.get_by_role("textbox", name="Hvem")).to_have_value("Fjordglimt kulturhus")
        expect(page.get_by_role("radio", name="Fjordglimt kulturhus", exact=False).first).to_be_checked()


CARDS = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Marte Lund\r\nORG:Fjordglimt kulturhus\r\nTITLE:Produsent\r\nTEL;TYPE=CELL:40 61 23 99\r\n"
    "END:VCARD\r\nBEGIN:VCARD\r\nVERSION:2.1\r\nFN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=C3=98ystein Dal\r\n"
    "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Nora Vik\r\nEND:VCARD\r\n"
)


def test_an_address_book_comes_in_is_chosen_about_and_taken_back(office: Office) -> None:
    add_person(office.context(), NewPerson.checked(name="Nora Vik"))
    with office.at_desk() as page:
        open_import(page)
        choose_file(page, "kontakter.vcf", CARDS.encode())
        expect(page.get_by_text("Blir ikke med: 1 rad må avgjøres.")).to_be_visible()
        choose(page, "Nora Vik", "En ny person", field="Hvem er dette?")
        page.get_by_role("button", name="Lagre 3 nye personer").click()
        expect(page.get_by_text("Listen er lagret.")).to_be_visible()
        assert [hit.person for hit in find_callers(office.context(), "Marte")] == ["Marte Lund"]
        page.get_by_role("button", name="Importer en liste til").click()
        page.get_by_text("kontakter.vcf").click()
        page.get_by_role("button", name="Ta tilbake importen").click()
        page.get_by_role("button", name="Ja, ta den tilbake").click()
        expect(page.get_by_text("Importen er tatt tilbake. Alt er som før den.")).to_be_visible()
        assert find_callers(office.context(), "Marte") == []
