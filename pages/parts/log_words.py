"""How the parts of the change log are said."""

from __future__ import annotations

from crm.change_log.areas import Area
from crm.change_log.queries import Entry
from crm.change_log.sentences import details, sentence
from crm.i18n import shown_time, t
from pages.parts.plain import escaped


def area_name(area: Area) -> str:
    return {
        Area.CASES: t("Saker"),
        Area.MEDIA: t("Mediehenvendelser"),
        Area.NETWORKS: t("Nettverk"),
        Area.MEMBERS: t("Medlemmer"),
        Area.BESIDE: t("Oppgaver, merkelapper og vedlegg"),
        Area.PLAN: t("Planen"),
        Area.SETUP: t("Oppsett"),
        Area.USERS: t("Brukere"),
    }[area]


def entry_lines(entry: Entry) -> str:
    """Markdown: when and what, and below it what was changed from and to."""
    said = f"{shown_time(entry.at)} · {escaped(sentence(entry))}"
    changed = "; ".join(escaped(line) for line in details(entry))
    return f"{said}  \n:small[{changed}]" if changed else said
