"""`kulturcrm demo`: believable, wholly fictitious, never taken for real, and the same when it is opened again the same day."""

from __future__ import annotations

import random
import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from stdnum.no import orgnr

from crm.cases.cards import CaseStatus
from crm.cases.case_queries import list_cases
from crm.cases.commands import open_case
from crm.cases.forms import NewCase
from crm.cases.selects import CaseFilter, Standing
from crm.context import Actor, Context, command_line
from crm.demo import cast, membership, season
from crm.demo.calls import Switchboard, answered_in_the_call, by_mail, rung_and_left_open
from crm.demo.filling import STAFF, fill, hire
from crm.demo.marking import is_demonstration
from crm.demo.opening import PORT, demo_settings, opened_demo
from crm.demo.stage import Stage, data, on_the_wall
from crm.demo.storytelling import Story, tell
from crm.errors import Refused
from crm.installation import first_contents
from crm.members.places import municipalities, municipality
from crm.names import search_key
from crm.settings import Settings
from crm.users.commands import add_user
from crm.users.forms import NewUser
from crm.users.sign_in import sign_in_by_link
from db.engine import Database
from db.models.users import Role
from db.one_sitting import OneSitting
from db.upgrade import create
from tests.conftest import oslo

NOW = oslo("2026-11-24 10:02")  # a Tuesday in season
OUR_PHONES = re.compile(r"\+47(40612\d{3}|21234\d{3})")
# What is random on purpose: secrets.
NOT_COMPARED = {"sessions", "one_time_links", "users"}


def filled(path: Path, now: datetime, scale: float) -> Path:
    create(f"sqlite:///{path}")
    with OneSitting(f"sqlite:///{path}") as database:
        fill(database, now, scale=scale)
    return path


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """A tenth of the demonstration, made once and only looked at."""
    path = filled(tmp_path_factory.mktemp("demo") / "demo.db", NOW, 0.1)
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        yield connection


@pytest.fixture
def stage(database: Database) -> Stage:
    return Stage(database, NOW, "kulturcrm")


def values(demo: sqlite3.Connection, query: str) -> list[str]:
    return [row[0] for row in demo.execute(query)]


