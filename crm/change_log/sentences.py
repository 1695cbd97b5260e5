"""What an entry says, in the reader's language. The log keeps a word and facts; the sentence is made here, when it is read.

A house rule holds that every action recorded anywhere has its sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from crm.change_log.queries import Entry
from crm.i18n import shown_date, shown_moment, t, tn
from crm.members.said import kind_words
from crm.members.words import OrganisationKind

Said = Callable[[], str]

# `{who}` is who did it, `{what}` the record as `_what` names it.
SENTENCES: dict[str, Said] = {
    "attachment.added": lambda: t("{who} la en fil ved {what}."),
    "attachment.deleted": lambda: t("{who} slettet et vedlegg til {what}."),
    "attachment.put_back": lambda: t("{who} angret slettingen av et vedlegg til {what}."),
    "body.added": lambda: t("{who} la til organet {what}."),
    "body.renamed": lambda: t("{who} ga organet nytt navn: {what}."),
    "body.rhythm_removed": lambda: t("{who} fjernet en rytme for {what}."),
    "body.rhythm_set": lambda: t("{who} satte forventet rytme for {what}."),
    "body.seat_changed": lambda: t("{who} endret en plass i {what}."),
    "body.seat_given": lambda: t("{who} ga en plass i {what}."),
    "case.answered_and_closed": lambda: t("{who} svarte på og lukket {what}."),
    "case.changed": lambda: t("{who} endret {what}."),
    "case.closed": lambda: t("{who} lukket {what}."),
    "case.corrected": lambda: t("{who} rettet {what}."),
    "case.handed_over": lambda: t("{who} overlot {what} til en kollega."),
    "case.message_added": lambda: t("{who} skrev en melding i {what}."),
    "case.opened": lambda: t("{who} opprettet {what}."),
    "case.reopened": lambda: t("{who} gjenåpnet {what}."),
    "case.tied": lambda: t("{who} knyttet {what} til en innringer."),
    "case.undone": lambda: t("{who} angret {what}."),
    "case.waiting_ended": lambda: t("{who} avsluttet ventetiden i {what}."),
    "case.waiting_started": lambda: t("{who} begynte å vente på den andre parten i {what}."),
    "contact.added": lambda: t("{who} la til kontaktopplysninger for {what}."),
    "contact.changed": lambda: t("{who} rettet kontaktopplysninger for {what}."),
    "contact.ended": lambda: t("{who} merket kontaktopplysninger for {what} som gamle."),
    "contact.removed": lambda: t("{who} fjernet kontaktopplysninger for {what} som aldri var riktige."),
    "contact.used_again": lambda: t("{who} tok gamle kontaktopplysninger for {what} i bruk igjen."),
    "demonstration.marked": lambda: t("{who} fylte databasen med oppdiktet arbeid."),
    "export.made": lambda: t("{who} tok ut opplysninger: {what}."),
    "import.undone": lambda: t("{who} tok tilbake importen {what}."),
    "inquiry.answered": lambda: t("{who} besvarte {what}."),
    "inquiry.closed": lambda: t("{who} lukket {what}."),
    "inquiry.corrected": lambda: t("{who} rettet {what}."),
    "inquiry.handed_over": lambda: t("{who} overlot {what} til en kollega."),
    "inquiry.message_added": lambda: t("{who} skrev en melding i {what}."),
    "inquiry.opened": lambda: t("{who} registrerte {what}."),
    "inquiry.outcome_changed": lambda: t("{who} endret utfallet av {what}."),
    "inquiry.reopened": lambda: t("{who} gjenåpnet {what}."),
    "inquiry.taken_back": lambda: t("{who} angret {what}."),
    "inquiry.waiting_ended": lambda: t("{who} avsluttet ventetiden i {what}."),
    "inquiry.waiting_started": lambda: t("{who} begynte å vente på den andre parten i {what}."),
    "mailing_list.changed": lambda: t("{who} endret e-postlisten {what}."),
    "mailing_list.consent_noted": lambda: t("{who} førte opp et samtykke til e-postlisten {what}."),
    "mailing_list.made": lambda: t("{who} laget e-postlisten {what}."),
    "mailing_list.put_on": lambda: t("{who} satte noen på e-postlisten {what}."),
    "mailing_list.restored": lambda: t("{who} tok e-postlisten {what} i bruk igjen."),
    "mailing_list.retired": lambda: t("{who} tok e-postlisten {what} ut av bruk."),
    "mailing_list.subscribed_again": lambda: t("{who} meldte noen på e-postlisten {what} igjen."),
    "mailing_list.taken_off": lambda: t("{who} fjernet noen fra e-postlisten {what}."),
    "mailing_list.unsubscribed": lambda: t("{who} meldte noen av e-postlisten {what}."),
    "meeting.attendance_noted": lambda: t("{who} registrerte oppmøte på {what}."),
    "meeting.cancelled": lambda: t("{who} avlyste {what}."),
    "meeting.changed": lambda: t("{who} endret {what}."),
    "meeting.deleted": lambda: t("{who} slettet {what}."),
    "meeting.held": lambda: t("{who} registrerte at {what} ble holdt."),
    "meeting.minutes_written": lambda: t("{who} skrev referat fra {what}."),
    "meeting.planned": lambda: t("{who} planla {what}."),
    "meeting.restored": lambda: t("{who} satte opp igjen {what}."),
    "members.imported": lambda: t("{who} importerte medlemslisten {what}."),
    "membership.changed": lambda: t("{who} rettet et medlemskap for {what}."),
    "membership.ended": lambda: t("{who} avsluttet medlemskapet til {what}."),
    "membership.removed": lambda: t("{who} fjernet et medlemskap for {what} som aldri var riktig."),
    "membership.started": lambda: t("{who} førte opp {what} som medlem."),
    "merge.undone": lambda: t("{who} tok tilbake en sammenslåing som gjaldt {what}."),
    "office.exception_added": lambda: t("{who} la inn et unntak i kontortiden."),
    "office.exception_removed": lambda: t("{who} fjernet et unntak i kontortiden."),
    "office.half_days_set": lambda: t("{who} endret de halve dagene i kontortiden."),
    "office.hours_set": lambda: t("{who} endret kontortiden."),
    "organisation.added": lambda: t("{who} la til {what}."),
    "organisation.edited": lambda: t("{who} endret opplysninger om {what}."),
    "organisation.kept_apart": lambda: t("{who} sa at {what} ikke er den samme som en som ligner."),
    "organisation.kind_changed": lambda: t("{who} endret typen til {what}."),
    "organisation.merged": lambda: t("{who} slo sammen {what} med en annen."),
    "organisation.name_added": lambda: t("{who} la til et annet navn på {what}."),
    "organisation.name_changed": lambda: t("{who} rettet et annet navn på {what}."),
    "organisation.name_removed": lambda: t("{who} fjernet et annet navn på {what}."),
    "organisation.renamed": lambda: t("{who} endret navnet på {what}."),
    "organisation.tied": lambda: t("{who} endret hva {what} hører til og arbeider med."),
    "person.added": lambda: t("{who} la til personen {what}."),
    "person.kept_apart": lambda: t("{who} sa at {what} ikke er den samme som en som ligner."),
    "person.merged": lambda: t("{who} slo sammen {what} med en annen."),
    "person.added_to_house": lambda: t("{who} la til personen {what} på et hus."),
    "person.changed": lambda: t("{who} endret opplysninger om {what}."),
    "person.contact_allowed": lambda: t("{who} noterte at {what} kan kontaktes igjen."),
    "person.contact_stopped": lambda: t("{who} noterte at {what} ikke vil kontaktes."),
    "person.no_contact_changed": lambda: t("{who} endret hvordan {what} ikke vil kontaktes."),
    "plan.adopted": lambda: t("{who} la inn handlingsplanen."),
    "post.added": lambda: t("{who} ga {what} en ny stilling."),
    "post.changed": lambda: t("{who} rettet en stilling for {what}."),
    "post.ended": lambda: t("{who} avsluttet en stilling for {what}."),
    "post.moved": lambda: t("{who} førte {what} over i en ny stilling."),
    "post.removed": lambda: t("{who} fjernet en stilling for {what} som aldri var riktig."),
    "reading.revised": lambda: t("{who} endret hvordan et tiltak leses: {what}."),
    "tag.changed": lambda: t("{who} endret merkelappene på {what}."),
    "tag.merged": lambda: t("{who} slo en merkelapp sammen med {what}."),
    "tag.put_on_many": lambda: t("{who} satte merkelappen {what} på flere."),
    "tag.removed": lambda: t("{who} slettet merkelappen {what}."),
    "tag.renamed": lambda: t("{who} ga merkelappen nytt navn: {what}."),
    "selection.changed": lambda: t("{who} endret utvalget {what}."),
    "selection.deleted": lambda: t("{who} slettet utvalget {what}."),
    "selection.saved": lambda: t("{who} lagret utvalget {what}."),
    "task.added": lambda: t("{who} la til {what}."),
    "task.changed": lambda: t("{who} endret {what}."),
    "task.deleted": lambda: t("{who} slettet {what}."),
    "task.finished": lambda: t("{who} ble ferdig med {what}."),
    "task.reopened": lambda: t("{who} tok opp igjen {what}."),
    "topic.added": lambda: t("{who} la til temaet {what}."),
    "topic.given": lambda: t("{who} ga organisasjoner et tema: {what}."),
    "topic.renamed": lambda: t("{who} ga temaet nytt navn: {what}."),
    "topic.restored": lambda: t("{who} tok temaet {what} i bruk igjen."),
    "topic.retired": lambda: t("{who} tok temaet {what} ut av bruk."),
    "undo.forgotten": lambda: t("{who} kastet det som ikke lenger kunne tas tilbake."),
    "user.added": lambda: t("{who} la til brukeren {what}."),
    "user.disabled": lambda: t("{who} sperret brukeren {what}."),
    "user.enabled": lambda: t("{who} åpnet for brukeren {what} igjen."),
    "user.language_changed": lambda: t("{who} byttet språk."),
    "user.other_sessions_ended": lambda: t("{who} logget seg ut alle andre steder."),
    "user.password_changed": lambda: t("{who} byttet passord."),
    "user.password_chosen": lambda: t("{who} valgte passord."),
    "user.password_link_made": lambda: t("{who} laget en lenke for nytt passord til {what}."),
    "user.role_changed": lambda: t("{who} endret rollen til {what}."),
    "user.set_up_opened": lambda: t("{who} laget lenken for den første administratoren."),
    "user.shortcuts_changed": lambda: t("{who} endret snarveiene sine."),
    "user.sign_in_link_opened": lambda: t("{who} laget en innloggingslenke for {what}."),
    "user.signed_in": lambda: t("{who} logget inn."),
    "user.signed_out": lambda: t("{who} logget ut."),
}

# Fields whose values before and after may be shown; of all others the log says only that they were changed.
FIELDS: dict[str, Said] = {
    "name": lambda: t("navn"),
    "title": lambda: t("tittel"),
    "starts_at": lambda: t("begynner"),
    "ends_at": lambda: t("slutter"),
    "place": lambda: t("sted"),
    "role": lambda: t("rolle"),
    "since": lambda: t("fra"),
    "until": lambda: t("til"),
    "responsible_id": lambda: t("ansvarlig"),
    "0": lambda: t("Mandag"),
    "1": lambda: t("Tirsdag"),
    "2": lambda: t("Onsdag"),
    "3": lambda: t("Torsdag"),
    "4": lambda: t("Fredag"),
    "5": lambda: t("Lørdag"),
    "6": lambda: t("Søndag"),
}

WORDS: dict[str, Said] = {
    "administrator": lambda: t("Administrator"),
    "colleague": lambda: t("Kollega"),
    "reader": lambda: t("Leser"),
}


def sentence(entry: Entry) -> str:
    """Plain text with what people have typed in it. An action without a sentence is named as it is stored."""
    who = t("Kommandolinjen") if entry.actor is None else entry.actor
    said = SENTENCES.get(entry.action)
    if said is None:
        return f"{who}: {entry.action} {_what(entry)}"
    return said().format(who=who, what=_what(entry))


def details(entry: Entry) -> list[str]:
    """`sted: Oslo → Bergen` for each field that changed and may be shown."""
    if entry.action.startswith("office.exception"):
        return [f"{_shown(entry, 'since', entry.facts.get('day'))}: {entry.facts.get('hours') or t('stengt')}"]
    if entry.action == "body.seat_given":
        return [_shown(entry, "responsible_id", entry.facts.get("user"))]
    if entry.action == "export.made":
        n = entry.facts.get("rows")
        return [tn("{n} rad", "{n} rader", n)] if isinstance(n, int) else []
    if entry.action == "organisation.kind_changed":
        kinds = (kind_words(OrganisationKind(kind)) for kind in entry.facts["changed"]["kind"])
        return [t("type: {before} → {after}", **dict(zip(("before", "after"), kinds, strict=True)))]
    if entry.action == "tag.changed":
        return tag_changes(entry.facts)
    changed = entry.facts.get("changed")
    if not isinstance(changed, dict):
        return []
    return [
        f"{FIELDS[field]()}: {_shown(entry, field, values[0])} → {_shown(entry, field, values[1])}"
        for field, values in changed.items()
        if field in FIELDS and isinstance(values, list) and len(values) == 2
    ]


def tag_changes(facts: Mapping[str, Any]) -> list[str]:
    """`satte på TONO, Turné`, `tok av Moms`."""
    put, taken_off = (", ".join(facts.get(word) or ()) for word in ("put", "taken_off"))
    return [
        *([t("satte på {tags}", tags=put)] if put else []),
        *([t("tok av {tags}", tags=taken_off)] if taken_off else []),
    ]


def _what(entry: Entry) -> str:
    """The record, by its name today or by the one it was given then."""
    name = entry.subject or str(entry.facts.get("name") or entry.facts.get("file") or entry.facts.get("measure") or "")
    match entry.subject_kind:
        case "support_cases":
            return (
                t("sak {number} ({name})", number=entry.subject_id, name=name)
                if name
                else t("sak {number}", number=entry.subject_id)
            )
        case "inquiries":
            number = entry.subject_id
            if name:
                return t("mediehenvendelse {number} ({name})", number=number, name=name)
            return t("mediehenvendelse {number}", number=number)
        case "tasks":
            return t("oppgave {number}", number=entry.subject_id)
        case "events" if "starts_at" not in entry.facts:
            return t("møte {number}", number=entry.subject_id)
        case "selections" if not name:
            return t("et utvalg uten navn")
        case "events":
            return t("møtet i {body} {day}", body=name, day=_shown(entry, "since", entry.facts.get("starts_at")))
    return name or f"#{entry.subject_id}"


def _shown(entry: Entry, field: str, value: object) -> str:
    """A stored value for people: days and moments in their form, users by name, nothing as a dash."""
    if value in (None, ""):
        return "–"
    if field == "responsible_id" and isinstance(value, int):
        return entry.names.get(value, f"#{value}")
    if field in {"starts_at", "ends_at", "since", "until"} and isinstance(value, str):
        return _shown_time(value)
    return WORDS[str(value)]() if str(value) in WORDS else str(value)


def _shown_time(stored: str) -> str:
    try:
        return shown_moment(datetime.fromisoformat(stored)) if "T" in stored else shown_date(date.fromisoformat(stored))
    except ValueError:
        return stored
