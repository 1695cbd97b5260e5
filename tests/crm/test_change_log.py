"""The change log: a word and facts are kept, the sentence is made for whoever reads it."""

from __future__ import annotations

import ast
from datetime import date, time
from pathlib import Path

import pytest

from crm.cases.topic_commands import TopicName, add_topic, rename_topic
from crm.change_log.areas import FIRST_WORDS, Area
from crm.change_log.queries import Entry, Narrowed, list_actors, list_entries
from crm.change_log.sentences import SENTENCES, details, sentence
from crm.context import Context, command_line
from crm.errors import NotAllowed
from crm.i18n import use_language
from crm.networks.body_commands import adopt_bodies, give_seat
from crm.networks.commands import log_meeting
from crm.networks.forms import NewMeeting, Seat
from crm.networks.queries import list_bodies
from crm.office.commands import add_exception, set_office_hours
from crm.office.forms import NewException, OfficeWeek
from crm.users.commands import change_role, set_language
from crm.users.queries import Role
from tests.conftest import ContextFor

CRM = Path(__file__).parents[2] / "crm"
EVERYTHING = Narrowed()


def actions_in(module: Path) -> set[str]:
    """The words handed to `record(...)` in this file, also those that stand in a condition or in a constant beside it."""
    tree = ast.parse(module.read_text("utf-8"))
    constants = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    found: set[str] = set()
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "record":
            for part in ast.walk(call.args[1]):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    found.add(part.value)
                if isinstance(part, ast.Name) and part.id in constants:
                    found.add(str(constants[part.id]))
    return found


def said(ctx: Context, narrowed: Narrowed = EVERYTHING) -> list[str]:
    return [sentence(entry) for entry in list_entries(ctx, narrowed)]


def test_every_action_that_is_recorded_has_a_sentence_and_no_sentence_is_left_over() -> None:
    recorded = set().union(*(actions_in(module) for module in CRM.rglob("*.py")))
    assert len(recorded) > 30  # the search itself works
    assert recorded == set(SENTENCES)


def test_every_action_belongs_to_one_part_of_the_work() -> None:
    words = [word for area in Area for word in FIRST_WORDS[area]]
    assert len(words) == len(set(words))
    assert {action.partition(".")[0] for action in SENTENCES} == set(words)


def test_every_sentence_says_who_and_none_asks_for_more_than_it_is_given(ctx: Context) -> None:
    for text in (said() for said in SENTENCES.values()):
        assert "{who}" in text
        assert text.format(who="Ingunn Ås", what="Temaet").endswith(".")


def test_newest_first_in_the_readers_language(ctx: Context) -> None:
    topic = add_topic(ctx, TopicName(name="Moms"))
    rename_topic(ctx, topic, TopicName(name="Merverdiavgift"), version=1)
    set_office_hours(ctx, OfficeWeek(hours=("09-15", "08-16", "08-16", "08-16", "08-16", "", "")), version=0)
    assert said(ctx) == [
        "Ingunn Ås endret kontortiden.",
        "Ingunn Ås ga temaet nytt navn: Merverdiavgift.",
        "Ingunn Ås la til temaet Moms.",
    ]
    newest, renamed, _ = list_entries(ctx, EVERYTHING)
    assert details(newest) == ["Mandag: 08:00–16:00 → 09:00–15:00"]
    assert details(renamed) == ["navn: Moms → Merverdiavgift"]
    use_language("en")
    assert said(ctx)[0] == "Ingunn Ås changed the office hours."


def test_what_the_first_start_did_is_the_command_lines(ctx: Context) -> None:
    adopt_bodies(command_line(ctx.database, ctx.now))
    assert said(ctx) == ["Kommandolinjen la til organet Arrangørforum.", "Kommandolinjen la til organet MIR."]


def test_a_meeting_is_named_by_its_body_and_day(ctx: Context) -> None:
    adopt_bodies(ctx)
    mir = next(body.id for body in list_bodies(ctx) if body.name == "MIR")
    log_meeting(
        ctx,
        NewMeeting(body_id=mir, day=date(2026, 11, 12), starts=time(10), is_held=True, token="one-meeting-of-mir"),
    )
    assert said(ctx)[0] == "Ingunn Ås registrerte at møtet i MIR 12.11.2026 10:00 ble holdt."


