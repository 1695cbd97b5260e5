"""What the cells of one row say, each kind of cell in all the ways people write it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import TypeVar

from crm.contact_details import national_number_in, read_org_number
from crm.members.places import PlaceReason, read_municipality
from crm.names import search_key
from crm.people.words import IN_OFFICE
from crm.transfer.annotations import values_in
from crm.transfer.meanings import Meaning
from crm.transfer.rows import Remark, Wish
from db.models.organisations import OrganisationKind, OwnerForm
from db.models.people import AddressUse, ContactChannel, LegalBasis, PostKind

Word = TypeVar("Word")

_KINDS: dict[OrganisationKind, tuple[str, ...]] = {
    OrganisationKind.HOUSE: ("hus", "kulturhus", "konserthus", "medlem", "house", "arts centre"),
    OrganisationKind.SUPPLIER: (
        "leverandør", "leverandørmedlem", "bransje", "bransjemedlem", "supplier", "supplier member", "støttemedlem",
    ),
    OrganisationKind.OUTLET: ("medium", "media", "avis", "redaksjon", "mediehus", "outlet", "newspaper"),
    OrganisationKind.AUTHORITY: (
        "myndighet", "kommune", "fylkeskommune", "departement", "direktorat", "authority", "municipality", "county",
        "ministry", "directorate",
    ),
    OrganisationKind.PARTY: ("parti", "politisk parti", "party", "political party"),
    OrganisationKind.NETWORK_BODY: (
        "organ", "nettverk", "nettverksorgan", "utvalg", "body", "network", "network body", "committee",
    ),
    OrganisationKind.PARTNER: ("samarbeidspartner", "partner", "organisasjon", "organisation"),
    OrganisationKind.OWN: ("oss selv", "ourselves"),
}  # fmt: skip
_FORMS: dict[OwnerForm, tuple[str, ...]] = {
    OwnerForm.MUNICIPALITY: ("kommune", "kommunal", "kommunalt", "kommunen", "the municipality"),
    OwnerForm.MUNICIPAL_ENTERPRISE: ("kf", "kommunalt foretak", "municipal enterprise"),
    OwnerForm.INTERMUNICIPAL: ("iks", "interkommunalt", "interkommunalt selskap", "intermunicipal company"),
    OwnerForm.COUNTY: ("fylkeskommune", "fylkeskommunen", "fylkeskommunal", "fylkeskommunalt", "the county"),
    OwnerForm.STATE: ("stat", "staten", "statlig", "the state"),
    OwnerForm.LIMITED_COMPANY: ("as", "aksjeselskap", "a/s", "asa", "limited company"),
    OwnerForm.FOUNDATION: ("stiftelse", "stiftelsen", "sti", "foundation"),
    OwnerForm.ASSOCIATION: ("forening", "lag", "frivillig", "forening/lag", "association"),
    OwnerForm.COOPERATIVE: ("sa", "samvirke", "samvirkeforetak", "cooperative"),
    OwnerForm.OTHER: ("annet", "other"),
}
_POSTS: dict[PostKind, tuple[str, ...]] = {
    PostKind.EMPLOYEE: ("ansatt", "employee"),
    PostKind.JOURNALIST: ("journalist",),
    PostKind.ADVISER: ("rådgiver", "adviser"),
    PostKind.ELECTED: ("folkevalgt", "elected"),
    PostKind.NOMINATED: ("oppnevnt", "appointed", "nominated"),
    PostKind.BOARD: ("styreverv", "styremedlem", "board member", "board"),
    PostKind.OTHER: ("annet", "other"),
}
_BASES: dict[LegalBasis, tuple[str, ...]] = {
    LegalBasis.CONTRACT: ("avtale", "kontrakt", "contract"),
    LegalBasis.LEGITIMATE_INTEREST: ("berettiget interesse", "legitimate interest"),
    LegalBasis.CONSENT: ("samtykke", "consent"),
}
_USES: dict[AddressUse, tuple[str, ...]] = {
    AddressUse.POSTAL: ("postadresse", "postal", "postal address"),
    AddressUse.VISITING: ("besøksadresse", "visiting", "visiting address"),
}
_LANGUAGES: dict[str, tuple[str, ...]] = {
    "nb": ("norsk", "bokmål", "no", "norwegian"),
    "nn": ("nynorsk",),
    "se": ("nordsamisk", "samisk", "davvisámegiella"),
    "en": ("engelsk", "english"),
    "sv": ("svensk", "swedish"),
    "da": ("dansk", "danish"),
    "fi": ("finsk",),
    "de": ("tysk", "german"),
    "fr": ("fransk", "french"),
    "es": ("spansk", "spanish"),
    "pl": ("polsk", "polish"),
    "uk": ("ukrainsk", "ukrainian"),
}
_CHANNELS: dict[ContactChannel, tuple[str, ...]] = {
    ContactChannel.PHONE: ("telefon", "tlf", "phone", "sms", "ring"),
    ContactChannel.EMAIL: ("e post", "epost", "e mail", "email", "mail", "nyhetsbrev", "newsletter"),
    ContactChannel.LETTER: ("brev", "post", "letter", "letters"),
}


def _by_word(words: dict[Word, tuple[str, ...]]) -> dict[str, Word]:
    return {search_key(written): word for word, ways in words.items() for written in ways}


_KIND_OF, _FORM_OF, _POST_OF = _by_word(_KINDS), _by_word(_FORMS), _by_word(_POSTS)
_BASIS_OF, _USE_OF = _by_word(_BASES), _by_word(_USES)
_LANGUAGE_OF, _CHANNEL_OF = _by_word(_LANGUAGES), _by_word(_CHANNELS)
_YES, _NO, _ALL = (
    frozenset({"ja", "yes", "x", "true", "1"}),
    frozenset({"nei", "no", "false", "0"}),
    frozenset({"alt", "all"}),
)


@dataclass
class Cells:
    """The cells of a row by what they mean, while it is read; `remarks` grows with what is not taken as it stands."""

    by_meaning: dict[Meaning, list[str]]
    remarks: list[Remark] = field(default_factory=list)

    def all(self, meaning: Meaning) -> list[str]:
        return [cell for cell in self.by_meaning.get(meaning, []) if cell]

    def one(self, meaning: Meaning) -> str:
        return next(iter(self.all(meaning)), "")

    def remark(self, code: str, cell: str = "") -> None:
        self.remarks.append(Remark(code, cell[:100]))


def kind(cells: Cells) -> OrganisationKind | None:
    """None when the list does not say, or in a word that is none of ours."""
    written = cells.one(Meaning.KIND)
    found = _KIND_OF.get(search_key(written))
    if written and found is None:
        cells.remark("kind_unknown", written)
    return found


def is_ourselves(cells: Cells) -> bool:
    """There is one of us, and no list makes another."""
    return _KIND_OF.get(search_key(cells.one(Meaning.KIND))) is OrganisationKind.OWN


def org_number(cells: Cells) -> str | None:
    written = cells.one(Meaning.ORG_NUMBER)
    if not written:
        return None
    read = read_org_number(written, allow_fictitious=True)
    if read.reason is not None:
        cells.remark(f"org_number_{read.reason.value}", written)
    return read.number


def place(cells: Cells) -> tuple[str | None, tuple[str, ...]]:
    """The municipality's number, or those to choose among."""
    written = cells.one(Meaning.MUNICIPALITY)
    if not written:
        return None, ()
    read = read_municipality(written, cells.one(Meaning.COUNTY))
    if read.reason is not None:
        cells.remark(read.reason.value if read.candidates else PlaceReason.UNKNOWN.value, written)
    elif read.renumbered_from is not None:
        cells.remark("place_renumbered", f"{read.renumbered_from} → {read.number}")
    return read.number, read.candidates


