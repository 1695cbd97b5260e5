"""The press in the browser: S3's Friday afternoon and S4's autoreply to the minute, and a form that is filled on the phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, Page, expect
from sqlalchemy import func, select

from crm.media.commands import correct_inquiry, open_inquiry
from crm.media.forms import ChangedInquiry, NewInquiry
from crm.media.queries import inquiry_card
from crm.media.rules import Medium
from db.models.cases import Inquiry
from pages.parts.plain import unlinked
from tests.browser.office import PHONE, Office, settled
from tests.conftest import oslo

OPEN, ANSWERED = "Control+Shift+Enter", "Control+Enter"
LIST = "Mediehenvendelser"

expect.set_options(timeout=20_000)  # a machine that builds other things meanwhile is slow, not wrong


@contextmanager
def at_the_press_desk(
    office: Office, who: str, moment: str, *, screen: str = "I dag", viewport: dict[str, int] | None = None
) -> Iterator[Page]:
    office.it_is(moment)
    with office.at_desk(who, viewport=viewport) as page:
        page.goto("/mediehenvendelser" if screen == LIST else "/")
        expect(page.get_by_role("heading", name=screen)).to_be_visible()
        settled(page)
        yield page


def new_inquiry(page: Page) -> None:
    page.get_by_role("button", name="Ny mediehenvendelse").click()
    expect(page.get_by_label("Journalist", exact=True)).to_be_focused()


def journalist(page: Page) -> Locator:
    """The last one: for an instant the form that goes still stands beside the one that comes."""
    return page.get_by_label("Journalist", exact=True).last


def list_of_inquiries(page: Page) -> None:
    page.get_by_role("link", name="Mediehenvendelser").click()
    expect(page.get_by_role("heading", name="Mediehenvendelser")).to_be_visible()
    settled(page)


def write(page: Page, journalist: str, outlet: str, question: str) -> None:
    """As somebody who knows the form: Tab between the fields, no waiting."""
    page.keyboard.type(journalist, delay=20)
    page.keyboard.press("Tab")
    page.keyboard.type(outlet, delay=20)
    page.keyboard.press("Tab")
    page.keyboard.type(question, delay=10)


def choose(page: Page, name: str, within: Locator | None = None) -> None:
    """A chip, and then until the server has heard of it."""
    (within or page).get_by_role("radio", name=name, exact=True).click()
    settled(page)


def set_moment(page: Page, label: str, day: str, month: str, hour: str, minute: str) -> None:
    """Typed into the field's parts, as a hand does it."""
    field = page.get_by_role("group", name=label)
    field.get_by_role("spinbutton", name="dag").click()
    for part in (day, month, "2026", hour, minute):
        page.keyboard.type(part, delay=20)
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    settled(page)


def row_of(page: Page, name: str) -> Locator:
    return page.locator('[class*="st-key-inquiry-line-"]').filter(has_text=name)


def clock(page: Page, until: str, kind: str) -> Locator:
    """The value of one clock of a pair: until the first "response", or until the last "answer"."""
    pair = page.locator(f'[class*="st-key-{until}-clocks-"]')
    return pair.get_by_test_id("stMetric").filter(has_text=kind).get_by_test_id("stMetricValue")


def stored(office: Office, journalist_words: str) -> int:
    with office.database.reading() as session:
        asked = select(func.count()).select_from(Inquiry).where(Inquiry.question.contains(journalist_words))
        return session.scalar(asked) or 0


def logged(office: Office, moment: str, question: str, *, deadline: str | None = None, journalist: str) -> int:
    office.it_is(moment)
    new = NewInquiry(
        journalist=journalist,
        outlet="Fjordavisa",
        medium=Medium.NEWSPAPER,
        question=question,
        deadline_at=oslo(deadline) if deadline else None,
        token=f"logged-{moment}-{journalist}"[:43],
    )
    return open_inquiry(office.context("bjørn_ærlend"), new)


