"""What a handful of waiting times says. Pure sums on seconds; small numbers are never dressed up.

The median is the middle time, or halfway between the two in the middle. The 90th percentile is by nearest rank: the shortest
time within which at least 90 of 100 were answered, so it is always a wait somebody really had and never one between two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import Final

FEW: Final = 5
"""Below this, the answers are single events and no distribution; it is said beside the figures."""


@dataclass(frozen=True)
class Spread:
    """Of `n` times; None where there are none. Between `first_quarter` and `third_quarter` lies the middle half of them."""

    n: int
    shortest: timedelta | None = None
    first_quarter: timedelta | None = None
    median: timedelta | None = None
    third_quarter: timedelta | None = None
    ninetieth: timedelta | None = None


def spread(seconds: Sequence[int]) -> Spread:
    ordered = sorted(seconds)
    if not ordered:
        return Spread(0)

    def within(share: Fraction) -> timedelta:
        return timedelta(seconds=nearest_rank(ordered, share))

    return Spread(
        n=len(ordered),
        shortest=timedelta(seconds=ordered[0]),
        first_quarter=within(Fraction(1, 4)),
        median=timedelta(seconds=_middle(ordered)),
        third_quarter=within(Fraction(3, 4)),
        ninetieth=within(Fraction(9, 10)),
    )


def nearest_rank(ordered: Sequence[int], share: Fraction) -> int:
    """The first of the ascending values that at least `share` of them do not exceed. Exact: 0.9 as a float is a bit more."""
    rank = -(-len(ordered) * share.numerator // share.denominator)
    return ordered[max(rank, 1) - 1]


def is_few(n: int) -> bool:
    return 0 < n < FEW


def _middle(ordered: Sequence[int]) -> float:
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
