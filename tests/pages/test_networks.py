"""The screens of the network bodies, driven as a colleague would."""

from __future__ import annotations

from datetime import date, time

import pytest

from crm.context import Context
from crm.networks.body_commands import adopt_bodies, give_seat
from crm.networks.commands import cancel_meeting, log_meeting
from crm.networks.forms import Cancellation, Mark, NewMeeting, Seat
from crm.networks.queries import body_card, body_quarters, list_bodies, list_meetings, meeting_card
from crm.networks.words import AttendanceStatus, Cadence, EventStatus
from crm.periods import Quarter
from tests.conftest import ContextFor
from tests.pages.driving import button, field, opened, shown, signed_in, words

ATTENDED = AttendanceStatus.ATTENDED


@pytest.fixture
def mir(ctx: Context) -> int:
    """MIR, where Ingunn has a seat; Arrangørforum stands beside it."""
    adopt_bodies(ctx)
    found = {body.name: body.id for body in list_bodies(ctx)}["MIR"]
    give_seat(ctx, found, Seat(user_id=ctx.user_id, role="Styremedlem", since=date(2024, 1, 1)))
    return found


def logged(ctx: Context, body_id: int, day: str, *, is_held: bool = True, title: str = "") -> int:
    marks = (Mark(user_id=ctx.user_id, status=ATTENDED),) if is_held else ()
    new = NewMeeting(
        body_id=body_id,
        day=date.fromisoformat(day),
        starts=time(9),
        is_held=is_held,
        marks=marks,
        title=title,
        token=f"the-meeting-of-{day}",
    )
    return log_meeting(ctx, new)


def test_a_quarter_without_a_meeting_shows_itself_and_names_the_cancelled_one(
    context_for: ContextFor, mir: int
) -> None:
    ctx = context_for("ingunn", "2027-01-08 10:00")
    logged(ctx, mir, "2026-11-12")
    forum = next(body.id for body in list_bodies(ctx) if body.name == "Arrangørforum")
    cancelled = logged(ctx, forum, "2026-12-03", is_held=False, title="Julemøtet")
    cancel_meeting(ctx, cancelled, Cancellation(because="For få påmeldte"), version=1)
    app = opened(signed_in(ctx), "networks", kvartal="4. kvartal 2026")
    said = words(app)
    assert "MIR (Musikkindustriens næringsråd)" in said
    assert "1 av 1 møte" in said
    assert "Ingen møter ble holdt." in said
    rows = [option for group in app.get("button_group") for option in group.options]
    (row,) = [row.replace("\\", "") for row in rows if "Julemøtet" in row]
    assert row.startswith("**3. des. 2026 09:00** · Julemøtet")
    assert "[Avlyst]" in row
    assert "For få påmeldte" in row


def test_a_meeting_is_logged_from_the_overview_with_one_click_when_the_preset_is_right(ctx: Context, mir: int) -> None:
    app = opened(signed_in(ctx), "networks")
    field(app, "button_group", "Organ").set_value(mir)
    app.run()
    button(app, "Lagre som holdt").click()
    said = words(shown(app.run()))
    assert "Lagret: Møte i MIR, i dag 10:00." in said
    (meeting,) = list_meetings(ctx, mir)
    assert (meeting.status, meeting.attended) == (EventStatus.HELD, ("Ingunn Ås",))
    assert body_quarters(ctx, [Quarter(2026, 4)])[mir][0].done == 1


def test_a_refused_meeting_keeps_what_was_typed(ctx: Context, mir: int) -> None:
    app = opened(signed_in(ctx), "networks")
    field(app, "date_input", "Dato").set_value(date(2026, 12, 10))
    field(app, "text_input", "Sted").set_value("Sentralen")
    button(app, "Lagre som holdt").click()
    said = words(shown(app.run()))
    assert "Møtet har ikke begynt ennå." in said
    assert field(app, "text_input", "Sted").value == "Sentralen"
    button(app, "Lagre som planlagt").click()
    assert "Lagret: Møte i Arrangørforum" in words(shown(app.run()))
    assert field(app, "text_input", "Sted").value == ""