def test_s3_friday_afternoon_with_a_deadline_on_saturday(office: Office) -> None:
    logged(office, "2026-11-27 15:00", "Neste uke holder", deadline="2026-11-30 14:00", journalist="Geir Moe")
    with at_the_press_desk(office, "bjørn_ærlend", "2026-11-27 16:25") as page:
        new_inquiry(page)
        write(page, "Torunn Bråten", "Nordlyspressen", "Kommentar til kommunale kutt")
        choose(page, "I morgen 12")
        expect(page.get_by_text("Fristen lørdag 28. november kl. 12:00 er utenfor kontortid.")).to_be_visible()
        choose(page, "Radio")
        set_moment(page, "Mottatt", "27", "11", "16", "20")
        page.keyboard.press(OPEN)
        expect(page.get_by_text("Lagret på Torunn Bråten, Nordlyspressen. Frist i morgen 12:00.")).to_be_visible()
        expect(page.get_by_text("er utenfor kontortid. Avtal hvem som svarer.")).to_be_visible()
        list_of_inquiries(page)
        names = page.locator('[class*="st-key-inquiry-line-"]').all_inner_texts()
        assert [("Torunn" in name, "Geir" in name) for name in names if "Torunn" in name or "Geir" in name] == [
            (True, False),
            (False, True),
        ]
        expect(row_of(page, "Torunn Bråten")).to_contain_text("0 min arbeidstid, 5 min kalendertid, går fortsatt")
    with at_the_press_desk(office, "ingunn", "2026-11-28 11:40", screen=LIST) as page:
        row_of(page, "Torunn Bråten").get_by_role("button", name="Besvart nå").click()
        form = page.locator('[class*="st-key-answer-form-"]')
        choose(page, "Intervju", form)
        form.get_by_role("button", name="Lagre svaret").click()
        expect(page.get_by_text(re.compile("Svaret til .* er lagret"))).to_be_visible()
        choose(page, "Besvarte")
        row = row_of(page, "Torunn Bråten")
        expect(row).to_contain_text("Før fristen")
        expect(row).to_contain_text("Intervju")
        expect(row).to_contain_text("0 min arbeidstid, 19 t 20 min kalendertid")
        row.get_by_role("button", name=re.compile("Torunn")).click()
        expect(clock(page, "response", "Arbeidstid")).to_have_text("0 min")
        expect(clock(page, "response", "Kalendertid")).to_have_text("19 t 20 min")


def test_s3_without_an_answer_the_passed_deadline_is_said_loudly(office: Office) -> None:
    logged(office, "2026-11-27 16:20", "Ble ikke besvart", deadline="2026-11-28 12:00", journalist="Siv Lunde")
    with at_the_press_desk(office, "ingunn", "2026-11-28 12:01", screen=LIST) as page:
        row = row_of(page, "Siv Lunde")
        expect(row).to_contain_text("Frist passert ubesvart")
        expect(row).to_contain_text("0 min arbeidstid, 19 t 41 min kalendertid, går fortsatt")


def test_an_answer_given_on_saturday_and_written_down_on_monday_counts_from_saturday(office: Office) -> None:
    logged(office, "2026-11-27 16:20", "Svart fra bilen", deadline="2026-11-28 12:00", journalist="Nils Åmo")
    with at_the_press_desk(office, "ingunn", "2026-11-30 08:30", screen=LIST) as page:
        row_of(page, "Nils Åmo").get_by_role("button", name="Besvart nå").click()
        settled(page)
        set_moment(page, "Besvart (kan rettes)", "28", "11", "11", "40")
        page.get_by_role("button", name="Lagre svaret").click()
        expect(page.get_by_text(re.compile("Svaret til .* er lagret"))).to_be_visible()
        choose(page, "Besvarte")
        row = row_of(page, "Nils Åmo")
        expect(row).to_contain_text("Før fristen")
        expect(row).to_contain_text("0 min arbeidstid, 19 t 20 min kalendertid, tid satt i ettertid")


def test_s4_an_autoreply_a_promise_and_the_quote(office: Office) -> None:
    with at_the_press_desk(office, "bjørn_ærlend", "2026-11-30 09:00") as page:
        new_inquiry(page)
        write(page, "Åsmund Li", "Kulturmagasinet", "Hvordan går det med husene?")
        choose(page, "E-post")
        choose(page, "Nett")
        page.keyboard.press(OPEN)
        expect(page.get_by_text("Lagret på Åsmund Li, Kulturmagasinet. Ingen frist.")).to_be_visible()
        page.get_by_role("button", name="Åpne henvendelsen").click()
        expect(page.get_by_role("heading", name="Åsmund Li, Kulturmagasinet")).to_be_visible()

        office.it_is("2026-11-30 09:01")
        page.get_by_text("Ny melding").click()
        choose(page, "Autosvar")
        page.get_by_role("button", name="Lagre melding").click()
        expect(page.get_by_text("Autosvar, stopper ikke klokken")).to_be_visible()
        expect(page.get_by_text("går fortsatt")).to_be_visible()

        office.it_is("2026-11-30 10:50")
        page.get_by_role("button", name="Vi ringer tilbake").click()
        expect(page.get_by_text("Vi skal ringe tilbake")).to_be_visible()
        expect(clock(page, "response", "Arbeidstid")).to_have_text("1 t 50 min")  # 110 minutes

        office.it_is("2026-11-30 14:30")
        page.get_by_role("button", name="Besvart nå").click()
        form = page.locator('[class*="st-key-answer-form-"]')
        choose(page, "Sitert", form)
        form.get_by_label("Hva vi svarte (valgfritt)").fill("Husene er bygdas storstue.")
        page.keyboard.press(ANSWERED)
        expect(page.get_by_text("Husene er bygdas storstue.")).to_be_visible()
        expect(clock(page, "response", "Arbeidstid")).to_have_text("1 t 50 min")
        expect(clock(page, "response", "Kalendertid")).to_have_text("1 t 50 min")
        expect(clock(page, "answer", "Arbeidstid")).to_have_text("5 t 30 min")  # 330 minutes
        expect(clock(page, "answer", "Kalendertid")).to_have_text("5 t 30 min")


