"""A person as one of our own lists says it, for CSV, workbook and vCard alike, and as the import reads it back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from crm.i18n import t
from crm.members.said import kind_words
from crm.people.words import basis_words, post_kind_words
from crm.transfer.annotations import annotated, one_cell
from crm.transfer.export_table import Cell
from crm.transfer.meanings import Meaning
from db.models.organisations import OrganisationKind
from db.models.people import AddressUse, ContactChannel, ContactKind, LegalBasis, PostKind


@dataclass(frozen=True, slots=True)
class PostOut:
    organisation: str
    org_number: str = ""
    municipality_number: str = ""
    title: str = ""
    kind: PostKind = PostKind.EMPLOYEE
    since: date | None = None
    until: date | None = None
    legal_basis: LegalBasis = LegalBasis.LEGITIMATE_INTEREST
    party: str = ""
    party_source: str = ""
    organisation_kind: OrganisationKind = OrganisationKind.PARTNER


@dataclass(frozen=True, slots=True)
class ContactOut:
    """`until` is set for what is no longer in use."""

    kind: ContactKind
    raw: str
    label: str = ""
    until: date | None = None
    address_use: AddressUse | None = None


@dataclass(frozen=True, slots=True)
class WishOut:
    """A way they asked not to be contacted, since when, and in which words."""

    channel: ContactChannel
    since: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PersonOut:
    """`number` is ours; it lets an import see that two rows are one person, and is never taken over as a number there."""

    number: int
    name: str
    other_names: tuple[str, ...] = ()
    note: str = ""
    posts: tuple[PostOut, ...] = ()
    contacts: tuple[ContactOut, ...] = ()
    languages: str = ""  # codes with a space between
    do_not_contact: tuple[WishOut, ...] = ()


COLUMNS = (
    Meaning.SOURCE_NUMBER,
    Meaning.PERSON,
    Meaning.TITLE,
    Meaning.NAME,
    Meaning.KIND,
    Meaning.ORG_NUMBER,
    Meaning.MUNICIPALITY,
    Meaning.POST_KIND,
    Meaning.POST_SINCE,
    Meaning.POST_UNTIL,
    Meaning.LEGAL_BASIS,
    Meaning.PARTY,
    Meaning.PARTY_SOURCE,
    Meaning.PERSON_PHONE,
    Meaning.PERSON_EMAIL,
    Meaning.PERSON_ADDRESS,
    Meaning.PERSON_WEBSITE,
    Meaning.OLD_PHONE,
    Meaning.OLD_EMAIL,
    Meaning.OLD_ADDRESS,
    Meaning.OLD_WEBSITE,
    Meaning.OTHER_NAMES,
    Meaning.LANGUAGES,
    Meaning.DO_NOT_CONTACT,
    Meaning.PERSON_NOTE,
)
_KINDS = {
    Meaning.PERSON_PHONE: (ContactKind.PHONE, False),
    Meaning.PERSON_EMAIL: (ContactKind.EMAIL, False),
    Meaning.PERSON_ADDRESS: (ContactKind.ADDRESS, False),
    Meaning.PERSON_WEBSITE: (ContactKind.WEB, False),
    Meaning.OLD_PHONE: (ContactKind.PHONE, True),
    Meaning.OLD_EMAIL: (ContactKind.EMAIL, True),
    Meaning.OLD_ADDRESS: (ContactKind.ADDRESS, True),
    Meaning.OLD_WEBSITE: (ContactKind.WEB, True),
}


def headings() -> list[str]:
    words = {
        Meaning.SOURCE_NUMBER: t("kulturcrm-nr."),
        Meaning.PERSON: t("Navn"),
        Meaning.OTHER_NAMES: t("Andre navn"),
        Meaning.TITLE: t("Stilling"),
        Meaning.NAME: t("Organisasjon"),
        Meaning.KIND: t("Organisasjonstype"),
        Meaning.ORG_NUMBER: t("Organisasjonsnummer"),
        Meaning.MUNICIPALITY: t("Kommune"),
        Meaning.POST_KIND: t("Stillingstype"),
        Meaning.POST_SINCE: t("I stillingen fra"),
        Meaning.POST_UNTIL: t("I stillingen til"),
        Meaning.LEGAL_BASIS: t("Behandlingsgrunnlag"),
        Meaning.PARTY: t("Parti"),
        Meaning.PARTY_SOURCE: t("Parti oppgitt av"),
        Meaning.PERSON_PHONE: t("Telefon"),
        Meaning.PERSON_EMAIL: t("E-post"),
        Meaning.PERSON_ADDRESS: t("Adresse"),
        Meaning.PERSON_WEBSITE: t("Nettside"),
        Meaning.OLD_PHONE: t("Gamle telefonnumre"),
        Meaning.OLD_EMAIL: t("Gamle e-postadresser"),
        Meaning.OLD_ADDRESS: t("Gamle adresser"),
        Meaning.OLD_WEBSITE: t("Gamle nettsider"),
        Meaning.LANGUAGES: t("Språk"),
        Meaning.DO_NOT_CONTACT: t("Ikke kontakt på"),
        Meaning.PERSON_NOTE: t("Merknad"),
    }
    return [words[meaning] for meaning in COLUMNS]


def use_words(use: AddressUse) -> str:
    return {AddressUse.POSTAL: t("postadresse"), AddressUse.VISITING: t("besøksadresse")}[use]


def channel_words(channel: ContactChannel) -> str:
    return {
        ContactChannel.PHONE: t("telefon"),
        ContactChannel.EMAIL: t("e-post"),
        ContactChannel.LETTER: t("brev"),
    }[channel]


def rows(people: Iterable[PersonOut]) -> Iterator[Sequence[Cell]]:
    """One row for each post, at least one; what is not of the post stands in the person's first row alone."""
    for person in people:
        whole = _of_person(person)
        for place, post in enumerate(person.posts or (None,)):
            said = whole if place == 0 else {meaning: whole[meaning] for meaning in _IN_EVERY_ROW}
            if post is not None:
                said = said | _of_post(post)
            yield [said.get(meaning, "") for meaning in COLUMNS]