def test_attendance_and_minutes_of_a_planned_meeting_that_has_begun(
    context_for: ContextFor, ctx: Context, mir: int
) -> None:
    meeting = logged(context_for("ingunn", "2026-11-20 09:00"), mir, "2026-11-24", is_held=False)
    app = opened(signed_in(ctx), "meeting", id=meeting)
    field(app, "button_group", "Ingunn Ås").set_value(ATTENDED)
    button(app, "Bjørn\\-Ærlend Wiik").click()
    app.run()
    field(app, "button_group", "Bjørn-Ærlend Wiik").set_value(AttendanceStatus.APOLOGIES)
    button(app, "Møtet er holdt – lagre oppmøte").click()
    shown(app.run())
    card = meeting_card(ctx, meeting)
    assert card.status == EventStatus.HELD
    assert [(line.name, line.status) for line in card.attendees] == [
        ("Ingunn Ås", ATTENDED),
        ("Bjørn-Ærlend Wiik", AttendanceStatus.APOLOGIES),
    ]
    field(app, "text_area", "Referat").set_value("Vedtak: felles høringssvar.")
    button(app, "Lagre referat").click()
    shown(app.run())
    assert meeting_card(ctx, meeting).minutes == "Vedtak: felles høringssvar."
    assert "Referatet er lagret." in [caption.value for caption in app.caption]


def test_a_meeting_is_cancelled_with_a_reason_and_put_back(ctx: Context, mir: int) -> None:
    meeting = logged(ctx, mir, "2026-11-12")
    app = opened(signed_in(ctx), "meeting", id=meeting)
    field(app, "text_input", "Hvorfor ble det avlyst?").set_value("Sykdom")
    button(app, "Avlys møtet").click()
    assert "Avlyst fordi: Sykdom" in words(shown(app.run()))
    button(app, "Møtet blir holdt likevel").click()
    shown(app.run())
    assert meeting_card(ctx, meeting).status == EventStatus.PLANNED


def test_a_click_on_a_meeting_opens_it(ctx: Context, mir: int) -> None:
    meeting = logged(ctx, mir, "2026-11-12")
    app = opened(signed_in(ctx), "body", id=mir)
    next(group for group in app.get("button_group") if group.key == "meetings-all-0").set_value(meeting)
    said = words(shown(app.run()))
    assert "torsdag 12. november 2026 09:00" in said


def test_another_meetings_values_never_show_in_the_fields(ctx: Context, mir: int) -> None:
    first, second = logged(ctx, mir, "2026-11-12"), logged(ctx, mir, "2026-11-13")
    app = signed_in(ctx)
    opened(app, "meeting", id=first)
    field(app, "text_area", "Referat").set_value("Referatet fra det første")
    app.run()
    app.query_params["id"] = str(second)
    shown(app.run())
    assert field(app, "text_area", "Referat").value == ""


def test_the_body_shows_its_quarters_seats_and_rhythm(ctx: Context, mir: int) -> None:
    logged(ctx, mir, "2026-11-12")
    said = words(opened(signed_in(ctx), "body", id=mir))
    assert "Ingunn Ås (Styremedlem) fra 01.01.2024" in said
    assert "Fra 01.01.2023: Minst 1 møte hvert kvartal" in said
    assert "1 av 1 møte" in said


def test_an_address_with_a_body_that_is_gone_says_so(ctx: Context, mir: int) -> None:
    assert "Denne finnes ikke lenger, eller adressen er feil." in words(opened(signed_in(ctx), "body", id=999))


def test_set_up_adds_a_body_and_changes_its_rhythm_from_a_day_on(ctx: Context, mir: int) -> None:
    app = opened(signed_in(ctx), "bodies", id=mir)
    field(app, "text_input", "Navn på organet").set_value("Nordisk kulturhusnettverk")
    button(app, "Legg til organet").click()
    shown(app.run())
    added = next(body for body in list_bodies(ctx) if body.name == "Nordisk kulturhusnettverk")
    assert (added.cadence, added.minimum) == (Cadence.QUARTERLY, 1)
    assert body_card(ctx, added.id).rhythms[0][1] == date(2026, 10, 1)
    assert field(app, "text_input", "Navn på organet").value == ""


def test_a_colleague_sees_the_networks_and_not_their_set_up(context_for: ContextFor, mir: int) -> None:
    app = opened(signed_in(context_for("bjørn_ærlend")), "body", id=mir)
    assert "Endre plasser og rytme" not in words(app)
