"""Phone numbers, e-mail addresses and organisation numbers as people write them, and as they are stored and compared.

Nothing here raises for what somebody typed: a call is never refused for a bad number. What cannot be read comes back
with `valid` False, the raw text untouched and a reason code for the screen to word.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import phonenumbers
from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailSyntaxError, ValidatedEmail, validate_email
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType
from stdnum.no import fodselsnummer, orgnr


class PhoneKind(StrEnum):
    """The kinds phonenumbers tells apart, by its own words in lower case."""

    FIXED_LINE = "fixed_line"
    MOBILE = "mobile"
    FIXED_LINE_OR_MOBILE = "fixed_line_or_mobile"
    TOLL_FREE = "toll_free"
    PREMIUM_RATE = "premium_rate"
    SHARED_COST = "shared_cost"
    INTERNET = "voip"
    PERSONAL = "personal_number"
    PAGER = "pager"
    COMPANY = "uan"  # 815 00 000, and the five-digit ones such as 02000
    VOICEMAIL = "voicemail"


class PhoneReason(StrEnum):
    EMPTY = "empty"
    NO_DIGITS = "no_digits"
    DATE = "date"  # 22.11.2026 has the digits of a landline
    SEVERAL = "several"  # a second number, or digits left over: read_phones takes them apart
    NOT_IN_USE = "not_in_use"  # wrong length, or in no series a person can be called on


@dataclass(frozen=True, slots=True)
class Phone:
    """`e164` has no extension, and for the five-digit company numbers it is for comparing: abroad cannot call +4702000.

    `shown` is in pairs, 40 61 23 45, for Norway and Svalbard, with +46 and so on for others, and the raw text when the
    number is not valid. `region` is the country of a valid number; Svalbard is SJ, not NO.
    """

    raw: str
    e164: str | None
    extension: str | None
    valid: bool
    kind: PhoneKind | None
    shown: str
    region: str | None
    reason: PhoneReason | None = None


class EmailReason(StrEnum):
    EMPTY = "empty"
    NO_AT = "no_at"
    SEVERAL = "several"
    BAD_MAILBOX = "bad_mailbox"  # what stands before the @
    BAD_DOMAIN = "bad_domain"  # what stands after it
    RESERVED_DOMAIN = "reserved_domain"  # .test, .invalid, .localhost: nothing ever arrives there


@dataclass(frozen=True, slots=True)
class Email:
    """`normalised` has the domain in its own letters, `ascii` in punycode (None when the mailbox itself has an ø).

    `key` is for comparing, also for addresses that are not valid: kari@ålesund.example and its punycode are one.
    """

    raw: str
    normalised: str | None
    ascii: str | None
    key: str
    valid: bool
    reason: EmailReason | None = None
    display_name: str | None = None


class OrgNumberReason(StrEnum):
    EMPTY = "empty"
    NOT_NINE_DIGITS = "not_nine_digits"
    WRONG_SERIES = "wrong_series"  # real ones begin with 8 or 9
    WRONG_CHECK_DIGIT = "wrong_check_digit"


@dataclass(frozen=True, slots=True)
class OrgNumber:
    """`number` is the nine digits, None unless valid; `shown` is 974 760 673, or the raw text when not valid."""

    raw: str
    number: str | None
    shown: str
    valid: bool
    reason: OrgNumberReason | None = None


_AT_HOME: Final = frozenset({"NO", "SJ"})
# The trunk zero in "+47 (0) 22 83 80 00" is never dialled with +47, and Norway never had one.
_TRUNK_ZERO: Final = re.compile(r"\(\s*0\s*\)")
_EXTENSION_WORDS: Final = r"linje|bilinje|internnummer|internnr|internt|intern|int|lnr|extension|ext|app|x|#"
# A number, then perhaps its extension. Letters, slash, comma, semicolon and a new plus end it; the extension must not be
# followed by more digits, or "x 40 61 23 45" would lose its last three pairs.
_WRITTEN: Final = re.compile(
    r"(?P<number>(?:\((?:\+ *)?[0-9]+\)|(?:\+ *)?[0-9])(?:[0-9 .()-]*[0-9])?)"
    rf"(?:[ ,.(]*(?:{_EXTENSION_WORDS})[ .:]*(?P<extension>[0-9]{{1,6}})(?![ .-]*[0-9]))?",
    re.IGNORECASE,
)
# Two numbers of 15 digits, the most there are, with room for spaces; what is longer is not worth taking apart.
_TWO_NUMBERS: Final = 60
_DATE: Final = re.compile(
    r"(?:0?[1-9]|[12][0-9]|3[01])[.-] ?(?:0?[1-9]|1[0-2])[.-] ?(?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}"
)
_COUNTRY_CODE: Final = re.compile(r"(?:\+|00)\s*47|47(?=[0-9]{8}$)")
# With words beside them, fewer digits than this are a year or a street number rather than somebody's phone.
_WHOLE_NUMBER: Final = 5
_ADDRESSED: Final = re.compile(r'"?(?P<name>[^<>"]*)"? *<(?P<address>[^<>]*)>')
_ORG_NUMBER_AROUND: Final = re.compile(r"^(?:org(?:anisasjons)?\.?\s*(?:nr|nummer)?\b[.:\s]*)?(?:NO)?|(?:MVA)?$", re.I)
_BETWEEN_DIGITS: Final = re.compile(r"[\s.\-]")
# ddmmyy nnnnn in the ways it is written; an account number (1503 40 12345) has its spaces elsewhere.
_NATIONAL_NUMBER: Final = re.compile(
    r"(?<![0-9+])([0-9]{2})([ .]?)([0-9]{2})\2([0-9]{2})[ -]?([0-9]{3})[ ]?([0-9]{2})(?![0-9])"
)


def read_phone(raw: str, region: str = "NO") -> Phone:
    """The one number in a field, whatever label stands around it.

    With a second number, or any digits left over, the field is not one number: invalid with reason SEVERAL, so that
    nothing is silently dropped. `region` is where a number without country code belongs.
    """
    phones = read_phones(raw, region)
    if not phones:
        return _unread(raw, PhoneReason.NO_DIGITS if raw.strip() else PhoneReason.EMPTY)
    if len(phones) > 1:
        return _unread(raw, PhoneReason.SEVERAL)
    only = phones[0]
    return replace(only, raw=raw, shown=only.shown if only.valid else raw.strip())


def read_phones(raw: str, region: str = "NO") -> list[Phone]:
    """Every number in a field, valid or not, each with its own piece as `raw`; [] when there is no digit."""
    text = _TRUNK_ZERO.sub(" ", _plain(raw))
    return [phone for found in _WRITTEN.finditer(text) for phone in _read_pieces(found, region)]


def phone_digits(raw: str) -> str:
    """The digits to search for, without +47 or 0047; "" when the text is words with a short number (TONO 2027).

    Put over a stored E.164 number it gives what these are found in: `phone_digits("406 12") in phone_digits(e164)`.
    The first digits alone do too, as they are typed.
    """
    text = _TRUNK_ZERO.sub(" ", _plain(raw))
    first = _WRITTEN.search(text)
    if first is None:
        return ""
    digits = _without_country(first["number"])
    has_words = any(letter.isalpha() for letter in text)
    return "" if has_words and len(digits) < _WHOLE_NUMBER else digits


def read_email(raw: str) -> Email:
    """One address, alone or as `Kari Nordmann <kari@kulturhus.example>`. Never asks DNS: the office may be offline."""
    name, address = _name_and_address(_plain(raw).removeprefix("mailto:").strip(" ;,"))
    try:
        found = validate_email(address, check_deliverability=False)
    except EmailSyntaxError:
        return Email(raw, None, None, address.casefold(), valid=False, reason=_why_no_email(address), display_name=name)
    return Email(raw, found.normalized, found.ascii_email, _email_key(found), valid=True, display_name=name)


def read_org_number(raw: str, *, allow_fictitious: bool = False) -> OrgNumber:
    """With or without spaces, `NO` before and `MVA` after. Nine zeros pass the check digit and are refused by series.

    `allow_fictitious` also takes numbers beginning with 3, which no register gives out: for demo data and tests.
    """
    digits = _BETWEEN_DIGITS.sub("", _ORG_NUMBER_AROUND.sub("", _plain(raw)))
    reason = _why_no_org_number(digits, series="893" if allow_fictitious else "89")
    if reason is not None:
        return OrgNumber(raw, None, raw.strip(), valid=False, reason=reason)
    return OrgNumber(raw, digits, f"{digits[:3]} {digits[3:6]} {digits[6:]}", valid=True)


def national_number_in(text: str) -> bool:
    """Whether a note holds a national identity number (or D-number) with valid date and check digits.

    For a warning, not a refusal: one in some thousands of other eleven-digit numbers passes the check by chance.
    """
    found = _NATIONAL_NUMBER.finditer(unicodedata.normalize("NFKC", text))
    return any(fodselsnummer.is_valid("".join(filter(str.isdigit, written[0]))) for written in found)


def _plain(raw: str) -> str:
    """Full-width digits, hard spaces and long dashes as the plain ones; a new line parts like a semicolon."""
    text = unicodedata.normalize("NFKC", raw).replace("\u200b", "").strip()
    text = re.sub(r"[\r\n\t]+", " ; ", text)
    return re.sub(r"[\u2010-\u2015\u2212]", "-", text)


def _read_pieces(found: re.Match[str], region: str) -> list[Phone]:
    piece, extension = found["number"], found["extension"]
    one = _read_piece(piece, extension, region)
    if one.valid or one.reason is PhoneReason.DATE or len(piece) > _TWO_NUMBERS:
        return [one]
    for space in re.finditer(" +", piece):
        two = [_read_piece(piece[: space.start()], None, region), _read_piece(piece[space.end() :], extension, region)]
        if all(phone.valid for phone in two):
            return two
    return [one]


def _read_piece(piece: str, extension: str | None, region: str) -> Phone:
    if _DATE.fullmatch(piece):
        return _unread(piece, PhoneReason.DATE)
    number = _parsed(re.sub("[()]", " ", piece), region)
    if number is None or not phonenumbers.is_valid_number(number):
        return _unread(piece, PhoneReason.NOT_IN_USE)
    country = phonenumbers.region_code_for_number(number)
    style = PhoneNumberFormat.NATIONAL if country in _AT_HOME else PhoneNumberFormat.INTERNATIONAL
    return Phone(
        raw=piece,
        e164=phonenumbers.format_number(number, PhoneNumberFormat.E164),
        extension=extension,
        valid=True,
        kind=PhoneKind(PhoneNumberType.to_string(phonenumbers.number_type(number)).lower()),
        shown=phonenumbers.format_number(number, style),
        region=country,
    )


def _parsed(piece: str, region: str) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(piece, region)
    except NumberParseException:
        return None


def _unread(raw: str, reason: PhoneReason) -> Phone:
    return Phone(raw, None, None, valid=False, kind=None, shown=raw.strip(), region=None, reason=reason)


def _without_country(piece: str) -> str:
    digits = re.sub("[^0-9+]", "", piece)
    bare = _COUNTRY_CODE.sub("", digits, count=1) if _COUNTRY_CODE.match(digits) else digits
    return bare.lstrip("+").removeprefix("00")


def _name_and_address(text: str) -> tuple[str | None, str]:
    """Taken apart here, because the library refuses a display name with æ, ø or å unless it is quoted."""
    found = _ADDRESSED.fullmatch(text)
    if found is None:
        return None, text
    name, address = found["name"].strip(), found["address"].strip()
    if "@" in name and name.lower() != address.lower():
        return None, text  # two addresses, and neither is to be dropped
    return (None if "@" in name else name or None), address


def _email_key(found: ValidatedEmail) -> str:
    """The mailbox without case; mail systems may tell KARI@ from kari@, people do not."""
    return f"{found.local_part.casefold()}@{found.domain.lower()}"


def _why_no_email(text: str) -> EmailReason:
    mailbox, at, domain = text.rpartition("@")
    if not text:
        return EmailReason.EMPTY
    if not at:
        return EmailReason.NO_AT
    if len(re.findall(r"[^\s,;<>@]+@[^\s,;<>@]+", text)) > 1:
        return EmailReason.SEVERAL
    if domain.lower().rpartition(".")[2] in SPECIAL_USE_DOMAIN_NAMES:
        return EmailReason.RESERVED_DOMAIN
    return EmailReason.BAD_MAILBOX if mailbox == "" or _is_domain(domain) else EmailReason.BAD_DOMAIN


def _is_domain(domain: str) -> bool:
    try:
        validate_email(f"post@{domain}", check_deliverability=False)
    except EmailSyntaxError:
        return False
    return True


def _why_no_org_number(digits: str, *, series: str) -> OrgNumberReason | None:
    if not digits:
        return OrgNumberReason.EMPTY
    if not re.fullmatch("[0-9]{9}", digits):
        return OrgNumberReason.NOT_NINE_DIGITS
    if digits[0] not in series:
        return OrgNumberReason.WRONG_SERIES
    return None if orgnr.is_valid(digits) else OrgNumberReason.WRONG_CHECK_DIGIT
