"""What is said of persons, their posts and their wishes, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence

from crm.i18n import shown_date, shown_language, t
from crm.people.contacts import ContactLine
from crm.people.person_queries import HeldPost, NoContactLine, PostLine
from crm.people.selects import Standing
from crm.people.words import AddressUse, ContactChannel, ContactKind, PostKind, post_kind_words
from pages.parts.members_words import period_words


def channel_words(channel: ContactChannel) -> str:
    return {
        ContactChannel.PHONE: t("Vil ikke ringes"),
        ContactChannel.EMAIL: t("Vil ikke ha e-post"),
        ContactChannel.LETTER: t("Vil ikke ha brev"),
    }[channel]


def address_use_words(use: AddressUse) -> str:
    return {AddressUse.POSTAL: t("Postadresse"), AddressUse.VISITING: t("Besøksadresse")}[use]


def standing_words(standing: Standing) -> str:
    return {
        Standing.CURRENT: t("Nåværende"),
        Standing.FORMER: t("Tidligere"),
        Standing.ANY: t("Nåværende og tidligere"),
    }[standing]


def languages_words(codes: tuple[str, ...]) -> str:
    return ", ".join(shown_language(code) for code in codes)


def post_words(post: PostLine) -> str:
    return f"{post.title}, {post.organisation}" if post.title else post.organisation


def party_words(party: str, source: str) -> str:
    return t("{party} (ifølge {source})", party=party, source=source)


def held_words(held: HeldPost) -> list[str]:
    """What stands beside somebody's name in a list of who sits somewhere."""
    kind = post_kind_words(held.kind) if held.kind is not PostKind.EMPLOYEE else ""
    return [kind, held.party, period_words(held.since, held.until)]


def first_reach(contacts: Sequence[ContactLine]) -> list[str]:
    """The first number and the first address that can be used: enough to ring without looking further."""
    in_use = [contact for contact in contacts if contact.is_valid and not contact.is_old]
    kinds = (ContactKind.PHONE, ContactKind.EMAIL)
    firsts = (next((contact.shown for contact in in_use if contact.kind is kind), "") for kind in kinds)
    return [first for first in firsts if first]


def wish_words(wish: NoContactLine) -> str:
    parts = [t("siden {day}", day=shown_date(wish.since)), wish.reason]
    return " · ".join(part for part in parts if part)
