"""The plan and the response times on the screen, as the leader and the board read them."""

from __future__ import annotations

from datetime import date

import pytest

from crm.context import Context
from crm.periods import Quarter
from crm.plan.commands import adopt_plan
from crm.plan.queries import progress
from tests.conftest import ContextFor
from tests.pages.driving import button, field, opened, shown, signed_in, words
from tests.quarter import logged_quarter

Q4 = "2026-K4"


@pytest.fixture
def logged(context_for: ContextFor, tmp_path_factory: pytest.TempPathFactory) -> ContextFor:
    logged_quarter(context_for, tmp_path_factory.mktemp("quarter"))
    return context_for


@pytest.fixture
def in_january(logged: ContextFor) -> Context:
    return logged("ingunn", "2027-01-08 09:00")


def plain(text: str) -> str:
    """Without the escapes that keep people's words from being read as Markdown."""
    return text.replace("\\", "").replace("\u00a0", " ")


def test_the_whole_plan_stands_on_one_screen_with_the_board_s_numbers(in_january: Context) -> None:
    screen = plain(words(opened(signed_in(in_january), "plan", kvartal=Q4)))
    plan = progress(in_january, Quarter(2026, 4))
    for measure in plan.measures:
        assert measure.code in screen
        assert " ".join(measure.shown_text.split()) in screen
    for goal in plan.goals:
        for sub_goal in goal.sub_goals:
            assert sub_goal in screen
    for said in (
        "29 av 131 = 22,1 %",
        "Besvart av dem som kom i kvartalet: 8 av 8 = 100 %",
        "Før fristen: 7 av 8 = 87,5 %",
        "1 trukket, ikke regnet med",
        "Median til første svar: 50 min arbeidstid / 50 min kalendertid (n = 8)",
        "90-persentil: 5 t arbeidstid / 5 t kalendertid (n = 8)",
        "7 av 8 = 87,5 % (appens forslag, ikke planens)",
        "MIR: 1 av 1 møte",
        "Arrangørforum: 0 av 1 møte · avlyst 2. des.",
        "Vi ble spurt: 7 (nett 4, tv 1, radio 2)",
        "1. kvartal 2027 kommer",
        "48 registreringer teller i kvartalet",
    ):
        assert said in screen, said


def test_what_cannot_be_recorded_says_so_and_shows_no_number(in_january: Context) -> None:
    app = opened(signed_in(in_january), "plan", kvartal=Q4)
    screen = plain(words(app))
    assert "21 kan ikke registreres ennå" in screen
    assert screen.count(" Kan ikke registreres ennå]") == 21
    assert "nyhetsbrev" not in [plain(button.label) for button in app.main.button]
    assert "0 nyhetsbrev" not in screen


def test_without_a_quarter_in_the_address_it_is_the_one_we_are_in(in_january: Context) -> None:
    for nonsense in ({}, {"kvartal": "2026-K9"}, {"kvartal": "'; drop"}):
        assert "1. kvartal 2027" in words(opened(signed_in_again(in_january), "plan", **nonsense))


def signed_in_again(ctx: Context) -> object:
    with ctx.database.writing() as session:
        session.connection().exec_driver_sql("DELETE FROM sessions")
    return signed_in(ctx)


def test_one_quarter_back_and_one_forward_within_the_plan_s_years(in_january: Context) -> None:
    app = opened(signed_in(in_january), "plan", kvartal="2027-K4")
    assert button(app, "Neste").disabled
    shown(button(app, "Forrige").click().run())
    assert app.query_params["kvartal"] in ("2027-K3", ["2027-K3"])
    assert "3. kvartal 2027" in words(app)


def test_one_goal_at_a_time_stands_in_the_address(in_january: Context) -> None:
    screen = plain(words(opened(signed_in(in_january), "plan", kvartal=Q4, maal="M4")))
    assert "M4.3" in screen
    assert "M1.3" not in screen


def test_the_number_opens_the_measure_and_its_records(in_january: Context) -> None:
    app = opened(signed_in(in_january), "measure", kode="M4.4", kvartal=Q4)
    screen = plain(words(app))
    assert "3 intervjuer og debatter i 4. kvartal 2026" in screen
    assert "Nordlyspressen · Spørsmål 2 om kutt i kommunene" in screen
    assert "teller også for M1.5, M4.3" in screen
    assert "Deltar i intervjuer og debatter" in screen


def test_a_misprint_is_put_right_and_named_beside_the_plan_s_own_letters(in_january: Context) -> None:
    screen = plain(words(opened(signed_in(in_january), "measure", kode="M1.5", kvartal=Q4)))
    assert "Oppsøkende (og tilgjengelig)" in screen
    assert "> Oppøkende (og tilgjengelig)" in screen
    assert "«Oppøkende» → «Oppsøkende»" in screen


