"""Counts of people at an event: by sex, age band and disability, adding up to a whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ashar.kernel.counts import suppress, suppress_rest

SEXES = ("women", "men")


@dataclass(frozen=True)
class HeadCount:
    """How many people of one sex and age band came, and whether these have a disability."""

    sex: str
    age_band: str
    with_disability: bool
    number: int


@dataclass(frozen=True)
class People:
    """People counted in all, and the parts of the whole."""

    total: int = 0
    women: int = 0
    men: int = 0
    with_disability: int = 0
    by_age: tuple[tuple[str, int], ...] = ()

    @property
    def is_split(self) -> bool:
        """Whether anybody was counted by sex; an archive often knows the total only."""
        return bool(self.women or self.men)


@dataclass(frozen=True)
class PublicPeople:
    """People as they may be published: a part so small that it shows somebody is None."""

    total: int
    women: int | None
    men: int | None
    with_disability: int | None
    by_age: tuple[tuple[str, int | None], ...]
    is_split: bool
    least: int

    @property
    def is_shortened(self) -> bool:
        """Whether any part was left out."""
        parts = (self.women, self.men, self.with_disability, *(n for _, n in self.by_age))
        return None in parts


def published(people: People, *, least: int) -> PublicPeople:
    """Leave out the parts in which somebody could be recognised, and what would betray them."""
    sexes = {"women": people.women, "men": people.men}
    rest = people.total - people.women - people.men
    by_sex = suppress({**sexes, **({"": rest} if rest else {})}, least=least)
    return PublicPeople(
        total=people.total,
        women=by_sex["women"],
        men=by_sex["men"],
        with_disability=suppress_rest(people.with_disability, people.total, least=least),
        by_age=tuple(suppress(dict(people.by_age), least=least).items()),
        is_split=people.is_split,
        least=least,
    )


def people_of(counts: Iterable[HeadCount], *, unsplit: int = 0) -> People:
    """Add up head counts; `unsplit` people are known as a total only."""
    listed = list(counts)
    ages: dict[str, int] = {}
    for count in listed:
        ages[count.age_band] = ages.get(count.age_band, 0) + count.number

    def part(sex: str) -> int:
        return sum(count.number for count in listed if count.sex == sex)

    return People(
        total=sum(ages.values()) + unsplit,
        women=part("women"),
        men=part("men"),
        with_disability=sum(count.number for count in listed if count.with_disability),
        by_age=tuple(ages.items()),
    )


def crossed(
    everybody: dict[tuple[str, str], int], disabled: dict[tuple[str, str], int]
) -> tuple[HeadCount, ...]:
    """Turn "so many, of them so many with disability" into parts that add up to the whole.

    Keys are (sex, age band). Raises ValueError when a part is larger than its whole.
    """
    parts = []
    for key in dict.fromkeys((*everybody, *disabled)):
        whole, within = everybody.get(key, 0), disabled.get(key, 0)
        if within > whole or within < 0:
            raise ValueError(key)
        sex, band = key
        parts.append(HeadCount(sex, band, with_disability=False, number=whole - within))
        parts.append(HeadCount(sex, band, with_disability=True, number=within))
    return tuple(part for part in parts if part.number)