def test_s4_no_comment_is_an_answer_and_a_withdrawn_inquiry_is_withdrawn(office: Office) -> None:
    declined = logged(office, "2026-11-30 10:00", "Vil dere kommentere?", journalist="Ada Berg")
    withdrawn = logged(office, "2026-11-30 10:00", "Glem det", journalist="Tor Vik")
    with at_the_press_desk(office, "bjørn_ærlend", "2026-11-30 11:00") as page:
        for name, outcome in (("Ada Berg", "Avslått"), ("Tor Vik", "Trukket")):
            list_of_inquiries(page)
            row_of(page, name).get_by_role("button", name=re.compile(name)).click()
            page.get_by_role("button", name="Lukk", exact=True).click()
            settled(page)
            choose(page, outcome, page.locator('[class*="st-key-closing-form-"]'))
            page.get_by_role("button", name="Lukk henvendelsen").click()
            expect(page.get_by_role("button", name="Gjenåpne")).to_be_visible()
        list_of_inquiries(page)
        choose(page, "Alle", page.locator('[class*="st-key-inquiries-vis"]'))
        expect(row_of(page, "Ada Berg")).to_contain_text("Besvart")
        expect(row_of(page, "Ada Berg")).to_contain_text("Avslått")
        expect(row_of(page, "Tor Vik")).to_contain_text("Trukket")
    assert declined != withdrawn


def test_a_known_journalist_takes_three_letters_and_brings_the_outlet_and_medium(office: Office) -> None:
    logged(office, "2026-11-24 09:00", "Første gang", journalist="Solfrid Ødegård")
    with at_the_press_desk(office, "ingunn", "2026-11-24 10:02") as page:
        new_inquiry(page)
        page.keyboard.type("odegard", delay=20)
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.type("Andre gang", delay=10)
        page.keyboard.press(OPEN)  # faster than anybody reads: shown first, then taken
        expect(page.get_by_text("Lagret på Solfrid Ødegård, Fjordavisa.")).to_be_visible()
        list_of_inquiries(page)
        expect(row_of(page, "Andre gang")).to_contain_text("Solfrid Ødegård, Fjordavisa (avis)")


def test_two_quick_presses_store_one_inquiry(office: Office) -> None:
    with at_the_press_desk(office, "ingunn", "2026-11-24 10:02") as page:
        new_inquiry(page)
        write(page, "Unni Tangen", "Dobbeltposten", "Bare en gang")
        settled(page)
        save = page.get_by_role("button", name="Lagre som åpen")
        save.dblclick()
        expect(page.get_by_text("Lagret på Unni Tangen, Dobbeltposten.")).to_be_visible()
        settled(page)
    assert stored(office, "Bare en gang") == 1


def test_a_refused_save_keeps_every_word_and_angre_gives_them_back(office: Office) -> None:
    with at_the_press_desk(office, "ingunn", "2026-11-24 10:02") as page:
        new_inquiry(page)
        write(page, "Eli Strand", "Sørlandsposten", "")
        page.keyboard.press(OPEN)
        expect(page.get_by_text("Skriv med noen ord hva journalisten spør om.")).to_be_visible()
        expect(page.get_by_label("Journalist", exact=True)).to_have_value("Eli Strand")
        expect(page.get_by_label("Redaksjon", exact=True)).to_have_value("Sørlandsposten")
        page.get_by_label("Hva spør de om?").click()
        page.keyboard.type("Nå står det noe her", delay=10)
        choose(page, "I dag 14")
        page.keyboard.press(OPEN)
        expect(page.get_by_text("Lagret på Eli Strand, Sørlandsposten. Frist i dag 14:00.")).to_be_visible()
        page.get_by_role("button", name="Angre").click()
        expect(journalist(page)).to_have_value("Eli Strand")
        expect(page.get_by_label("Hva spør de om?").last).to_have_value("Nå står det noe her")
        expect(page.get_by_role("radio", name="I dag 14")).to_be_checked()
    assert stored(office, "Nå står det noe her") == 0


