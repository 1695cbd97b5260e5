"""What became of each row, as it is kept and as a file. Kept without phones and addresses: they live with the house alone."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from defusedcsv import csv

from crm.i18n import t
from crm.transfer.changes import Field
from crm.transfer.examination import Outcome, RowResult
from crm.transfer.file_words import remark_words
from crm.transfer.words import field_words, outcome_words

# Of these the remark keeps what stood in the cell; a phone or an address of somebody is not kept a second time.
_CELL_KEPT = ("org_number_", "place_", "kept_", "owner_form_", "date_", "name_", "row_")


def as_stored(result: RowResult, house: int | None) -> dict[str, Any]:
    """Codes and the house's name; the sentences are made when somebody reads them, in their language."""
    return {
        "line": result.row.line,
        "name": result.row.name,
        "outcome": result.outcome.value,
        "house": house,
        "digest": result.row.digest,
        "fields": sorted({change.field.value for change in result.changes}),
        "remarks": [
            [remark.code, remark.cell if remark.code.startswith(_CELL_KEPT) else ""] for remark in result.remarks
        ],
    }


def as_csv(rows: Iterable[dict[str, Any]]) -> bytes:
    """With semicolons and a byte order mark, as Norwegian Excel expects; what looks like a formula gets an apostrophe."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow([t("Linje"), t("Navn"), t("Hva som skjedde"), t("Hva som ble nytt"), t("Merknader")])
    for row in rows:
        fields = ", ".join(field_words(Field(name)) for name in row["fields"])
        remarks = " ".join(remark_words(code, cell) for code, cell in row["remarks"])
        writer.writerow([row["line"], row["name"], outcome_words(Outcome(row["outcome"])), fields, remarks])
    return text.getvalue().encode("utf-8-sig")
