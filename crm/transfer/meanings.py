"""What a column of a list can mean, whether the list comes in or goes out."""

from __future__ import annotations

from enum import StrEnum


class Meaning(StrEnum):
    """The organisation's come first, then the person's; a list of members has some of the latter for its contact persons."""

    NAME = "name"
    ORG_NUMBER = "org_number"
    KIND = "kind"  # house, supplier ...
    OWNER_FORM = "owner_form"
    MEMBER_SINCE = "member_since"
    MUNICIPALITY = "municipality"
    COUNTY = "county"
    ADDRESS = "address"
    POSTAL_CODE = "postal_code"
    POSTAL_PLACE = "postal_place"
    PHONE = "phone"
    EMAIL = "email"
    WEBSITE = "website"
    NOTE = "note"
    PERSON = "person"
    OTHER_NAMES = "other_names"
    GIVEN_NAME = "given_name"
    MIDDLE_NAME = "middle_name"
    FAMILY_NAME = "family_name"
    TITLE = "title"
    POST_KIND = "post_kind"
    POST_SINCE = "post_since"
    POST_UNTIL = "post_until"
    LEGAL_BASIS = "legal_basis"
    PARTY = "party"
    PARTY_SOURCE = "party_source"
    PERSON_PHONE = "person_phone"
    PERSON_EMAIL = "person_email"
    PERSON_ADDRESS = "person_address"
    PERSON_POSTAL_CODE = "person_postal_code"
    PERSON_POSTAL_PLACE = "person_postal_place"
    PERSON_WEBSITE = "person_website"
    OLD_PHONE = "old_phone"
    OLD_EMAIL = "old_email"
    OLD_ADDRESS = "old_address"
    OLD_WEBSITE = "old_website"
    LANGUAGES = "languages"
    DO_NOT_CONTACT = "do_not_contact"
    PERSON_NOTE = "person_note"
    SOURCE_NUMBER = (
        "source_number"  # the person's number where the list comes from: two rows with one number are one person
    )


# A house can have two phones; it has one name. Of a second column with one of the others, nothing is read.
MAY_REPEAT = frozenset(
    {
        Meaning.PHONE,
        Meaning.EMAIL,
        Meaning.ADDRESS,
        Meaning.WEBSITE,
        Meaning.NOTE,
        Meaning.PERSON_PHONE,
        Meaning.PERSON_EMAIL,
        Meaning.PERSON_ADDRESS,
        Meaning.PERSON_WEBSITE,
        Meaning.OLD_PHONE,
        Meaning.OLD_EMAIL,
        Meaning.OLD_ADDRESS,
        Meaning.OLD_WEBSITE,
        Meaning.PERSON_NOTE,
    }
)
