"""Any scrap finds its record, the best first, and the same on SQLite and PostgreSQL; nothing that can be typed is an error."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm.context import Context
from crm.errors import NotAllowed
from crm.search.asked import read
from crm.search.highlight import pieces
from crm.search.queries import Hit, find_records
from tests.conftest import ContextFor
from tests.crm.search_world import CALLS, build

TONO, TARIFFS, DESK, TICKETS, FIRE, MEETING, FESTIVAL, EARS, VAT, INVOICE, CHAIRS, RIG = (what for *_, what in CALLS)
CUTS, VISITORS = "Kommentar til kommunale kutt i kulturbudsjettet", "Hvor mange besøkende hadde konserthusene?"
FJORDGLIMT, AASGARD, BOLGEBLIKK = "Fjordglimt kulturhus", "Åsgard konserthus", "Bølgeblikk kulturhus KF"
LYNGMO, LYNGMO_SCENE, NEIL = "Lyngmo kulturhus", "Lyngmo Scene og Samfunnshus", "O'Neil's Music Hall"
KJAERSTI, BJORN, KARI = "Kjærsti Øyen", "Bjørn-Ærlend Ås", "Kari Nordmo"


@dataclass(frozen=True)
class Row:
    """What is typed, the first hit (None: whichever), what must be found, and what must not."""

    typed: str
    first: str | None
    found: Sequence[str] = ()
    not_found: Sequence[str] = ()


ROWS = [
    # a name, whole, its beginning, or one of its words; the case of the letters does not count
    Row("Fjordglimt kulturhus", FJORDGLIMT, [KJAERSTI, TONO, EARS], [LYNGMO]),
    Row("fjordglimt", FJORDGLIMT, [KJAERSTI, TONO]),
    Row("FJORDGL", FJORDGLIMT, [KJAERSTI]),
    Row("fj", FJORDGLIMT),
    Row("lyngmo", LYNGMO_SCENE, [LYNGMO, KARI, VAT, RIG], [FJORDGLIMT]),
    Row("lyngmo kulturhus", LYNGMO, [KARI, "Per Åsgard"], [LYNGMO_SCENE]),
    Row("lyngmo scene", LYNGMO_SCENE, [RIG]),
    Row("samfunnshus", "Bø samfunnshus", [LYNGMO_SCENE]),
    Row("Operaen & Kinoen", "Operaen & Kinoen"),
    Row("operaen og kinoen", "Operaen & Kinoen"),
    Row("kinoen", "Operaen & Kinoen"),
    Row("nordlys", "Nordlyspressen", ["Torunn Bråten", CUTS]),
    Row("festivallauget", "Festivallauget"),
    Row("MIR", "MIR"),
    Row("arrangørforum", "Arrangørforum"),
    Row("arrangorforum", "Arrangørforum"),
    # names in any order, and across who and where
    Row("kulturhus fjordglimt", FJORDGLIMT),
    Row("samfunnshus lyngmo scene", LYNGMO_SCENE),
    Row("øyen kjærsti", KJAERSTI),
    Row("nordmo kari", KARI, [VAT]),
    Row("kari lyngmo", KARI, [VAT], ["Nora Karimo"]),
    Row("kjærsti fjord", KJAERSTI, [TONO]),
    Row("lyssjef bølgeblikk", "Søren Høyland"),
    Row("daglig leder fjordglimt", KJAERSTI),
    Row("bratten nordlys", None, [], [CUTS]),
    Row("bråten nordlys", "Torunn Bråten", [CUTS]),
    # one letter beside a word is the beginning of one still being typed
    Row("kari n", KARI),
    Row("kjærsti ø", KJAERSTI),
    # the whole name before its beginning before a word of it before a part of one
    Row("kari", None, [KARI, "Kari Sandmo", "Nora Karimo"]),
    Row("karimo", "Nora Karimo", [], [KARI]),
    Row("ås", AASGARD, [BJORN, "Sal 3218", "Per Åsgard"]),
    Row("åsgard", AASGARD, ["Per Åsgard", BJORN]),
    Row("scene", None, [LYNGMO_SCENE, "Havnelageret scene"]),
    # former names, shown as such
    Row("sildebrygga", "Havnelageret scene"),
    Row("Sildebrygga forsamlingshus", "Havnelageret scene"),
    Row("forsamlingshus", "Havnelageret scene"),
    Row("havnelageret", "Havnelageret scene"),
    # parts of compounds
    Row("hus", None, [FJORDGLIMT, AASGARD, "Gina Husevåg"]),
    Row("glimt", FJORDGLIMT),
    Row("kulturhus", None, [FJORDGLIMT, LYNGMO, BOLGEBLIKK]),
    Row("blikk", BOLGEBLIKK),
    Row("pressen", "Nordlyspressen"),
    Row("lauget", "Festivallauget"),
    Row("tilskudd", TONO),
    Row("gebyr", TICKETS),
    Row("øvelse", FIRE),
    Row("vern", None, [EARS]),
    Row("konsert", AASGARD, [TICKETS, EARS, VISITORS]),
    Row("budsjett", CUTS),
    # æ, ø and å as people type them who lack the letters
    Row("kjaersti", KJAERSTI),
    Row("kjarsti", KJAERSTI),
    Row("oyen", KJAERSTI),
    Row("oeyen", KJAERSTI),
    Row("asgard", AASGARD, ["Per Åsgard"]),
    Row("aasgard", AASGARD, ["Per Åsgard"]),
    Row("Aasgard Konserthus", AASGARD),
    Row("bolgeblikk", BOLGEBLIKK),
    Row("boelgeblikk", BOLGEBLIKK),
    Row("bjorn aerlend", BJORN),
    Row("bjoern", BJORN),
    Row("soren hoyland", "Søren Høyland"),
    Row("braten", "Torunn Bråten", [CUTS]),
    Row("ovrebo", "Erik Øvrebø", [VISITORS]),
    # foreign letters
    Row("muller", "Müllers sal"),
    Row("Müller", "Müllers sal"),
    Row("maret anne", "Máret Ánne Sárá"),
    Row("sara", "Máret Ánne Sárá"),
    Row("guovssahas", "Guovssahas viessu", ["Máret Ánne Sárá"]),
    # Ål is not Al when Ål is meant, and Al finds both, Al first
    Row("ål", "Ål teater", [MEETING, "Sal 3328"], ["Al-Noor scene"]),
    Row("Ål teater", "Ål teater", [], ["Al-Noor scene"]),
    Row("al", "Al-Noor scene", ["Ål teater"]),
    Row("bø", "Bø samfunnshus", [CHAIRS, "Sal 1867"], ["Bolia kulturscene"]),
    Row("bo", "Bolia kulturscene", ["Bø samfunnshus"]),
    Row("hå", None, ["Sal 1119"], ["Sal 4601"]),
    # municipalities and counties
    Row("Ålesund", "Sal 1508", [FJORDGLIMT]),
    Row("alesund", "Sal 1508", [FJORDGLIMT]),
    Row("aalesund", "Sal 1508", [FJORDGLIMT]),
    Row("ålesund kulturhus", FJORDGLIMT, [], ["Sal 1508"]),
    Row("baerum", "Sal 3201"),
    Row("barum", "Sal 3201"),
    Row("oygarden", "Sal 4626"),
    Row("oeygarden", "Sal 4626"),
    Row("bodo", "Sal 1804", [BOLGEBLIKK]),
    Row("tromso", "Sal 5501"),
    Row("tønsberg", "Sal 3905"),
    Row("tonsberg", "Sal 3905"),
    Row("lorenskog", "Sal 3222"),
    Row("raelingen", "Sal 3224"),
    Row("malselv", "Sal 5524"),
    Row("ardal", "Sal 4643"),
    Row("laerdal", "Sal 4642"),
    Row("saerdal", None, [], ["Sal 4642"]),
    Row("sunnfjord", "Sal 4647"),
    Row("fjord", FJORDGLIMT, ["Sal 1578", KJAERSTI]),
    Row("evje hornnes", "Sal 4219"),
    Row("hornnes og evje", "Sal 4219"),
    Row("nore uvdal", "Sal 3338"),
    Row("aurskog holand", "Sal 3226"),
    Row("Aurskog-Høland", "Sal 3226"),
    Row("nord fron", "Sal 3436", [], ["Sal 3438"]),
    Row("sor fron", "Sal 3438", [], ["Sal 3436"]),
    Row("toten", None, ["Sal 3442", "Sal 3443"]),
    Row("slidre", None, ["Sal 3452", "Sal 3453"]),
    Row("våler", None, ["Sal 3114", "Sal 3419"]),
    Row("valer", None, ["Sal 3114", "Sal 3419"]),
    Row("herøy", None, ["Sal 1515", "Sal 1818"]),
    Row("heroy", None, ["Sal 1515", "Sal 1818"]),
    Row("herøy nordland", "Sal 1818", [], ["Sal 1515"]),
    Row("våler østfold", "Sal 3114", [], ["Sal 3419"]),
    Row("kautokeino", "Sal 5612", ["Guovssahas viessu"]),
    Row("guovdageaidnu", "Sal 5612", ["Guovssahas viessu"]),
    Row("karasjok", "Sal 5610"),
    Row("kafjord", "Sal 5540"),
    Row("snasa", "Sal 5041"),
    Row("roros", "Sal 5025"),
    Row("bjornafjorden", "Sal 4624"),
    Row("naeroysund", "Sal 5060"),
    Row("unjarga", "Sal 5636"),
    Row("hamaroy", "Sal 1875"),
    Row("midt-telemark", "Sal 4020"),
    Row("ål buskerud", None, ["Ål teater", "Sal 3328"], ["Al-Noor scene"]),
    Row("agder", None, ["Sal 4228"]),
    # telephone numbers in any notation
    Row("40612345", KJAERSTI),
    Row("406 12 345", KJAERSTI),
    Row("40 61 23 45", KJAERSTI),
    Row("+47 406 12 345", KJAERSTI),
    Row("+4740612345", KJAERSTI),
    Row("0047 40 61 23 45", KJAERSTI),
    Row("(406) 12-345", KJAERSTI),
    Row("406 12", None, [KJAERSTI, BJORN]),
    Row("406", None, [KJAERSTI, BJORN]),
    Row("12345", None, [KJAERSTI]),
    Row("40612346", BJORN),
    Row("21234567", FJORDGLIMT),
    Row("21 23 45 68", AASGARD),
    Row("+46 8 506 10 700", "Per Åsgard"),
    Row("46850610700", "Per Åsgard"),
    Row("40 61 23 99", FESTIVAL),
    Row("40612399", FESTIVAL),
    Row("kjærsti 406 12 345", KJAERSTI),
    # organisation numbers
    Row("310000019", FJORDGLIMT),
    Row("310 000 019", FJORDGLIMT),
    Row("310 000 0", None, [FJORDGLIMT, AASGARD]),
    Row("310000043", LYNGMO, [], [LYNGMO_SCENE]),
    Row("310 000 900", INVOICE),
    # the number of a case or an inquiry
    Row("#12", RIG, [], [TONO]),
    Row("12", RIG),
    Row("# 1", TONO, [CUTS]),
    Row("2", TARIFFS, [VISITORS]),
    Row("#999", None, [], [TONO, CUTS]),
    # e-mail addresses; the one with its own letters is the one in punycode
    Row("post@fjordglimt.example", FJORDGLIMT, [], [AASGARD]),
    Row("POST@FJORDGLIMT.EXAMPLE", FJORDGLIMT),
    Row("post@åsgard.example", AASGARD, [], [FJORDGLIMT]),
    Row("post@xn--sgard-lra.example", AASGARD, [], [FJORDGLIMT]),
    Row("xn--sgard-lra", AASGARD),
    Row("kari.nordmo@", KARI),
    Row("kjaersti@fjordglimt.example", KJAERSTI),
    Row("kari.nordmo@lyngmo.example", KARI),
    # words of calls, answers and notes, in any form
    Row("tariff", TARIFFS, [TONO]),
    Row("tariffen", TONO, [TARIFFS]),
    Row("tariffene", TARIFFS, [TONO]),
    Row("årsmøte", MEETING),
    Row("årsmøter", MEETING),
    Row("arsmotet", MEETING),
    Row("lydpult", DESK),
    Row("lydpultene", DESK),
    Row("festivaler", FESTIVAL),
    Row("konserter", TICKETS),
    Row("stol", CHAIRS),
    Row("sjekkliste", TICKETS),
    Row("arrangør", None, [TICKETS]),
    Row("mørketid", FJORDGLIMT),
    Row("gjestespillene", FJORDGLIMT),
    Row("oljefyr", LYNGMO_SCENE),
    Row("kutt kommunale", CUTS),
    Row("besøkende", VISITORS),
    # marks that mean something elsewhere
    Row("TONO-avgift", None, [], [TARIFFS]),
    Row("TONO-tariff", TONO),
    Row("o'neil", NEIL),
    Row("O’Neil", NEIL),
    Row("oneil", NEIL),
    Row('"fjordglimt"', FJORDGLIMT),
    Row("d'angelo", "Anne-Grete D'Angelo"),
    Row("anne grete", None, ["Anne-Grete D'Angelo"]),
    Row("fjordglimt*", FJORDGLIMT),
    Row("(fjordglimt OR", None, [], [LYNGMO]),
    Row("AND", None),
    Row('"x', None),
    Row("*", None),
    Row("(", None),
    Row("NEAR(", None),
    Row("names : x", None),
    Row("%", None),
    Row("_", None),
    Row("\x00", None),
    Row("", None),
    # nothing answers
    Row("xyzzy", None, [], [FJORDGLIMT]),
    Row("fjordglimt lyngmo åsgard", None, [], [FJORDGLIMT, LYNGMO]),
]


def title(hit: Hit) -> str:
    return "".join(piece.text for piece in hit.title)


def titles(ctx: Context, typed: str) -> list[str]:
    return [title(hit) for group in find_records(ctx, typed, limit=40) for hit in group.hits]


def wrong_with(ctx: Context, row: Row) -> str:
    found = titles(ctx, row.typed)
    first = [] if row.first is None or found[:1] == [row.first] else [f"first {found[:1]}, not {row.first}"]
    missing = [f"not found: {name}" for name in row.found if name not in found]
    too_much = [f"found: {name}" for name in row.not_found if name in found]
    return "; ".join(first + missing + too_much)


def test_each_scrap_finds_its_record(ctx: Context) -> None:
    build(ctx)
    wrong = {row.typed: told for row in ROWS if (told := wrong_with(ctx, row))}
    assert wrong == {}
    assert len(ROWS) >= 150


def test_whatever_is_typed_is_no_error(ctx: Context) -> None:
    """One database for five thousand strings, some of them made of what means something to a search engine."""
    build(ctx)
    examples = 5_000 if ctx.database.is_sqlite else 500
    marks = st.sampled_from(['"', *"*()':-^@#\\|&!%", "OR", "NEAR", "ål", "hus", "406"])
    anything = st.text(max_size=30) | st.lists(marks | st.text(max_size=3), max_size=8).map(" ".join)

    @settings(max_examples=examples, database=None, suppress_health_check=list(HealthCheck))
    @given(anything)
    def search(typed: str) -> None:
        for group in find_records(ctx, typed, limit=1):
            for hit in group.hits:
                assert title(hit)

    search()


def test_a_former_name_is_shown_as_one_and_what_was_found_is_marked(ctx: Context) -> None:
    build(ctx)
    hit = find_records(ctx, "sildebrygga")[0].hits[0]
    assert title(hit) == "Havnelageret scene"
    assert hit.is_former
    assert [piece.text for piece in hit.other_name if piece.is_found] == ["Sildebrygga"]
    quoted = find_records(ctx, "sjekkliste")[0].hits[0]
    assert [(piece.text, piece.is_found) for piece in quoted.quoted] == [
        ("Sendte ", False),
        ("sjekkliste", True),
        ("n for arrangører", False),
    ]


def test_a_reader_searches_no_records(context_for: ContextFor) -> None:
    with pytest.raises(NotAllowed):
        find_records(context_for("styret"), "fjordglimt")


@pytest.mark.parametrize(
    ("text", "typed", "marked"),
    [
        ("Ålesund", "alesund", ["Ålesund"]),
        ("Baerum og Bærum", "bærum", ["Baerum", "Bærum"]),  # written apart in the key: all of the word
        ("kulturhuset", "hus", ["hus"]),
        ("tariffen", "tariffer", ["tariffen"]),  # another form of the word
        ("ring 406 12 345 i dag", "40612345", ["406 12 345"]),
        ("Fjord og hav", "fj", ["Fj"]),
        ("<b>hus</b>", "b", []),
    ],
)
def test_a_word_is_marked_where_it_stands(text: str, typed: str, marked: list[str]) -> None:
    assert [piece.text for piece in pieces(text, read(typed)) if piece.is_found] == marked