def owner_form(cells: Cells) -> OwnerForm | None:
    written = cells.one(Meaning.OWNER_FORM)
    form = _FORM_OF.get(search_key(written)) or _FORM_OF.get(search_key(written.partition("(")[0]))
    if written and form is None:
        cells.remark("owner_form_unknown", written)
    return form


def day(cells: Cells, meaning: Meaning) -> date | None:
    written = cells.one(meaning)
    if not written:
        return None
    found = read_day(written)
    if found is None:
        cells.remark("date_not_read", written)
    return found


@lru_cache(maxsize=4096)  # lists say the same days, and none, again and again
def read_day(written: str) -> date | None:
    """`2019-03-01`, `1.3.2019`, `01.03.19` or a year alone, which then begins with its first day."""
    if re.fullmatch("(19|20)[0-9]{2}", written):
        return date(int(written), 1, 1)
    for shape in ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%y"):
        try:
            found = datetime.strptime(re.sub(r"\.\s+", ".", written), shape).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
        if 1900 <= found.year <= 2999:
            return found
    return None


def post_kind(cells: Cells) -> PostKind | None:
    written = cells.one(Meaning.POST_KIND)
    found = _POST_OF.get(search_key(written))
    if written and found is None:
        cells.remark("post_kind_unknown", written)
    return found


