"""A wish not to be contacted stands wherever somebody is about to answer."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from crm.cases.commands import open_case
from crm.cases.forms import NewCase
from crm.context import Context
from crm.media.commands import open_inquiry
from crm.media.forms import NewInquiry
from crm.people.commands import add_person, stop_contact
from crm.people.forms import NewPerson, NoContact
from db.models.people import ContactChannel
from tests.pages.driving import field, opened, shown, signed_in, words

WISH = "**Vil ikke ringes** · siden 24.11.2026 · Ba om brev"


@pytest.fixture
def torunn(ctx: Context) -> int:
    person = add_person(ctx, NewPerson(name="Torunn Bråten"))
    stop_contact(ctx, person, NoContact(channel=ContactChannel.PHONE, since=ctx.today, reason="Ba om brev"))
    return person


@pytest.fixture
def screen(ctx: Context) -> AppTest:
    return signed_in(ctx)


def test_on_her_case(ctx: Context, screen: AppTest, torunn: int) -> None:
    new = NewCase.checked(what="Leie av sal", answered=False, token="the case of Torunn", person_id=torunn)
    assert WISH in words(opened(screen, "case", id=open_case(ctx, new)))


def test_on_her_press_inquiry_and_while_she_calls(ctx: Context, screen: AppTest, torunn: int) -> None:
    new = {"question": "Hvor mange hus?", "token": "the question of Torunn", "outlet": "Nordlyspressen"}
    inquiry = open_inquiry(ctx, NewInquiry.checked(journalist_id=torunn, **new))
    assert WISH in words(opened(screen, "inquiry", id=inquiry))
    says_so_while_she_is_chosen(opened(screen, "new_inquiry"), "Journalist")


def test_while_her_call_is_logged(screen: AppTest, torunn: int) -> None:
    says_so_while_she_is_chosen(opened(screen, "new_case"), "Hvem")


def says_so_while_she_is_chosen(form: AppTest, who: str) -> None:
    field(form, "text_input", who).set_value("torunn")
    assert WISH in words(shown(form.run()))
    field(form, "text_input", who).set_value("åse")
    assert WISH not in words(shown(form.run()))