def test_the_board_reads_plan_and_times_and_no_word_of_a_case(logged: ContextFor) -> None:
    ctx = logged("styret", "2027-01-08 09:00")
    app = opened(signed_in(ctx), "measure", kode="M1.3", kvartal=Q4)
    screen = words(app)
    assert "38 støttesaker i 4. kvartal 2026" in screen
    for secret in ("TONO", "Hus 0", "Spørsmål"):
        assert secret not in screen
    assert not [button for button in app.main.button if str(button.key or "").startswith("open-case")]
    assert "Endre lesningen" not in [expander.label for expander in app.main.get("expander")]


def test_the_leader_makes_july_an_exception(in_january: Context) -> None:
    app = opened(signed_in(in_january), "measure", kode="M1.1", kvartal="2027-K1")
    field(app, "multiselect", "Unntaksmåneder").set_value([7])
    field(app, "date_input", "Gjelder fra").set_value(date(2027, 1, 1))
    shown(button(app, "Lagre lesningen").click().run())
    assert "Unntak: juli" in plain(words(app))
    measure = progress(in_january, Quarter(2027, 3)).measure("M1.1")
    assert measure is not None
    assert measure.reading is not None
    assert measure.reading.rule.target.exception_months == (7,)
    assert measure.reading.since == date(2027, 1, 1)


def test_a_reading_that_contradicts_itself_is_explained_and_what_was_typed_stays(in_january: Context) -> None:
    app = opened(signed_in(in_january), "measure", kode="M1.1", kvartal=Q4)
    field(app, "number_input", "Minst").set_value(5)
    shown(button(app, "Lagre lesningen").click().run())
    assert "Det høyeste antallet kan ikke være lavere enn det minste." in words(app)
    assert field(app, "number_input", "Minst").value == 5


def test_an_address_of_a_measure_nobody_has_leads_to_the_plan(in_january: Context) -> None:
    assert "Hele planen" in str(opened(signed_in(in_january), "measure", kode="M9.9").main.get("button_group"))


def test_before_the_plan_is_adopted_the_screen_says_so(ctx: Context) -> None:
    assert "Handlingsplanen er ikke tatt inn ennå" in words(opened(signed_in(ctx), "plan"))


def test_response_times_say_both_clocks_the_number_of_answers_and_who_is_left_out(in_january: Context) -> None:
    app = opened(signed_in(in_january), "response_times", kvartal=Q4)
    figures = {metric.label: metric.value for metric in app.main.metric}
    assert figures == {
        "Median, arbeidstid": "50 min",
        "Median, kalendertid": "50 min",
        "90-persentil, arbeidstid": "5 t",
        "90-persentil, kalendertid": "5 t",
        "Første svar (n)": "8",
    }
    screen = plain(words(app))
    assert "Besvart før journalistens frist: 7 av 8 = 87,5 %" in screen
    assert "1 ble trukket, og er ikke regnet med." in screen
    assert "| K4 2026 | 8 | 50 min / 50 min | 5 t / 5 t |" in screen


def test_few_answers_are_said_to_be_single_cases(context_for: ContextFor) -> None:
    from crm.cases.commands import open_case
    from crm.cases.forms import NewCase

    ctx = context_for("ingunn", "2026-11-24 10:02")
    for n in range(3):
        open_case(ctx, NewCase(who="ukjent", what="TONO?", answered=True, token=f"tre-samtaler-{n:04}"))
    app = opened(signed_in(ctx), "response_times", om="support")
    assert "Bare 3 svar – enkelttilfeller." in words(app)
    assert "| K4 2026 | 3* | 0 min / 0 min | 0 min / 0 min |" in plain(words(app))


def test_a_quarter_without_anything_says_so_instead_of_zeroes(ctx: Context) -> None:
    adopt_plan(ctx)
    app = opened(signed_in(ctx), "response_times")
    assert "Ingenting kom inn i dette kvartalet." in words(app)
    assert not app.main.metric


def test_figures_are_fresh_after_a_save(in_january: Context, logged: ContextFor) -> None:
    """They are kept between clicks, under the data's version."""
    from crm.cases.commands import open_case
    from crm.cases.forms import NewCase

    app = opened(signed_in(in_january), "plan", kvartal="2027-K1")
    assert "0 støttesaker" in words(app)
    open_case(in_january, NewCase(who="ukjent", what="TONO?", answered=True, token="en-ny-samtale-000"))
    assert "1 støttesak" in words(shown(app.run()))