def test_a_users_role_is_said_in_words_and_an_exception_by_its_day(context_for: ContextFor) -> None:
    ctx, board = context_for("ingunn"), context_for("styret")
    change_role(ctx, board.user_id, Role.COLLEAGUE)
    add_exception(ctx, NewException(day=date(2026, 11, 27), note="Planleggingsdag"))
    closed, role = list_entries(ctx, EVERYTHING)
    assert sentence(role) == "Ingunn Ås endret rollen til Styreleder Ødegård."
    assert details(role) == ["rolle: Leser → Kollega"]
    assert details(closed) == ["27.11.2026: stengt"]


def test_a_seat_is_said_with_the_colleagues_name_of_today(context_for: ContextFor) -> None:
    ctx, colleague = context_for("ingunn"), context_for("bjørn_ærlend")
    adopt_bodies(ctx)
    give_seat(ctx, list_bodies(ctx)[0].id, Seat(user_id=colleague.user_id))
    newest = list_entries(ctx, EVERYTHING)[0]
    assert sentence(newest) == "Ingunn Ås ga en plass i Arrangørforum."
    assert details(newest) == ["Bjørn-Ærlend Wiik"]


def test_the_log_is_narrowed_to_a_part_of_the_work_a_colleague_and_days(context_for: ContextFor) -> None:
    monday, tuesday = context_for("ingunn", "2026-11-23 23:30"), context_for("ingunn", "2026-11-24 00:30")
    colleague = context_for("bjørn_ærlend", "2026-11-24 09:00")
    add_topic(monday, TopicName(name="TONO"))
    add_topic(tuesday, TopicName(name="Moms"))
    set_language(colleague, "en")
    by_area = {area: said(monday, Narrowed(area=area)) for area in (Area.SETUP, Area.USERS, Area.CASES)}
    assert by_area == {
        Area.SETUP: ["Ingunn Ås la til temaet Moms.", "Ingunn Ås la til temaet TONO."],
        Area.USERS: ["Bjørn-Ærlend Wiik byttet språk."],
        Area.CASES: [],
    }
    assert said(monday, Narrowed(actor_id=colleague.user_id)) == ["Bjørn-Ærlend Wiik byttet språk."]
    # half past eleven in the evening and half past midnight are two days in Oslo, and one in UTC
    assert said(monday, Narrowed(until=date(2026, 11, 23))) == ["Ingunn Ås la til temaet TONO."]
    assert len(said(monday, Narrowed(since=date(2026, 11, 24)))) == 2


def test_the_log_is_read_a_page_at_a_time_without_gaps(ctx: Context) -> None:
    for number in range(5):
        add_topic(ctx, TopicName(name=f"Tema {number}"))
    first = list_entries(ctx, EVERYTHING, limit=2)
    second = list_entries(ctx, EVERYTHING, before=first[-1].id, limit=2)
    third = list_entries(ctx, EVERYTHING, before=second[-1].id, limit=2)
    assert [entry.facts["name"] for entry in (*first, *second, *third)] == [f"Tema {n}" for n in (4, 3, 2, 1, 0)]


def test_a_name_with_braces_in_it_is_only_a_name(ctx: Context) -> None:
    add_topic(ctx, TopicName(name="{who} og {hva}"))
    assert said(ctx) == ["Ingunn Ås la til temaet {who} og {hva}."]


def test_an_action_of_an_older_version_is_named_as_it_is_stored(ctx: Context) -> None:
    add_topic(ctx, TopicName(name="TONO"))
    (entry,) = list_entries(ctx, EVERYTHING)
    old = Entry(**{**{name: getattr(entry, name) for name in Entry.__dataclass_fields__}, "action": "topic.frozen"})
    assert sentence(old) == "Ingunn Ås: topic.frozen TONO"


def test_all_actors_can_be_chosen(ctx: Context) -> None:
    assert [one.name for one in list_actors(ctx)] == ["Bjørn-Ærlend Wiik", "Ingunn Ås", "Styreleder Ødegård"]


@pytest.mark.parametrize("who", ["bjørn_ærlend", "styret"])
def test_only_administrators_read_the_log(context_for: ContextFor, who: str) -> None:
    with pytest.raises(NotAllowed):
        list_entries(context_for(who), EVERYTHING)
