"""What would happen to each row, fifty at a time, and the choices only a person can make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from crm.i18n import t, tn
from crm.members.places import municipality
from crm.transfer.changes import Field
from crm.transfer.examination import NEW, NO_PLACE, SKIP, Choice, Outcome, RowResult
from crm.transfer.file_words import remark_words
from crm.transfer.matching import Candidate
from crm.transfer.people_matching import PersonCandidate
from crm.transfer.queries import Examined
from crm.transfer.words import field_words, likeness_words, outcome_words
from pages.parts.import_state import Incoming, is_question
from pages.parts.plain import escaped

ROWS_SHOWN = 50
COLORS = {
    Outcome.NEW: "green",
    Outcome.UPDATED: "blue",
    Outcome.UNCHANGED: "gray",
    Outcome.ASKED: "orange",
    Outcome.SKIPPED: "gray",
    Outcome.REJECTED: "red",
}


def show_report(one: Incoming, examined: Examined) -> None:
    groups = _groups(examined.results)
    labels = {name: f"{name} ({len(rows)})" for name, rows in groups.items() if rows}
    if len(labels) > 1:
        chosen = st.segmented_control(
            t("Vis"), list(labels), default=next(iter(labels)), format_func=labels.__getitem__, key=f"group-{one.token}"
        )
    else:
        chosen = next(iter(labels), None)
    rows = groups.get(chosen or "", examined.results)
    if chosen == t("Må avgjøres"):
        _offer_proposals(one, rows)
    for result in _page(one, rows):
        _show_row(one, result)


def _groups(results: Sequence[RowResult]) -> dict[str, list[RowResult]]:
    """What needs somebody first. A row that was asked about stays there, so that the choice can be made again."""
    groups: dict[str, list[RowResult]] = {t("Må avgjøres"): [result for result in results if is_question(result)]}
    for outcome in (Outcome.REJECTED, Outcome.NEW, Outcome.UPDATED, Outcome.UNCHANGED):
        groups[outcome_words(outcome)] = [result for result in results if result.outcome is outcome]
    groups[t("Har merknader")] = [result for result in results if result.remarks]
    return groups


def _offer_proposals(one: Incoming, rows: Sequence[RowResult]) -> None:
    waiting = {result.row.line: result.proposal for result in rows if result.outcome is Outcome.ASKED}
    proposed = {line: house for line, house in waiting.items() if house and not _choice(one, line).house}
    if proposed and st.button(
        tn("Bruk forslaget for {n} rad", "Bruk forslagene for {n} rader", len(proposed)), key=f"propose-{one.token}"
    ):
        for line, house in proposed.items():
            one.choices[line] = replace(_choice(one, line), house=house)
        one.round += 1
        st.rerun()


def _page(one: Incoming, rows: Sequence[RowResult]) -> Sequence[RowResult]:
    pages = max(1, -(-len(rows) // ROWS_SHOWN))
    if pages == 1:
        return rows
    number = st.pagination(pages, key=f"page-{one.token}-{len(rows)}")
    return rows[(number - 1) * ROWS_SHOWN : number * ROWS_SHOWN]


def _show_row(one: Incoming, result: RowResult) -> None:
    with st.container(gap="xxsmall", key=f"row-{one.token}-{result.row.line}"):
        line = t("Linje {number}", number=result.row.line)
        badge = f":{COLORS[result.outcome]}-badge[{outcome_words(result.outcome)}]"
        st.markdown(f"**{escaped(result.row.shown) or '–'}** {badge} :small[{line}]")
        said = _said(result)
        if said:
            st.caption(escaped(said))
        if is_question(result):
            _ask(one, result)


def _said(result: RowResult) -> str:
    pieces = []
    if result.person is not None and result.row.is_about_a_person:
        pieces.append(t("Er {person}.", person=result.person.name))
    if result.target is not None:
        house = _house(result.target.name, result.target.municipality_number)
        known = t("Hos {house}.", house=house) if result.row.is_about_a_person else t("Er {house}.", house=house)
        pieces.append(known)
    elif result.row.is_about_a_person and result.row.name and result.outcome is not Outcome.ASKED:
        pieces.append(t("Hos {house}, som er ny.", house=result.row.name))
    if result.changes and result.outcome in {Outcome.NEW, Outcome.UPDATED}:
        gets = [change.field for change in result.changes]
        if result.row.is_about_a_person:
            gets = [field for field in gets if field is not Field.PERSON]
        fields = ", ".join(dict.fromkeys(map(field_words, gets)))
        pieces += [t("Får {fields}.", fields=fields)] if fields else []
    pieces += [remark_words(remark.code, remark.cell) for remark in result.remarks]
    return " ".join(pieces)


def _ask(one: Incoming, result: RowResult) -> None:
    """The choice is kept outside the field: rows come and go from the page."""
    line, before = result.row.line, _choice(one, result.row.line)
    key = f"choice-{one.token}-{one.round}-{line}"
    after = before
    if result.candidates or before.house == SKIP:
        after = replace(after, house=_ask_house(result, before, f"{key}-house"))
    if result.people or before.person == SKIP:
        after = replace(after, person=_ask_person(result, before, f"{key}-person"))
    if result.places:
        after = replace(after, place=_ask_place(result, before, f"{key}-place"))
        has_way_out = result.candidates or result.people or before.leaves_out
        if not has_way_out and st.button(t("Utelat raden"), key=f"{key}-skip"):
            after = replace(after, house=SKIP)
    if after != before:
        one.choices[line] = after
        st.rerun()


def _ask_house(result: RowResult, before: Choice, key: str) -> str | None:
    options = {candidate.known.key: _candidate(result, candidate) for candidate in result.candidates}
    is_house = result.row.makes_member
    options |= {NEW: t("Et nytt hus") if is_house else t("En ny organisasjon"), SKIP: t("Utelat raden")}
    label = t("Hvilket hus er dette?") if is_house else t("Hvilken organisasjon er dette?")
    return _ask_which(label, options, before.house, key)


def _ask_person(result: RowResult, before: Choice, key: str) -> str | None:
    options = {candidate.known.key: _person(candidate) for candidate in result.people}
    options |= {NEW: t("En ny person"), SKIP: t("Utelat raden")}
    return _ask_which(t("Hvem er dette?"), options, before.person, key)


def _person(candidate: PersonCandidate) -> str:
    known, words = candidate.known, likeness_words(candidate.likeness)
    if known.row is not None:
        return t("Samme som linje {number}: {house} ({likeness})", number=known.row, house=known.name, likeness=words)
    return t("{house} ({likeness})", house=known.name, likeness=words)


def _candidate(result: RowResult, candidate: Candidate) -> str:
    known = candidate.known
    words = likeness_words(candidate.likeness)
    if known.row is not None:
        return t("Samme som linje {number}: {house} ({likeness})", number=known.row, house=known.name, likeness=words)
    house = _house(known.name, known.municipality_number)
    if known.key == result.proposal:
        return t("{house} ({likeness}, vårt forslag)", house=house, likeness=words)
    return t("{house} ({likeness})", house=house, likeness=words)


def _ask_place(result: RowResult, before: Choice, key: str) -> str | None:
    options = {number: f"{place.shown} – {number}" for number in result.places if (place := municipality(number))}
    options[NO_PLACE] = t("Uten kommune foreløpig")
    return _ask_which(t("Hvilken kommune?"), options, before.place, key)


def _ask_which(label: str, options: dict[str, str], before: str | None, key: str) -> str | None:
    return st.selectbox(
        label,
        list(options),
        index=list(options).index(before) if before in options else None,
        format_func=options.__getitem__,
        placeholder=t("Velg"),
        key=key,
    )


def _house(name: str, number: str | None) -> str:
    place = municipality(number)
    return f"{name}, {place.shown}" if place else name


def _choice(one: Incoming, line: int) -> Choice:
    return one.choices.get(line, Choice())
