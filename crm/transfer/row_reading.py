"""The rows under the headings, each read for itself: nothing here knows what we have."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from crm.contact_details import national_number_in
from crm.errors import Refused
from crm.members.steps import keys_of
from crm.names import search_key
from crm.transfer import cells as read
from crm.transfer.annotations import values_in
from crm.transfer.cells import Cells
from crm.transfer.columns import Meanings, Subject, doubled, has_names, headings
from crm.transfer.contact_cells import organisations_contacts, persons_contacts
from crm.transfer.export_cards import OUR_CARDS
from crm.transfer.export_table import unguarded
from crm.transfer.headings import TITLES
from crm.transfer.limits import MOST_ROWS
from crm.transfer.meanings import Meaning
from crm.transfer.profiles import profile_of
from crm.transfer.rows import ListRow, PersonRow, PostRow, Remark
from crm.transfer.tables import Line, Source, Table
from db.models.organisations import OrganisationKind

_LONGEST_NAME, _LONGEST_PERSON = 300, 200


# What an organisation becomes that only the list knows, unless it says so itself or somebody does.
NEW_KIND = {Subject.ORGANISATIONS: OrganisationKind.HOUSE, Subject.PERSONS: OrganisationKind.PARTNER}


@dataclass(frozen=True, slots=True)
class ListAs:
    """How a list is understood. `new_kind` is what an organisation we do not have becomes, if the list does not say.

    `of_members`: the houses and suppliers in a list of organisations are members.
    `is_exact`, `keeps_apart`: as of a profile. `is_guarded`: an apostrophe of our own stands before what looks like a formula.
    """

    subject: Subject
    meanings: Meanings
    new_kind: OrganisationKind = OrganisationKind.HOUSE
    of_members: bool = True
    is_exact: bool = False
    keeps_apart: bool = False
    is_guarded: bool = False
    titled: str = ""


def list_as(
    table: Table,
    header: int,
    subject: Subject,
    meanings: Meanings,
    new_kind: OrganisationKind = OrganisationKind.HOUSE,
    *,
    of_members: bool = True,
) -> ListAs:
    """Refused when the columns cannot make such a list."""
    if not has_names(meanings, subject):
        raise Refused("no_name_column" if subject is Subject.ORGANISATIONS else "no_person_column")
    twice = doubled(meanings)
    if twice:
        raise Refused("column_twice", column=twice[0].value)
    names = headings(table, header)
    profile = profile_of(names) if subject is Subject.PERSONS else None
    titled = next((name for name, meaning in zip(names, meanings, strict=False) if meaning is Meaning.PERSON), "")
    return ListAs(
        subject,
        meanings,
        new_kind,
        of_members,
        is_exact=profile is not None and profile.is_exact,
        keeps_apart=profile is not None and profile.keeps_apart,
        is_guarded=profile is not None and profile.keeps_apart and table.source is Source.SEPARATED,
        titled=TITLES.get(search_key(titled), ""),
    )


def lines_of(table: Table, header: int) -> list[Line]:
    """The lines with anything in them. Refused when there are none, or more than we take."""
    lines = [line for line in table.lines[header + 1 :] if any(line.cells)]
    if not lines:
        raise Refused("no_rows")
    if len(lines) > MOST_ROWS:
        raise Refused("too_many_rows", limit=MOST_ROWS)
    return lines


def read_rows(lines: Sequence[Line], wanted: ListAs) -> Iterator[ListRow]:
    """A third of a millisecond each: 20,000 take seconds, so never inside a transaction."""
    return (read_row(line, wanted) for line in lines)


def read_row(line: Line, wanted: ListAs) -> ListRow:
    cells = Cells(_by_meaning(line, wanted), [Remark(fault) for fault in line.faults])
    name = " ".join(cells.one(Meaning.NAME).split()) if not wanted.is_exact else cells.one(Meaning.NAME)
    person = _person_name(cells, wanted)
    refused = _why_refused(line, wanted, name, person, cells)
    if refused is not None:
        return ListRow(
            line.number, (name or person)[:_LONGEST_NAME], _digest(line.cells), refused, _lists_organisations(wanted)
        )
    place, candidates = read.place(cells)
    said = read.kind(cells)
    if said is OrganisationKind.OWN:  # somebody's post with whoever wrote the list
        said = None
    return ListRow(
        line=line.number,
        name=name,
        digest=_digest([meaning or "" for meaning in wanted.meanings] + list(line.cells)),
        lists_organisations=_lists_organisations(wanted),
        of_members=wanted.of_members,
        kind=said or wanted.new_kind,
        kind_said=cells.one(Meaning.KIND)[:100] if said else "",
        org_number=read.org_number(cells),
        municipality_number=place,
        place_candidates=candidates,
        owner_form=read.owner_form(cells),
        member_since=read.day(cells, Meaning.MEMBER_SINCE),
        website=cells.one(Meaning.WEBSITE)[:500] or None,
        note=read.note(cells, Meaning.NOTE),
        contacts=organisations_contacts(cells),
        person=_person(cells, person, wanted),
        remarks=tuple(cells.remarks),
    )


def _lists_organisations(wanted: ListAs) -> bool:
    return wanted.subject is Subject.ORGANISATIONS


def _by_meaning(line: Line, wanted: ListAs) -> dict[Meaning, list[str]]:
    found: dict[Meaning, list[str]] = {}
    for cell, meaning in zip(line.cells, wanted.meanings, strict=False):
        if meaning is not None:
            found.setdefault(meaning, []).append(unguarded(cell) if wanted.is_guarded else cell)
    return found


def _why_refused(line: Line, wanted: ListAs, name: str, person: str, cells: Cells) -> Remark | None:
    """A cell beyond the last heading means that cells have shifted: then no cell of the row can be trusted."""
    if any(line.cells[len(wanted.meanings) :]):
        return Remark("row_too_wide", str(len(line.cells)))
    if not name and not (person and wanted.subject is Subject.PERSONS):
        return Remark("name_missing" if wanted.subject is Subject.ORGANISATIONS else "person_missing")
    for written, longest in ((name, _LONGEST_NAME), (person, _LONGEST_PERSON)):
        if written and not search_key(written) and not wanted.is_exact:
            return Remark("name_missing", written[:100])
        if len(written) > longest:
            return Remark("name_too_long", written[:100])
        if "\ufffd" in written:
            return Remark("name_damaged", written)
    if wanted.subject is Subject.ORGANISATIONS and read.is_ourselves(cells):
        return Remark("ourselves")
    return Remark("national_number") if national_number_in(cells.one(Meaning.ORG_NUMBER)) else None


def _person_name(cells: Cells, wanted: ListAs) -> str:
    """The whole name, or its parts; without either, the address: better known by that than not at all."""
    if wanted.is_exact:
        name = cells.one(Meaning.PERSON)
    else:
        name = _turned(" ".join(cells.one(Meaning.PERSON).split()))
        parts = (cells.one(part) for part in (Meaning.GIVEN_NAME, Meaning.MIDDLE_NAME, Meaning.FAMILY_NAME))
        name = name or " ".join(" ".join(parts).split())
    if name or _lists_organisations(wanted):
        return name
    email = cells.one(Meaning.PERSON_EMAIL).partition(" ")[0]
    if email and not cells.one(Meaning.NAME):
        cells.remark("named_by_email")
    return "" if cells.one(Meaning.NAME) and not email else email


def _turned(name: str) -> str:
    """`Nordmann, Kari` as she is called. Only after one word: `Kari Nordmann, PhD` is no family name."""
    family, comma, given = name.partition(", ")
    return f"{given} {family}" if comma and " " not in family and given and "," not in given else name


def _person(cells: Cells, name: str, wanted: ListAs) -> PersonRow | None:
    contacts = persons_contacts(cells, is_exact=wanted.is_exact)
    if not name:
        if contacts:
            cells.remark("contact_without_name")
        return None
    post, note = _post(cells, wanted), read.note(cells, Meaning.PERSON_NOTE)
    if post.title and not cells.one(Meaning.NAME):
        cells.remark("title_in_note")
        post, note = PostRow(), "\n".join(filter(None, (post.title, note)))
    return PersonRow(
        name=name,
        keys=_keys_of(name),
        other_names=tuple(one.raw[:_LONGEST_PERSON] for one in values_in(cells.one(Meaning.OTHER_NAMES))),
        post=post,
        contacts=contacts,
        note=note,
        languages=read.languages(cells),
        do_not_contact=read.wishes(cells, is_exact=wanted.is_exact),
        source=cells.one(Meaning.SOURCE_NUMBER),
        stands_alone=wanted.keeps_apart or cells.one(Meaning.SOURCE_NUMBER).startswith(OUR_CARDS),
    )


def _post(cells: Cells, wanted: ListAs) -> PostRow:
    since, until = read.day(cells, Meaning.POST_SINCE), read.day(cells, Meaning.POST_UNTIL)
    if since and until and until < since:
        cells.remark("post_dates_crossed", f"{since} – {until}")
        since = None
    title = cells.one(Meaning.TITLE)[:200] or (wanted.titled if cells.one(Meaning.PERSON) else "")
    kind = read.post_kind(cells)
    party, source = read.party(cells, kind)
    return PostRow(title, kind, since, until, read.legal_basis(cells), party, source)


_keys_of = lru_cache(maxsize=1024)(keys_of)


def _digest(cells: Sequence[str]) -> str:
    return hashlib.sha256(json.dumps(list(cells)).encode()).hexdigest()[:32]