def test_half_written_it_waits_as_a_draft_while_a_second_call_is_taken(office: Office) -> None:
    with at_the_press_desk(office, "ingunn", "2026-11-24 10:02") as page:
        new_inquiry(page)
        write(page, "Per Uferdig", "Halvavisa", "Midt i en setning")
        settled(page)
        page.get_by_role("link", name="I dag").click(delay=100)  # as a hand does it
        expect(page.get_by_role("heading", name="I dag")).to_be_visible()
        new_inquiry(page)
        draft = page.locator('[class*="st-key-draft-row-"]').filter(has_text="Per Uferdig, Halvavisa")
        expect(draft).to_contain_text("Midt i en setning")
        draft.get_by_role("button", name="Fortsett").click()
        expect(journalist(page)).to_have_value("Per Uferdig")
        expect(page.get_by_label("Hva spør de om?").last).to_have_value("Midt i en setning")


def test_a_correction_over_a_colleagues_is_refused_and_keeps_what_was_typed(office: Office) -> None:
    inquiry = logged(office, "2026-11-24 09:00", "Kutt i kommunene", journalist="Runa Lie")
    with at_the_press_desk(office, "ingunn", "2026-11-24 10:02", screen=LIST) as page:
        row_of(page, "Runa Lie").get_by_role("button", name=re.compile("Runa")).click()
        page.get_by_text("Rett opplysningene").click()
        question = page.get_by_label("Hva spør de om?")
        question.fill("Kutt i kommunene i nord")
        settled(page)
        _corrected_meanwhile(office, inquiry, "Kutt i kommunene i vest")
        page.get_by_role("button", name="Lagre rettelsen").click(delay=100)
        expect(page.get_by_text("Noen andre lagret en endring før deg.")).to_be_visible()
        expect(question).to_have_value("Kutt i kommunene i nord")
    assert inquiry_card(office.context(), inquiry).question == "Kutt i kommunene i vest"


def _corrected_meanwhile(office: Office, inquiry: int, question: str) -> None:
    ctx = office.context("bjørn_ærlend")
    card = inquiry_card(ctx, inquiry)
    form = ChangedInquiry(
        journalist_id=card.journalist_id,
        outlet_id=card.outlet_id,
        question=question,
        received_at=card.row.received_at,
        version=card.version,
    )
    correct_inquiry(ctx, inquiry, form)


def test_what_a_journalist_is_called_or_writes_is_shown_as_text_and_nothing_else(office: Office) -> None:
    question = "**fet** ![](http://tracker.example/x.png) <b>hei</b> :red[rødt] [lenke](http://x.example)"
    logged(office, "2026-11-24 09:00", question, journalist="Ola *Stjerne* <i>Nordmann</i>")
    with at_the_press_desk(office, "ingunn", "2026-11-24 10:02", screen=LIST) as page:
        row = row_of(page, "Stjerne")
        expect(row).to_contain_text(unlinked("**fet** ![](http://tracker.example/x.png) <b>hei</b> :red[rødt]"))
        expect(row).to_contain_text("Ola *Stjerne* <i>Nordmann</i>")
        row.get_by_role("button", name=re.compile("Stjerne")).click()
        expect(page.get_by_role("heading", name="Ola *Stjerne* <i>Nordmann</i>, Fjordavisa")).to_be_visible()
        expect(page.get_by_text(question).first).to_be_visible()


def test_nothing_scrolls_sideways_on_a_phone(office: Office) -> None:
    inquiry = logged(
        office,
        "2026-11-24 09:00",
        "Et langt spørsmål om driftstilskuddsordningen " * 8,
        journalist="Anne-Margrethe Fjellheim-Kristoffersen",
        deadline="2026-11-24 14:00",
    )
    with at_the_press_desk(office, "ingunn", "2026-11-24 10:02", viewport=PHONE) as page:
        page.get_by_role("button", name="Ny mediehenvendelse").click()
        expect(page.get_by_label("Journalist", exact=True)).to_be_visible()
        assert_fits(page)
        page.locator('[data-testid="stExpandSidebarButton"]').click()
        list_of_inquiries(page)
        assert_fits(page)
        row_of(page, "Anne-Margrethe").get_by_role("button", name=re.compile("Anne")).click()
        expect(page.get_by_role("heading", name=re.compile("Anne-Margrethe"))).to_be_visible()
        assert_fits(page)
    assert inquiry


def assert_fits(page: Page) -> None:
    settled(page)
    widths = page.evaluate(
        "() => [document.documentElement, document.querySelector('[data-testid=stMain]')]"
        ".map(part => [part.scrollWidth, part.clientWidth])"
    )
    for scroll, client in widths:
        assert scroll <= client
