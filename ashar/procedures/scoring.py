"""From score sheets to a ranking: exact, with ties shown, silent about nothing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from ashar.procedures.reasons import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ashar.procedures.model import Criterion, Number, Rubric


@dataclass(frozen=True)
class ScoreSheet:
    """The marks one reviewer gave one proposal, by criterion; None is not marked yet."""

    proposal: str
    reviewer: str
    marks: Mapping[str, int | None]
    is_conflicted: bool = False


@dataclass(frozen=True)
class Place:
    """A proposal's place: equal totals share a place, and the next place is left out.

    `passes` is None where there is no pass mark, or nobody knows it.
    """

    proposal: str
    total: Fraction
    place: int
    reviewers: int
    passes: bool | None = None
    is_tied: bool = False


@dataclass(frozen=True)
class Ranking:
    """The places from first to last; or why proposals cannot be ranked.

    `unscored` are proposals that nobody without a conflict has marked.
    """

    places: tuple[Place, ...] = ()
    unscored: tuple[str, ...] = ()
    reason: Reason | None = None

    @property
    def is_ranked(self) -> bool:
        """Say that there is a ranking."""
        return self.reason is None


def rank(rubric: Rubric, sheets: Iterable[ScoreSheet], pass_mark: Number | None = None) -> Ranking:
    """Rank proposals by the mean of their weighted totals; sheets with a conflict do not count."""
    kept = list(sheets)
    proposals = sorted({sheet.proposal for sheet in kept})
    if reason := _why_not(rubric, kept):
        return Ranking(unscored=tuple(proposals), reason=reason)
    totals: dict[str, list[Fraction]] = defaultdict(list)
    for sheet in kept:
        if not sheet.is_conflicted:
            totals[sheet.proposal].append(weighted(rubric, sheet))
    means = {name: sum(found, Fraction(0)) / len(found) for name, found in totals.items()}
    by_total = sorted(means, key=lambda name: (-means[name], name))
    everyone = list(means.values())
    places = tuple(
        Place(
            proposal=name,
            total=means[name],
            place=1 + sum(other > means[name] for other in everyone),
            reviewers=len(totals[name]),
            passes=_passes(means[name], pass_mark),
            is_tied=everyone.count(means[name]) > 1,
        )
        for name in by_total
    )
    return Ranking(places, tuple(name for name in proposals if name not in means))


def weighted(rubric: Rubric, sheet: ScoreSheet) -> Fraction:
    """Return the sum of marks times weights; the sheet must be complete, the weights known."""
    return sum(
        (_weight(one) * (sheet.marks.get(one.key) or 0) for one in rubric.criteria), Fraction(0)
    )


def faults(rubric: Rubric, sheet: ScoreSheet) -> tuple[Reason, ...]:
    """Return what is wrong with a sheet: marks missing, not asked for, or out of the scale."""
    highest = rubric.scale.value
    found = []
    for one in rubric.criteria:
        mark = sheet.marks.get(one.key)
        if mark is None:
            found.append(Reason("score_missing", criterion=one.title))
        elif mark < 0 or (isinstance(highest, int) and mark > highest):
            most = highest if isinstance(highest, int) else "…"
            found.append(Reason("score_out_of_scale", criterion=one.title, highest=most))
    known = {one.key for one in rubric.criteria}
    strange = (key for key in sheet.marks if key not in known)
    return (*found, *(Reason("score_not_asked", criterion=key) for key in strange))


def _why_not(rubric: Rubric, sheets: list[ScoreSheet]) -> Reason | None:
    unknown = tuple(one.weight.title for one in rubric.criteria if one.weight.is_unknown)
    if unknown:
        return Reason("weights_unknown", figures=unknown)
    for sheet in sheets:
        if not sheet.is_conflicted and (found := faults(rubric, sheet)):
            return Reason("scores_incomplete", proposal=sheet.proposal, fault=found[0].key)
    return None


def _weight(criterion: Criterion) -> Fraction:
    value = criterion.weight.value
    if isinstance(value, int | Fraction):
        return Fraction(value)
    message = f"weight {criterion.weight.name} must be points or a share, not {value!r}"
    raise TypeError(message)


def _passes(total: Fraction, pass_mark: Number | None) -> bool | None:
    if pass_mark is None or not isinstance(pass_mark.value, int | Fraction):
        return None
    return total >= pass_mark.value
