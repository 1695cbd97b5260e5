"""The set-up screens: users, office hours, topics, the change log, and one's own account."""

from __future__ import annotations

from datetime import date

import pytest

from crm.cases.topic_commands import TopicName, add_topic
from crm.cases.topic_queries import list_topics
from crm.context import Context
from crm.office.hours_queries import office_hours
from crm.users.passwords import hash_password, is_password
from crm.users.queries import Role, list_users
from crm.users.session_queries import list_own_sessions
from crm.users.sessions import begin_session
from crm.working_time import HalfDay
from db.models.users import User
from tests.conftest import ContextFor, oslo
from tests.pages.driving import button, field, opened, shown, signed_in, words

OLD, NEW = "tre ganske lange ord", "fire enda lengre ord her"


def row(ctx: Context, name: str) -> tuple[Role, bool]:
    return next((user.role, user.is_active) for user in list_users(ctx) if user.name == name)


@pytest.fixture
def with_password(ctx: Context) -> Context:
    with ctx.database.writing() as session:
        user = session.get(User, ctx.user_id)
        assert user is not None
        user.password_hash = hash_password(OLD)
    return ctx


# ---- users


def test_the_last_administrator_who_can_sign_in_is_not_shut_out(ctx: Context) -> None:
    app = opened(signed_in(ctx), "users")
    button(app.main.expander[1], "Sperr brukeren").click()
    assert "Dette er den siste administratoren som kan logge inn." in words(shown(app.run()))
    assert row(ctx, "Ingunn Ås") == (Role.ADMINISTRATOR, True)


def test_a_new_user_gets_a_link_that_is_shown_once(ctx: Context) -> None:
    app = opened(signed_in(ctx), "users")
    field(app, "text_input", "Navn").set_value("Kjersti Ødegård")
    field(app, "text_input", "E-postadresse").set_value("kjersti@norskekulturhus.example")
    button(app, "Legg til og lag invitasjon").click()
    shown(app.run())
    (link,) = app.main.code
    assert "/lenke?nokkel=" in link.value
    assert "Kjersti Ødegård" in words(app)
    assert row(ctx, "Kjersti Ødegård") == (Role.COLLEAGUE, True)
    assert list(shown(app.run()).main.code) == []
    assert field(app, "text_input", "Navn").value == ""


def test_a_refused_user_keeps_what_was_typed(ctx: Context) -> None:
    app = opened(signed_in(ctx), "users")
    field(app, "text_input", "Navn").set_value("Ingunn Ås")
    field(app, "text_input", "E-postadresse").set_value("ingunn@norskekulturhus.example")
    button(app, "Legg til og lag invitasjon").click()
    assert "Det finnes allerede en bruker med denne e-postadressen." in words(shown(app.run()))
    assert field(app, "text_input", "E-postadresse").value == "ingunn@norskekulturhus.example"


def test_a_colleague_is_made_administrator_and_shut_out_and_let_in_again(with_password: Context) -> None:
    ctx = with_password
    name = "Bjørn-Ærlend Wiik"
    app = opened(signed_in(ctx), "users")

    def of_colleague(label: str) -> None:
        expander = next(found for found in app.main.expander if found.label.replace("\\", "").startswith(name))
        next(found for found in expander.button if found.label == label).click()
        shown(app.run())

    expander = next(found for found in app.main.expander if found.label.replace("\\", "").startswith(name))
    expander.get("button_group")[0].set_value(Role.ADMINISTRATOR)
    of_colleague("Lagre rollen")
    assert row(ctx, name) == (Role.ADMINISTRATOR, True)
    of_colleague("Sperr brukeren")
    assert row(ctx, name) == (Role.ADMINISTRATOR, False)
    of_colleague("Åpne for brukeren igjen")
    assert row(ctx, name) == (Role.ADMINISTRATOR, True)


# ---- office hours


def test_hours_are_set_day_by_day_and_the_preview_follows(ctx: Context) -> None:
    app = opened(signed_in(ctx), "office_hours")
    field(app, "text_input", "Fredag").set_value("8-11.30, 12-15")
    button(app, "Lagre åpningstidene").click()
    said = words(shown(app.run()))
    assert "08:00–11:30, 12:00–15:00" in said
    assert field(app, "text_input", "Fredag").value == "08:00–11:30, 12:00–15:00"


def test_a_week_without_open_hours_is_refused_in_plain_words(ctx: Context) -> None:
    app = opened(signed_in(ctx), "office_hours")
    for day in ("Mandag", "Tirsdag", "Onsdag", "Torsdag", "Fredag"):
        field(app, "text_input", day).set_value("")
    button(app, "Lagre åpningstidene").click()
    assert "Kontoret må være åpent minst én gang i uken." in words(shown(app.run()))
    assert office_hours(ctx).version == 0


