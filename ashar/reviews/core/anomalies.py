"""What stands out in a decided contest, for whoever audits it. It proves nothing by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from statistics import median

from ashar.reviews.core.hints import HintKind, Particulars, same_particulars

_FAR = Fraction(1, 4)  # of the scale: a quarter away from the colleagues' middle
_FEWEST = 3  # of two opinions nobody can say which one stands out
_OFTEN = 3


@dataclass(frozen=True)
class Outlier:
    """A member's points on a proposal that lie far from the colleagues' middle."""

    proposal: int
    member: int
    given: Fraction
    middle: Fraction


@dataclass(frozen=True)
class Shared:
    """Two applicants of one call with the same address, telephone or account."""

    one: int
    other: int
    kinds: tuple[HintKind, ...]


@dataclass(frozen=True)
class Winner:
    """A body that won most of what this customer ordered."""

    body: int
    won: int
    of: int


def outliers(totals: Mapping[tuple[int, int], Fraction], highest: Fraction) -> list[Outlier]:
    """Return the sheets (proposal, member) that lie a quarter of the scale from the others."""
    by_proposal: dict[int, dict[int, Fraction]] = {}
    for (proposal, member), total in totals.items():
        by_proposal.setdefault(proposal, {})[member] = total
    found = []
    for proposal, given in by_proposal.items():
        if len(given) < _FEWEST:
            continue
        for member, total in given.items():
            middle = Fraction(median(value for one, value in given.items() if one != member))
            if abs(total - middle) >= highest * _FAR:
                found.append(Outlier(proposal, member, total, middle))
    return sorted(found, key=lambda one: (one.proposal, one.member))


def shared(applicants: Mapping[int, Particulars]) -> list[Shared]:
    """Return the pairs of applicants that give the same particulars."""
    found = []
    for (one, mine), (other, theirs) in combinations(sorted(applicants.items()), 2):
        kinds = tuple(hint.kind for hint in same_particulars(mine, theirs))
        if kinds:
            found.append(Shared(one, other, kinds))
    return found


def repeated(winners: Iterable[int]) -> list[Winner]:
    """Return who won at least three contests and more than half of all, the most first."""
    won = Counter(winners)
    whole = sum(won.values())
    return [
        Winner(body, count, whole)
        for body, count in won.most_common()
        if count >= _OFTEN and 2 * count > whole
    ]