_IN_EVERY_ROW = (Meaning.SOURCE_NUMBER, Meaning.PERSON)


def _of_person(person: PersonOut) -> dict[Meaning, Cell]:
    reached = {
        meaning: one_cell(
            _annotated(contact)
            for contact in person.contacts
            if contact.kind is kind and (contact.until is not None) == is_old
        )
        for meaning, (kind, is_old) in _KINDS.items()
    }
    return {
        Meaning.SOURCE_NUMBER: person.number,
        Meaning.PERSON: person.name,
        Meaning.OTHER_NAMES: one_cell(map(annotated, person.other_names)),
        Meaning.LANGUAGES: person.languages,
        Meaning.DO_NOT_CONTACT: one_cell(
            annotated(channel_words(wish.channel), day=wish.since, words=wish.reason) for wish in person.do_not_contact
        ),
        Meaning.PERSON_NOTE: person.note,
        **reached,
    }


def _of_post(post: PostOut) -> dict[Meaning, Cell]:
    return {
        Meaning.TITLE: post.title,
        Meaning.NAME: post.organisation,
        # We are nobody's partner: in another system, what we are there is for them to say.
        Meaning.KIND: "" if post.organisation_kind is OrganisationKind.OWN else kind_words(post.organisation_kind),
        Meaning.ORG_NUMBER: post.org_number,
        Meaning.MUNICIPALITY: post.municipality_number,
        Meaning.POST_KIND: post_kind_words(post.kind),
        Meaning.POST_SINCE: post.since,
        Meaning.POST_UNTIL: post.until,
        Meaning.LEGAL_BASIS: basis_words(post.legal_basis),
        Meaning.PARTY: post.party,
        Meaning.PARTY_SOURCE: post.party_source,
    }


def _annotated(contact: ContactOut) -> str:
    """`40 61 23 45 [mobil]`; of an old one the last day too, and of an address what it is used for."""
    use = use_words(contact.address_use) if contact.address_use else ""
    return annotated(contact.raw, day=contact.until, word=use, words=contact.label)
