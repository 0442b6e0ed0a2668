"""Results as numbers: what was seen by parts of the people, and how far the target is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

NOUGHT = Decimal(0)


@dataclass(frozen=True)
class Crossing:
    """Whose value it is: sex, age band, disability and village; empty means "not split"."""

    sex: str = ""
    age_band: str = ""
    with_disability: bool | None = None
    territory: int | None = None


@dataclass(frozen=True)
class Seen:
    """A value with its crossing."""

    crossing: Crossing
    value: Decimal


@dataclass(frozen=True)
class Totals:
    """What the values of one indicator come to, in all and by parts of the people.

    `whole` is None when nothing was seen: nought is a result, silence is not.
    """

    whole: Decimal | None = None
    with_disability: Decimal = NOUGHT
    by_sex: Mapping[str, Decimal] = field(default_factory=dict)
    by_age: Mapping[str, Decimal] = field(default_factory=dict)
    by_village: Mapping[int, Decimal] = field(default_factory=dict)


def add_up(seen: Iterable[Seen]) -> Totals:
    """Add up values whose crossings do not overlap."""
    rows = list(seen)
    if not rows:
        return Totals()
    by_sex: dict[str, Decimal] = {}
    by_age: dict[str, Decimal] = {}
    by_village: dict[int, Decimal] = {}
    for row in rows:
        crossing = row.crossing
        if crossing.sex:
            by_sex[crossing.sex] = by_sex.get(crossing.sex, NOUGHT) + row.value
        if crossing.age_band:
            by_age[crossing.age_band] = by_age.get(crossing.age_band, NOUGHT) + row.value
        if crossing.territory is not None:
            known = by_village.get(crossing.territory, NOUGHT)
            by_village[crossing.territory] = known + row.value
    return Totals(
        whole=sum((row.value for row in rows), NOUGHT),
        with_disability=sum((row.value for row in rows if row.crossing.with_disability), NOUGHT),
        by_sex=by_sex,
        by_age=by_age,
        by_village=by_village,
    )


def percent(actual: Decimal | None, target: Decimal | None) -> int | None:
    """Return what share of the target was reached, in whole per cent; None when unknown."""
    if actual is None or not target:
        return None
    return int((actual * 100 / target).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def plain_number(value: Decimal | None) -> str:
    """Return a value without the noughts that only its column adds: 18, not 18.000."""
    if value is None:
        return ""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