def instants(demo: sqlite3.Connection, table: str, column: str) -> list[datetime]:
    found = values(demo, f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL")
    return [datetime.fromisoformat(f"{at}+00:00") for at in found]


# -- Who is in it


def test_131_houses_are_members_today_in_all_15_counties(stage: Stage) -> None:
    houses = cast.houses(stage.chance("cast"), cast.Numbers(stage.chance("cast")))
    assert len(houses) - membership.LEFT == 131
    places = [municipality(house.municipality) for house in houses]
    assert None not in places
    assert len({place.county.number for place in places if place}) == 15
    assert len({place.number for place in places if place}) > 100
    assert all(1 <= len(house.contacts) <= 4 for house in houses)


def test_no_house_is_called_after_a_real_place(stage: Stage) -> None:
    """Most real houses are: a name that begins with its municipality's could be somebody's."""
    real = {search_key(name) for place in municipalities() for name in place.name.split(" - ")}
    words = {word for line in data("houses")["houses"] for word in search_key(line.partition(" | ")[0]).split()}
    assert words & real == set()
    begins = {word for word in words for name in real if len(name) > 4 and word.startswith(name)}
    assert begins == {"fjordglimt"}  # Fjord is a municipality, and a word


def test_every_organisation_number_is_of_a_series_that_nobody_has(demo: sqlite3.Connection) -> None:
    numbers = values(demo, "SELECT org_number FROM organisations WHERE org_number IS NOT NULL")
    assert numbers[:2] == ["310000019", "310000027"]  # Fjordglimt and Åsgard, as in the stories we test with
    assert all(number.startswith("3") and orgnr.is_valid(number) for number in numbers)


def test_every_phone_number_is_one_of_ours(demo: sqlite3.Connection) -> None:
    phones = values(demo, "SELECT normalised FROM contact_points WHERE kind = 'phone'")
    phones += values(demo, "SELECT caller_phone FROM support_cases WHERE caller_phone IS NOT NULL")
    assert len(phones) > 40
    assert [phone for phone in phones if not OUR_PHONES.fullmatch(phone or "")] == []
    assert len(phones) == len(set(phones))  # a journalist's second call leaves no second number


def test_every_address_leads_nowhere(demo: sqlite3.Connection) -> None:
    addresses = values(demo, "SELECT raw FROM contact_points WHERE kind = 'email'") + values(
        demo, "SELECT email FROM users"
    )
    sites = values(demo, "SELECT website FROM organisations WHERE website IS NOT NULL")
    assert len(addresses) > 40
    assert [address for address in addresses + sites if not address.endswith(".example")] == []
    assert values(demo, "SELECT raw FROM contact_points WHERE NOT is_valid") == []


# -- What happened


def test_twelve_to_twenty_calls_a_week_in_season_few_in_july_and_at_christmas_and_fewest_at_weekends(
    stage: Stage,
) -> None:
    chance = stage.chance("calls")
    arrivals = [*season.call_times(stage, chance), *season.mail_times(stage, chance)]
    weeks = Counter(at.isocalendar()[:2] for at in arrivals)
    months = Counter((at.year, at.month) for at in arrivals)
    october = months[2026, 10] / 31 * 7
    assert 12 <= october <= 22
    assert months[2026, 7] < months[2026, 10] / 3
    assert weeks[2025, 52] + weeks[2026, 1] < weeks[2025, 48]
    weekdays = Counter(at.astimezone(NOW.tzinfo).weekday() for at in arrivals)
    assert max(weekdays[5], weekdays[6]) < min(weekdays[day] for day in range(5)) / 4
    assert 1200 < len(arrivals) < 2000


def test_two_to_four_inquiries_a_week_some_of_them_in_the_evening_and_at_weekends(stage: Stage) -> None:
    arrivals = [at.astimezone(NOW.tzinfo) for at in season.press_times(stage, stage.chance("press"))]
    assert 2 <= len(arrivals) / 104 <= 4
    assert any(at.weekday() >= 5 for at in arrivals)
    assert any(at.hour >= 17 for at in arrivals)


def test_most_calls_were_answered_in_the_call_and_some_wait_still(demo: sqlite3.Connection) -> None:
    (total,) = values(demo, "SELECT count(*) FROM support_cases")
    (at_once,) = values(demo, "SELECT count(*) FROM support_cases WHERE closed_at = received_at")
    (strangers,) = values(demo, "SELECT count(*) FROM support_cases WHERE organisation_id IS NULL AND caller <> ''")
    ages = sorted(
        (NOW - at for at in instants(demo, "support_cases", "CASE WHEN closed_at IS NULL THEN received_at END")),
        reverse=True,
    )
    assert int(at_once) / int(total) > 0.4
    assert 0 < int(strangers) < int(total) / 6
    assert len(ages) >= 8
    assert ages[0] > timedelta(days=14)
    assert ages[-1] < timedelta(days=1)


def test_journalists_wait_with_deadlines_ahead_and_one_that_has_just_passed(demo: sqlite3.Connection) -> None:
    waiting = instants(demo, "inquiries", "CASE WHEN closed_at IS NULL THEN deadline_at END")
    assert sum(at > NOW for at in waiting) >= 3
    assert any(timedelta(0) < NOW - at < timedelta(hours=2) for at in waiting)
    assert len(values(demo, "SELECT DISTINCT medium FROM inquiries")) >= 4
    assert len(values(demo, "SELECT DISTINCT outcome FROM inquiries WHERE outcome IS NOT NULL")) >= 4


def test_posts_have_followed_each_other_and_wishes_stand(demo: sqlite3.Connection) -> None:
    """An adviser who was a journalist, a committee that changed, an outlet by another name, and what people asked of us."""
    adviser = "SELECT p.kind FROM posts p JOIN persons ON persons.id = person_id WHERE name = 'Torbjørg Heggdalsvik'"
    assert values(demo, f"{adviser} ORDER BY p.id") == ["journalist", "adviser"]
    sitting = "FROM posts JOIN organisations o ON o.id = organisation_id WHERE o.name LIKE 'Kulturkomiteen%'"
    ((sat, left),) = demo.execute(f"SELECT count(*), sum(until < '{NOW:%Y-%m-%d}') {sitting}").fetchall()
    assert (sat, left) == (6, 1)
    assert values(demo, "SELECT kind FROM posts WHERE party IS NOT NULL AND kind <> 'elected'") == []
    assert "Vestkystens Kulturblad" in values(demo, "SELECT name FROM organisation_names WHERE kind = 'former'")
    assert sorted(values(demo, "SELECT channel FROM do_not_contacts")) == ["email", "letter", "phone"]


def test_the_bodies_met_each_quarter_but_one_and_meet_again_soon(demo: sqlite3.Connection) -> None:
    statuses = Counter(values(demo, "SELECT status FROM events"))
    assert statuses == {"held": 16, "cancelled": 1, "planned": 1}
    (coming,) = values(demo, "SELECT starts_at FROM events WHERE status = 'planned'")
    assert timedelta(0) < datetime.fromisoformat(f"{coming}+00:00") - NOW < timedelta(days=14)
    unwritten = values(demo, "SELECT starts_at FROM events WHERE status = 'held' AND minutes = '' ORDER BY starts_at")
    assert all(NOW - datetime.fromisoformat(f"{at}+00:00") < timedelta(days=3) for at in unwritten)
    assert set(values(demo, "SELECT DISTINCT status FROM attendances")) == {"attended", "apologies", "absent"}


def test_the_newsletter_has_those_who_said_yes_and_two_who_left(demo: sqlite3.Connection) -> None:
    counts = "SELECT count(consent_on), count(unsubscribed_on) FROM mailing_list_members WHERE list_id = 1"
    yes, no = demo.execute(counts).fetchone()
    assert yes >= 10
    assert no == 2
    assert demo.execute("SELECT count(*) FROM selections").fetchone() == (2,)


def test_the_staff_have_something_to_do_and_habits_that_are_kept(demo: sqlite3.Connection) -> None:
    late = values(demo, "SELECT due_at FROM tasks WHERE done_at IS NULL AND due_at IS NOT NULL ORDER BY due_at")
    assert datetime.fromisoformat(f"{late[0]}+00:00") <= NOW
    assert Counter(values(demo, "SELECT repeats FROM tasks WHERE done_at IS NOT NULL")) == {"weekly": 6, "monthly": 4}
    assert Counter(values(demo, "SELECT repeats FROM tasks WHERE done_at IS NULL AND repeats IS NOT NULL")) == {
        "weekly": 1,
        "monthly": 1,
    }
    assert len(values(demo, "SELECT id FROM taggings")) == 28


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("support_cases", "received_at"),
        ("support_cases", "closed_at"),
        ("tasks", "done_at"),
        ("inquiries", "received_at"),
        ("messages", "at"),
        ("pauses", "started_at"),
        ("audit_entries", "at"),  # nothing was even written down later than now
    ],
)
def test_nothing_has_happened_in_the_future(demo: sqlite3.Connection, table: str, column: str) -> None:
    found = instants(demo, table, column)
    assert found
    assert max(found) <= NOW
    assert min(found) < NOW - timedelta(days=10)