def legal_basis(cells: Cells) -> LegalBasis | None:
    written = cells.one(Meaning.LEGAL_BASIS)
    found = _BASIS_OF.get(search_key(written))
    if written and found is None:
        cells.remark("legal_basis_unknown", written)
    return found


def party(cells: Cells, kind: PostKind | None) -> tuple[str | None, str | None]:
    """The party and who says so, as the table demands. What is left out is not repeated in the report: it is nobody's to know."""
    found, source = cells.one(Meaning.PARTY)[:100], cells.one(Meaning.PARTY_SOURCE)[:100]
    if found and kind not in IN_OFFICE:
        cells.remark("party_not_in_office")
    elif found and not source:
        cells.remark("party_without_source")
    elif found:
        return found, source
    return None, None


def address_use(written: str) -> AddressUse | None:
    return _USE_OF.get(search_key(written))


def languages(cells: Cells) -> str:
    """Codes with a space between, whether the list has codes or names."""
    found: list[str] = []
    for written in re.split(r"[\s,;/:]+", cells.one(Meaning.LANGUAGES)):
        code = _LANGUAGE_OF.get(search_key(written)) or written.lower()
        if re.fullmatch("[a-z]{2,3}", code):
            found.append(code)
        elif written:
            cells.remark("language_unknown", written)
    return " ".join(dict.fromkeys(found))[:100]


def wishes(cells: Cells, *, is_exact: bool) -> tuple[Wish, ...]:
    """`is_exact`: as our own list has them, each with its day and why."""
    if not is_exact:
        return tuple(Wish(channel) for channel in _channels(cells))
    found: dict[ContactChannel, Wish] = {}
    for one in values_in(cells.one(Meaning.DO_NOT_CONTACT)):
        channel = _CHANNEL_OF.get(search_key(one.raw))
        if channel is None:
            cells.remark("do_not_contact_unknown", one.raw)
        else:
            found.setdefault(channel, Wish(channel, read_day(one.day), one.words[:500]))
    return tuple(found.values())


def _channels(cells: Cells) -> tuple[ContactChannel, ...]:
    """Channels by name. A mere yes, or the moment somebody left a newsletter, means e-mail: that is what such columns are about."""
    found: list[ContactChannel] = []
    for written in re.split(r":::|[,;/]", cells.one(Meaning.DO_NOT_CONTACT)):
        key = search_key(written)
        if key in _ALL:
            found += ContactChannel
        elif key in _CHANNEL_OF:
            found.append(_CHANNEL_OF[key])
        elif key in _YES or re.match("(19|20)[0-9]{2} ", key):
            found.append(ContactChannel.EMAIL)
        elif key and key not in _NO:
            cells.remark("do_not_contact_unknown", written.strip())
    return tuple(dict.fromkeys(found))


def note(cells: Cells, meaning: Meaning) -> str:
    return "\n".join(_without_national_numbers(cells, cells.all(meaning)))


def _without_national_numbers(cells: Cells, notes: list[str]) -> Iterator[str]:
    for written in notes:
        if national_number_in(written):
            cells.remark("national_number_in_note")
        else:
            yield written
