"""What became of each row, as it is kept and as a file. Kept without phones and addresses: they live with the house alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row

from crm.i18n import t
from crm.transfer.changes import Field
from crm.transfer.examination import Outcome, RowResult
from crm.transfer.export_table import Cell, as_csv
from crm.transfer.file_words import remark_words
from crm.transfer.words import field_words, outcome_words
from crm.transfer.writing import Written

# Of these the remark keeps what stood in the cell; a phone or an address of somebody is not kept a second time.
_CELL_KEPT = ("org_number_", "place_", "kept_", "owner_form_", "date_", "name_", "row_", "post_", "language_")


def as_stored(result: RowResult, batch: int, written: Written) -> dict[str, Any]:
    """Codes and the name; the sentences are made when somebody reads them, in their language."""
    row = result.row
    remarks = [[one.code, one.cell if one.code.startswith(_CELL_KEPT) else ""] for one in result.remarks]
    return {
        "batch_id": batch,
        "line": row.line,
        "name": row.shown,
        "digest": row.digest,
        "outcome": result.outcome.value,
        "organisation_id": written.houses.get(row.line),
        "person_id": written.persons.get(row.line),
        "said": {"fields": sorted({change.field.value for change in result.changes}), "remarks": remarks},
    }


def report_file(rows: Iterable[Row[Any]]) -> bytes:
    """In the reader's language."""
    return as_csv(_headings(), map(_cells, rows))


def _headings() -> list[str]:
    return [t("Linje"), t("Navn"), t("Hva som skjedde"), t("Hva som ble nytt"), t("Merknader")]


def _cells(row: Row[Any]) -> list[Cell]:
    fields = ", ".join(field_words(Field(name)) for name in row.said["fields"])
    remarks = " ".join(remark_words(code, cell) for code, cell in row.said["remarks"])
    return [row.line, row.name, outcome_words(Outcome(row.outcome)), fields, remarks]