def test_the_change_log_tells_it_in_the_order_it_happened(demo: sqlite3.Connection) -> None:
    told = instants(demo, "audit_entries", "at")
    assert told == sorted(told)


@pytest.mark.parametrize(
    "now",
    [
        "2027-01-03 03:20",  # the Sunday after New Year, at night
        "2028-02-29 23:58",  # a leap day, two minutes before it is over
        "2026-07-12 12:00",  # the middle of the holidays
    ],
)
def test_it_can_be_made_on_any_day_at_any_hour(tmp_path: Path, now: str) -> None:
    path = filled(tmp_path / "demo.db", oslo(now), 0.02)
    with closing(sqlite3.connect(path)) as connection:
        deadlines = instants(connection, "inquiries", "deadline_at")
        assert sum(at > oslo(now) for at in deadlines) >= 3
        assert max(instants(connection, "messages", "at")) <= oslo(now)
        assert len(values(connection, "SELECT id FROM support_cases WHERE closed_at IS NULL")) >= 8


def test_the_same_moment_gives_the_same_work(tmp_path: Path) -> None:
    assert content(filled(tmp_path / "one.db", NOW, 0.02)) == content(filled(tmp_path / "two.db", NOW, 0.02))


def content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as connection:
        tables = values(connection, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        return {
            table: connection.execute(f"SELECT * FROM {table}").fetchall()
            for table in tables
            if table not in NOT_COMPARED
        }


# -- Stories


def test_stories_are_told_in_the_order_of_time_and_not_beyond_its_end() -> None:
    told = []

    def story(name: str, *days: int) -> Story:
        for day in days:
            yield on_the_wall(date(2026, 11, day), 12)
            told.append((name, day))

    tell([story("Fjordglimt", 2, 9, 30), story("Åsgard", 3, 4, 5)], until=on_the_wall(date(2026, 11, 9), 12))
    assert told == [("Fjordglimt", 2), ("Åsgard", 3), ("Åsgard", 4), ("Åsgard", 5), ("Fjordglimt", 9)]


def test_one_sitting_that_fails_leaves_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'demo.db'}"
    create(url)
    with OneSitting(url) as database:
        invited = add_user(
            command_line(database, NOW), NewUser(name="Ingunn Ås", email="ingunn@as.example", role=Role.COLLEAGUE)
        )
    assert invited.user_id == 1
    with pytest.raises(ZeroDivisionError):
        _fill_and_fail(url)
    with closing(sqlite3.connect(tmp_path / "demo.db")) as connection:
        assert values(connection, "SELECT count(*) FROM support_cases") == [0]


