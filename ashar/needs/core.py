"""Ranking of needs: shares of mentions by group, visible weights, exact fractions, ties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

SURVEY = "survey"  # the household survey stands beside the focus groups as one more voice
EQUAL_WEIGHT = 1
TOP = 3
THOUSAND = 1000

# A need is known here by its key only: the number of its record, or a word in tests.
Key = int | str
Shares = dict[str, dict[Key, Fraction]]


@dataclass(frozen=True)
class Voice:
    """How many people of one group named one need."""

    group: str
    need: Key
    mentions: int


@dataclass(frozen=True)
class Placed:
    """A need at its place; equal scores share the place, and the next place is skipped."""

    need: Key
    place: int
    score: Fraction
    mentions: int
    shares: Mapping[str, Fraction] = field(default_factory=dict)

    @property
    def thousandths(self) -> int:
        """The score in whole thousandths, halves upwards: what is frozen and printed."""
        return int(self.score * THOUSAND + Fraction(1, 2))


def mentions_by_group(voices: Iterable[Voice]) -> dict[str, dict[Key, int]]:
    """Add up the mentions of each need in each group."""
    found: dict[str, dict[Key, int]] = {}
    for voice in voices:
        needs = found.setdefault(voice.group, {})
        needs[voice.need] = needs.get(voice.need, 0) + voice.mentions
    return found


def shares_of(voices: Iterable[Voice]) -> Shares:
    """Return what share of a group's mentions each need has; a group without mentions has none."""
    return {
        group: {need: Fraction(count, sum(needs.values())) for need, count in needs.items()}
        for group, needs in mentions_by_group(voices).items()
        if sum(needs.values())
    }


def weight_of(group: str, weights: Mapping[str, int]) -> int:
    """Return the weight of a group: equal unless the study sets it."""
    return weights.get(group, EQUAL_WEIGHT)


def ranking(voices: Iterable[Voice], weights: Mapping[str, int]) -> tuple[Placed, ...]:
    """Put the needs in order of their weighted shares, the first place first.

    The score is the sum of weight x share over the groups that answered, divided by the sum
    of their weights, so that a large group counts for no more than a small one. Needs with
    equal scores share a place and keep the order in which they were first named.
    """
    listed = list(voices)
    shares = shares_of(listed)
    whole = sum(weight_of(group, weights) for group in shares)
    named = dict.fromkeys(voice.need for voice in listed)
    mentions = dict.fromkeys(named, 0)
    for voice in listed:
        mentions[voice.need] += voice.mentions
    scores = {
        need: sum(
            (weight_of(key, weights) * part.get(need, Fraction(0)) for key, part in shares.items()),
            Fraction(0),
        )
        / (whole or 1)
        for need in named
    }
    return tuple(
        Placed(
            need=need,
            place=place,
            score=scores[need],
            mentions=mentions[need],
            shares={group: part.get(need, Fraction(0)) for group, part in shares.items()},
        )
        for need, place in _placed(scores)
    )


def _placed(scores: Mapping[Key, Fraction]) -> list[tuple[Key, int]]:
    """Return each with its place: 1, 2, 2, 4."""
    ordered = sorted(scores, key=lambda one: -scores[one])
    places: list[tuple[Key, int]] = []
    for number, one in enumerate(ordered, 1):
        is_tie = bool(places) and scores[places[-1][0]] == scores[one]
        places.append((one, places[-1][1] if is_tie else number))
    return places


def top_of_each_group(voices: Iterable[Voice], size: int = TOP) -> dict[str, tuple[Placed, ...]]:
    """Return each group's own first needs, so that a small group is not outvoted silently.

    Whoever shares the last of these places is named too.
    """
    tops = {}
    for group, needs in mentions_by_group(voices).items():
        counted = {need: Fraction(count) for need, count in needs.items() if count}
        whole = sum(needs.values())
        tops[group] = tuple(
            Placed(need, place, counted[need] / whole, needs[need])
            for need, place in _placed(counted)
            if place <= size
        )
    return tops


def carried(in_favour: int, present: int, majority: Fraction) -> bool:
    """Say whether a question was carried: MORE than this share of those present said yes."""
    return present > 0 and in_favour > majority * present
