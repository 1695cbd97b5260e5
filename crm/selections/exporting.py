"""An export put together: who goes out, and the bytes of the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy.orm import Session

from crm.errors import Refused
from crm.i18n import sentence
from crm.mailing.rules import Recipients
from crm.people.reach import in_portions
from crm.selections.columns import Cell, columns
from crm.selections.forms import Export, ExportFormat
from crm.selections.labels import Label, as_page
from crm.selections.outgoing import Purpose, outgoing
from crm.selections.portions import Portion
from crm.selections.sentences import kind_words
from crm.transfer.export_cards import as_cards
from crm.transfer.export_table import as_csv
from crm.transfer.export_workbook import as_workbook
from crm.transfer.people_out import ContactOut, PersonOut, PostOut, headings, rows
from crm.transfer.people_read import people_of
from db.models.lists import ListedKind
from db.models.people import ContactKind

_ON_A_CARD = (ContactKind.PHONE, ContactKind.EMAIL, ContactKind.ADDRESS)
_PURPOSE_OF = {
    ExportFormat.LABELS: Purpose.LETTER,
    ExportFormat.ADDRESSES: Purpose.EMAIL,
    ExportFormat.EVERYTHING: Purpose.OTHER,
}


def goes_out(session: Session, export: Export, today: date) -> Recipients:
    """Labels are for letters, addresses for e-mail, and everything for another system of ours, whatever the form says."""
    purpose = _PURPOSE_OF.get(export.format, export.purpose)
    return outgoing(
        session, export.wanted, export.chosen, purpose, today=today, with_unsubscribed=export.with_unsubscribed
    )


def file_of(session: Session, export: Export, ids: Sequence[int], today: date) -> bytes:
    portions = (Portion(session, export.wanted, some, today) for some in in_portions(ids))
    match export.format:
        case ExportFormat.LABELS:
            return as_page([label for portion in portions for label in _labels(portion)])
        case ExportFormat.CARDS if export.wanted.kind is ListedKind.PERSON:
            return as_cards(card for portion in portions for card in _cards(portion))
        case ExportFormat.EVERYTHING if export.wanted.kind is ListedKind.PERSON:
            return as_workbook(headings(), rows(people_of(session, ids)), sheet=_named(export))
        case ExportFormat.CSV | ExportFormat.WORKBOOK:
            return _table(export, portions)
    raise Refused("no_such_export")


def _table(export: Export, portions: Iterator[Portion]) -> bytes:
    shown = columns(export.wanted.kind, export.columns)
    heads = [column.heading() for column in shown]
    cells = (row for portion in portions for row in _rows(portion, export.columns))
    return (
        as_csv(heads, cells) if export.format is ExportFormat.CSV else as_workbook(heads, cells, sheet=_named(export))
    )


def _named(export: Export) -> str:
    return sentence(kind_words(export.wanted.kind))


def _rows(portion: Portion, words: Sequence[str]) -> Iterator[list[Cell]]:
    filled = [column.fill(portion) for column in columns(portion.wanted.kind, words)]
    return ([cells.get(row) for cells in filled] for row in portion.ids)


def _labels(portion: Portion) -> Iterator[Label]:
    reached, houses = portion.reached(ContactKind.ADDRESS), portion.organisations
    for row in portion.ids:
        house = houses[row].name if row in houses else ""
        name = portion.persons[row].name if portion.is_of_persons else house
        yield Label(name, house if portion.is_of_persons else "", reached[row].raw)


def _cards(portion: Portion) -> Iterator[PersonOut]:
    """Without notes, which were written for ourselves, and without what they asked not to be reached by."""
    reached = {kind: portion.reached(kind) for kind in _ON_A_CARD}
    for row in portion.ids:
        contacts = tuple(ContactOut(kind, reached[kind][row].raw) for kind in _ON_A_CARD if row in reached[kind])
        post, person = portion.posts.get(row), portion.persons[row]
        posts = (PostOut(portion.organisations[row].name, title=post.title),) if post else ()
        yield PersonOut(row, person.name, posts=posts, contacts=contacts, languages=person.languages)
