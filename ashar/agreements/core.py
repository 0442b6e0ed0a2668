"""Money of an agreement: tranches that add up, shares of the sources, spending over the plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from ashar.kernel.money import Som

NOTHING = Som(0)
_THOUSAND = 1000  # shares are said in tenths of a per cent


def total(amounts: Iterable[Som | None]) -> Som:
    """Return the sum of the amounts, in som; what is not known adds nothing."""
    return sum((amount for amount in amounts if amount is not None), NOTHING)


def left_to_share(agreed: Som, tranches: Iterable[Som]) -> Som:
    """Return what of the customer's share is in no tranche yet; below zero when too much is."""
    return agreed - total(tranches)


def shares(amounts: Sequence[Som]) -> tuple[Decimal, ...]:
    """Return the share of each source in per cent, to a tenth; together they are exactly 100.

    Without any money every share is nought.
    """
    if not total(amounts):
        return tuple(Decimal(0) for _amount in amounts)
    tenths = Som(_THOUSAND).share_out([amount.tyiyn for amount in amounts])
    return tuple(Decimal(part.tyiyn) / 10 for part in tenths)


def overspent(planned: Mapping[str, Som], spent: Mapping[str, Som]) -> dict[str, Som]:
    """Return by how much spending exceeds the plan, source by source; nothing else is listed."""
    return {
        source: amount - planned.get(source, NOTHING)
        for source, amount in spent.items()
        if amount > planned.get(source, NOTHING)
    }


def by_source(lines: Iterable[tuple[str, Som]]) -> dict[str, Som]:
    """Add up money source by source, in the order in which sources appear."""
    found: dict[str, Som] = {}
    for source, amount in lines:
        found[source] = found.get(source, NOTHING) + amount
    return found


def satisfaction(asked: int, satisfied: int) -> int | None:
    """Return the share of the satisfied in whole per cent; None when nobody was asked."""
    return (200 * satisfied + asked) // (2 * asked) if asked else None
