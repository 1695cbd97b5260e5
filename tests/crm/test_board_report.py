"""The board's report from the command line: the same numbers as on the screen, and nobody's name."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from crm.__main__ import main
from crm.i18n import use_language
from crm.periods import Quarter
from crm.reports.board import board_report
from tests.conftest import ContextFor
from tests.quarter import logged_quarter

Q4 = Quarter(2026, 4)


@pytest.fixture
def logged(context_for: ContextFor, tmp_path_factory: pytest.TempPathFactory) -> ContextFor:
    logged_quarter(context_for, tmp_path_factory.mktemp("quarter"))
    return context_for


def test_the_report_of_the_fourth_quarter_has_the_board_s_numbers(logged: ContextFor) -> None:
    """S12, the parts that can be recorded today."""
    written = board_report(logged("styret", "2027-01-08 09:00"), Q4).replace("\u00a0", " ")
    for said in (
        "Lest 08.01.2027 09:00.",
        "MIR: 1 av 1 møte (nådd)",
        "Arrangørforum: 0 av 1 møte · avlyst 2. des. (ikke nådd)",
        "Besvart av dem som kom i kvartalet: 8 av 8 = 100 %",
        "Før fristen: 7 av 8 = 87,5 %",
        "Medlemshus vi har hjulpet: 29 av 131 = 22,1 %",
        "1. kvartal 2027 kommer",
    ):
        assert said in written, said
    assert written.count("  Kan ikke registreres ennå\n") == 21
    for secret in ("TONO", "Torunn", "Nordlyspressen", "Hus 0"):
        assert secret not in written


def test_made_again_a_year_later_the_same_quarter_says_the_same(logged: ContextFor) -> None:
    first, later = (
        board_report(logged("ingunn", at), Q4).splitlines() for at in ("2027-01-08 09:00", "2028-01-08 09:00")
    )
    assert [line for line in first if "Lest" not in line] == [line for line in later if "Lest" not in line]


def test_in_english_every_sentence_of_our_own_is_english(logged: ContextFor) -> None:
    ctx = logged("styret", "2027-01-08 09:00")
    use_language("en")
    written = board_report(ctx, Q4)
    assert "MIR: 1 of 1 meeting (met)" in written
    for norwegian in ("Forventet", "Kan ikke", "Nådd", "Besvart", "Median til"):
        assert norwegian not in written


def test_the_command_writes_it_to_a_file(logged: ContextFor, tmp_path: Path) -> None:
    database = logged("ingunn").database
    where = ["--database-url", database.url, "--data-folder", str(tmp_path / "data")]
    target = tmp_path / "styret.txt"
    result = CliRunner().invoke(main, ["report", "--quarter", "2026-K4", "--to", str(target), *where])
    assert result.exit_code == 0, result.output
    assert "4. kvartal 2026" in target.read_text(encoding="utf-8")
    refused = CliRunner().invoke(main, ["report", "--quarter", "2026-K9", *where])
    assert refused.exit_code == 2
