"""Why something cannot be taken back, in words."""

from __future__ import annotations

from collections.abc import Callable

from crm.errors import Refused
from crm.i18n import t
from crm.undo.naming import NamedRow
from crm.undo.queries import Batch
from crm.undo.rules import KEPT_FOR
from db.models.undo import BatchKind as BatchKind  # for screens, which never touch the tables themselves

KEPT_DAYS = KEPT_FOR.days

REASONS: dict[str, Callable[[], str]] = {
    "undo_done_already": lambda: t("Dette er alt tatt tilbake."),
    "undo_too_late": lambda: t("Det er mer enn 30 dager siden. Da kan det ikke lenger tas tilbake."),
    "undo_changed_since": lambda: t("Noen har endret noe av dette siden. Ingenting er tatt tilbake."),
    "undo_others_hang_on_it": lambda: t(
        "Noe som er kommet til senere, hører til det som ville bli borte. Ingenting er tatt tilbake. "
        "Fjern dette først, så kan resten tas tilbake:"
    ),
    "undo_name_taken": lambda: t(
        "Noe annet har tatt i bruk et nummer eller en nøkkel som skulle tilbake. Ingenting er tatt tilbake."
    ),
}

_ROWS: dict[str, Callable[[NamedRow], str]] = {
    "organisations": lambda row: row.name or t("en organisasjon som er borte"),
    "persons": lambda row: row.name or t("en person som er borte"),
    "support_cases": lambda row: t("sak {number}", number=row.id),
    "inquiries": lambda row: t("mediehenvendelse {number}", number=row.id),
    "posts": lambda row: t("en stilling for {name}", name=row.name),
    "contact_points": lambda row: t("kontaktopplysninger for {name}", name=row.name),
    "memberships": lambda row: t("medlemskapet til {name}", name=row.name),
    "organisation_names": lambda row: t("et navn på {name}", name=row.name),
}

# Where a row is taken away that hangs on what would go.
_REMOVED_AT: dict[str, Callable[[], str]] = {
    "posts": lambda: t("på personens side, «Rett eller avslutt» og «Fjern – var aldri riktig»"),
    "contact_points": lambda: t("på siden deres, «Telefon, e-post og adresse» og «Fjern – var aldri riktig»"),
    "memberships": lambda: t("på husets side, «Medlemskap» og «Fjern – var aldri riktig»"),
    "organisation_names": lambda: t("på husets side, «Andre navn» og «Det har aldri hett dette»"),
}


def batch_words(batch: Batch) -> str:
    """What it was, by the name its subject has today. Plain text."""
    if batch.kind is BatchKind.IMPORT:
        return t("import av {file}", file=batch.facts.get("file", ""))
    if batch.other and batch.subject:
        return t("{other} ble slått inn i {subject}", other=batch.other, subject=batch.subject)
    return t("en sammenslåing")


def refused_words(error: Refused) -> list[str]:
    """The reason first, then what stands in the way, each once. Plain text with names in it."""
    in_the_way = map(_way_out if error.code == "undo_others_hang_on_it" else row_words, rows_of(error))
    return [REASONS[error.code](), *dict.fromkeys(in_the_way)]


def _way_out(row: NamedRow) -> str:
    return f"{row_words(row)}: {_REMOVED_AT[row.table]()}" if row.table in _REMOVED_AT else row_words(row)


def row_words(row: NamedRow) -> str:
    if row.table in {"organisations", "persons"} or (row.table in _ROWS and (row.name or row.id)):
        return _ROWS[row.table](row)
    return t("noe som hører til {name}", name=row.name) if row.name else t("en opplysning som er borte")


def rows_of(error: Refused) -> tuple[NamedRow, ...]:
    rows = error.facts.get("rows", ())
    return rows if isinstance(rows, tuple) else ()
