"""Who of those on a list is written to, and why the others are not. No database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

# What mail programs take in one blind copy without a complaint from the mail server.
AT_A_TIME = 100


class LeftOut(StrEnum):
    """Why somebody is not written to; of several reasons the first of these."""

    UNSUBSCRIBED = "unsubscribed"
    DECLINES = "declines"  # has asked not to be reached this way at all
    NO_CONSENT = "no_consent"
    NO_ADDRESS = "no_address"  # or no number
    SAME_ADDRESS = "same_address"  # somebody before them has it, so it gets the mail once


@dataclass(frozen=True)
class Candidate:
    """`address` and `key`, how it is compared, are None when there is no e-mail address in use."""

    id: int
    address: str | None
    key: str | None
    is_unsubscribed: bool = False
    declines: bool = False
    has_consent: bool = True


@dataclass(frozen=True)
class Recipients:
    written_to: Sequence[Candidate]
    left_out: Mapping[LeftOut, int]

    @property
    def chunks(self) -> Iterator[str]:
        """The addresses as a mail program takes them, so many at a time."""
        addresses = [one.address or "" for one in self.written_to]
        for start in range(0, len(addresses), AT_A_TIME):
            yield "; ".join(addresses[start : start + AT_A_TIME])


def sorted_out(candidates: Iterable[Candidate], *, refused: Collection[str], needs_consent: bool) -> Recipients:
    """`refused` are the addresses that have said no, whoever has them now."""
    written_to: dict[str, Candidate] = {}
    left_out: Counter[LeftOut] = Counter()
    for one in candidates:
        reason = _why_not(one, refused, needs_consent=needs_consent)
        if reason is None and one.key in written_to:
            reason = LeftOut.SAME_ADDRESS
        if reason is None:
            written_to[one.key or ""] = one
        else:
            left_out[reason] += 1
    return Recipients(list(written_to.values()), left_out)


def _why_not(one: Candidate, refused: Collection[str], *, needs_consent: bool) -> LeftOut | None:
    if one.is_unsubscribed or one.key in refused:
        return LeftOut.UNSUBSCRIBED
    if one.declines:
        return LeftOut.DECLINES
    if needs_consent and not one.has_consent:
        return LeftOut.NO_CONSENT
    return LeftOut.NO_ADDRESS if one.address is None else None