def test_unreadable_hours_are_refused_and_stay_typed(ctx: Context) -> None:
    app = opened(signed_in(ctx), "office_hours")
    field(app, "text_input", "Mandag").set_value("åtte til fire")
    button(app, "Lagre åpningstidene").click()
    assert "Skriv tidene som 08–16" in words(shown(app.run()))
    assert field(app, "text_input", "Mandag").value == "åtte til fire"


def test_half_days_and_exceptions_are_kept_and_the_holiday_is_named(context_for: ContextFor) -> None:
    ctx = context_for("ingunn", "2026-12-08 09:00")
    app = opened(signed_in(ctx), "office_hours")
    field(app, "toggle", "Nyttårsaften").set_value(False)
    button(app, "Lagre halve dager").click()
    shown(app.run())
    assert set(office_hours(ctx).half_days) == {HalfDay.CHRISTMAS_EVE, HalfDay.WEDNESDAY_BEFORE_EASTER}
    field(app, "date_input", "Dato").set_value(date(2026, 12, 28))
    field(app, "text_input", "Hvorfor (kan stå tomt)").set_value("Romjulsstengt")
    button(app, "Legg til unntak").click()
    said = words(shown(app.run()))
    assert "mandag 28. desember 2026: stengt · Romjulsstengt" in said
    assert "Første juledag" in said
    assert "Julaften" in said
    button(app, "Fjern").click()
    shown(app.run())
    assert office_hours(ctx).exceptions == ()


# ---- topics


def test_a_topic_is_added_renamed_and_taken_out_of_use(ctx: Context) -> None:
    app = opened(signed_in(ctx), "topics")
    field(app, "text_input", "Nytt tema").set_value("Moms")
    button(app, "Legg til tema").click()
    shown(app.run())
    field(app, "text_input", "Navn").set_value("Merverdiavgift")
    button(app, "Lagre navnet").click()
    shown(app.run())
    button(app, "Ta ut av bruk").click()
    assert "Tatt ut av bruk" in words(shown(app.run()))
    assert [(topic.name, topic.is_active) for topic in list_topics(ctx)] == [("Merverdiavgift", False)]


# ---- the change log


def test_the_log_says_what_was_done_and_the_address_narrows_it(ctx: Context) -> None:
    add_topic(ctx, TopicName(name="TONO *fra 2027*"))
    everything = opened(signed_in(ctx), "change_log")
    said = words(everything)
    assert "Tirsdag 24. november 2026" in said
    assert "10:02 · Ingunn Ås la til temaet TONO *fra 2027*." in said
    narrowed = opened(signed_in(ctx), "change_log", **{"logg-hva": "cases"})
    assert "Ingenting er ført i loggen for dette utvalget." in words(narrowed)


def test_the_log_is_turned_a_page_at_a_time(ctx: Context) -> None:
    for number in range(55):
        add_topic(ctx, TopicName(name=f"Tema nummer {number}"))
    app = opened(signed_in(ctx), "change_log")
    assert "Tema nummer 54." in words(app)
    assert "Tema nummer 4." not in words(app)
    button(app, "Vis eldre").click()
    assert "Tema nummer 4." in words(shown(app.run()))
    button(app, "Til de nyeste").click()
    assert "Tema nummer 54." in words(shown(app.run()))


# ---- one's own account


def test_the_language_and_the_shortcuts_are_ones_own(ctx: Context) -> None:
    app = opened(signed_in(ctx), "account")
    assert "Ingunn Ås" in words(app)
    field(app, "toggle", "Snarveier med én bokstav").set_value(False)
    shown(app.run())
    field(app, "button_group", "Språk").set_value("en")
    assert "My account" in words(shown(app.run()))
    with ctx.database.reading() as session:
        user = session.get(User, ctx.user_id)
        assert user is not None
        assert (user.language, user.single_letter_shortcuts) == ("en", False)


def test_the_password_is_changed_only_with_the_one_it_was(with_password: Context) -> None:
    app = opened(signed_in(with_password), "account")

    def change(current: str) -> str:
        field(app, "text_input", "Passordet du har nå").set_value(current)
        field(app, "text_input", "Nytt passord").set_value(NEW)
        field(app, "text_input", "Nytt passord en gang til").set_value(NEW)
        button(app, "Bytt passord").click()
        return words(shown(app.run()))

    assert "Dette er ikke passordet du har nå." in change("noe helt annet enn det")
    assert "Passordet er byttet." in change(OLD)
    with with_password.database.reading() as session:
        user = session.get(User, with_password.user_id)
        assert user is not None
        assert is_password(NEW, user.password_hash)


def test_one_is_signed_out_elsewhere_and_stays_here(ctx: Context) -> None:
    app = signed_in(ctx)
    with ctx.database.writing() as session:
        begin_session(session, ctx.user_id, oslo("2026-11-24 08:00"))
    opened(app, "account")
    assert "Logget inn i dag 10:02, sist brukt i dag 10:02 (denne nettleseren)" in words(app)
    button(app, "Logg ut den andre").click()
    shown(app.run())
    assert len(list_own_sessions(ctx)) == 1
    assert "Ingunn Ås" in words(app)