def _fill_and_fail(url: str) -> None:
    with OneSitting(url) as database:
        open_case(leader(database, NOW), NewCase(token="halvferdig-fylling", what="Rakk ikke mer.", answered=False))
        raise ZeroDivisionError


class EverythingAtOnce(random.Random):
    """Whatever happens now and then, happens: the stories must fit together in every order that chance can give."""

    def random(self) -> float:
        return 0.0


@pytest.mark.parametrize("story", [by_mail, rung_and_left_open, answered_in_the_call])
def test_a_case_to_which_everything_happens_is_told_to_its_end(
    story: Callable[[Switchboard, random.Random, datetime], Story], database: Database
) -> None:
    stage = Stage(database, NOW, "kulturcrm")
    first_contents(database, stage.begins)
    hire(stage)
    switchboard = Switchboard(stage, [], cast.Numbers(stage.chance("numbers")), {})
    house = cast.houses(stage.chance("cast"), switchboard.numbers, share=0.02)[0]
    membership.enter(stage.as_("ingunn", stage.begins), stage.chance("enter"), house, since=None)
    switchboard.cast.append(house)
    tell([story(switchboard, EverythingAtOnce(), NOW - timedelta(days=60))], until=NOW)
    [case] = list_cases(stage.as_("ingunn", NOW), CaseFilter(standing=Standing.ALL)).lines
    assert case.status is CaseStatus.CLOSED
    assert case.house == house.name  # a stranger at first, tied to the house later


# -- Opening it


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return demo_settings(Settings(data_folder=tmp_path, database_url="postgresql://ingunn@example.example/kulturcrm"))


def leader(database: Database, now: datetime) -> Context:
    name, _, role = STAFF["ingunn"]
    return Context(Actor(1, name, role), database, now)


def number_of_cases(database: Database) -> int:
    assert database.path is not None
    with closing(sqlite3.connect(database.path)) as connection:
        return int(values(connection, "SELECT count(*) FROM support_cases")[0])


def test_it_never_touches_the_real_database(tmp_path: Path, settings: Settings) -> None:
    assert settings.is_sqlite
    assert settings.data_folder.parent == tmp_path
    assert settings.data_folder.name == "demonstrasjon"
    assert settings.port == PORT != Settings().port  # beside the real one
    assert demo_settings(Settings(port=9000)).port == 9000  # asked for


def test_the_link_lets_the_fictitious_leader_in_once(settings: Settings) -> None:
    database, entrance = opened_demo(settings, NOW, scale=0.02)
    token = entrance.removeprefix("/lenke?nokkel=")
    assert is_demonstration(database)
    assert sign_in_by_link(database, NOW, token=token)
    with pytest.raises(Refused):
        sign_in_by_link(database, NOW, token=token)
    assert database.path is not None
    with closing(sqlite3.connect(database.path)) as connection:
        rows = connection.execute("SELECT purpose FROM one_time_links WHERE used_at IS NULL").fetchall()
        signed_in = connection.execute(
            "SELECT role FROM sessions JOIN users ON users.id = user_id ORDER BY sessions.created_at"
        ).fetchall()
    assert rows == []
    assert signed_in[-1] == (Role.ADMINISTRATOR.value,)


def test_a_second_start_the_same_day_keeps_what_the_visitor_wrote_and_the_next_day_begins_anew(
    settings: Settings,
) -> None:
    database, _ = opened_demo(settings, NOW, scale=0.02)
    before = number_of_cases(database)
    open_case(
        leader(database, NOW), NewCase(token="besøkendes-første-sak", what="Prøver å skrive noe her.", answered=False)
    )
    database.close()

    again, _ = opened_demo(settings, NOW + timedelta(hours=5), scale=0.02)
    assert again.path == database.path
    assert number_of_cases(again) == before + 1
    again.close()

    tomorrow, _ = opened_demo(settings, NOW + timedelta(days=1), scale=0.02)
    assert tomorrow.path != database.path
    with closing(sqlite3.connect(str(tomorrow.path))) as connection:
        assert values(connection, "SELECT count(*) FROM support_cases WHERE what = 'Prøver å skrive noe her.'") == [0]
    assert [file.name for file in settings.data_folder.glob("*.db")] == [Path(str(tomorrow.path)).name]


def test_a_real_database_is_no_demonstration(database: Database) -> None:
    assert not is_demonstration(database)
