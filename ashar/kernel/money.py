"""Money in som, kept as whole tyiyn, so that nothing is ever lost in rounding."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

TYIYN_IN_SOM = 100
# A database keeps tyiyn in a 64-bit whole number.
LARGEST = 2**63 - 1

NO_BREAK = "\u00a0"
# Ordinary, no-break, narrow no-break, thin and figure spaces: all that spreadsheets put in.
_SPACES = " \u00a0\u202f\u2009\u2007"
_WELL_WRITTEN = re.compile(r"(?P<som>\d+|\d{1,3}( \d{3})+)([.,](?P<tyiyn>\d{1,2}))?", re.ASCII)
_CURRENCY = {"ky": "сом", "ru": "сом", "en": "som"}


class BadAmount(ValueError):
    """What was typed is not an amount; `reason` says why.

    One of: empty, negative, exponent, ambiguous, too_precise, too_large, not_a_number.
    """

    def __init__(self, reason: str, typed: str) -> None:
        """Keep the reason and what was typed."""
        super().__init__(f"{reason}: {typed!r}")
        self.reason = reason
        self.typed = typed


@dataclass(frozen=True, order=True)
class Som:
    """An amount of money, in whole tyiyn (one som is 100 tyiyn)."""

    tyiyn: int = 0

    @classmethod
    def of(cls, som: int, tyiyn: int = 0) -> Som:
        """Return so many som and tyiyn: `Som.of(12, 50)` is 12.50."""
        return cls(som * TYIYN_IN_SOM + tyiyn)

    @classmethod
    def parse(cls, typed: str) -> Som:
        """Read what a person typed, "1 234,56"; raise `BadAmount` at the least doubt."""
        text = typed.strip().translate({ord(space): " " for space in _SPACES})
        found = _WELL_WRITTEN.fullmatch(text)
        if found is None:
            raise BadAmount(_why_not(text), typed)
        som = int(found["som"].replace(" ", ""))
        amount = cls.of(som, int((found["tyiyn"] or "").ljust(2, "0")))
        if amount.tyiyn > LARGEST:
            raise BadAmount("too_large", typed)
        return amount

    def __add__(self, other: Som) -> Som:
        """Add two amounts."""
        if not isinstance(other, Som):
            return NotImplemented
        return Som(self.tyiyn + other.tyiyn)

    def __radd__(self, other: int) -> Som:
        """Allow `sum(amounts)`, which begins with the number zero."""
        return self if other == 0 else NotImplemented

    def __sub__(self, other: Som) -> Som:
        """Take one amount from another; the difference may be negative."""
        if not isinstance(other, Som):
            return NotImplemented
        return Som(self.tyiyn - other.tyiyn)

    def __mul__(self, times: int) -> Som:
        """Multiply by a whole number; for a share of an amount use `portion`."""
        if not isinstance(times, int):
            return NotImplemented
        return Som(self.tyiyn * times)

    __rmul__ = __mul__

    def __neg__(self) -> Som:
        """Return the same amount with the opposite sign."""
        return Som(-self.tyiyn)

    def __bool__(self) -> bool:
        """Say whether there is any money at all."""
        return self.tyiyn != 0

    def portion(self, share: Fraction) -> Som:
        """Return this share of the amount, to the nearest tyiyn, half a tyiyn upwards."""
        exact = self.tyiyn * share
        return Som((2 * exact.numerator + exact.denominator) // (2 * exact.denominator))

    def share_out(self, weights: Sequence[int | Fraction]) -> list[Som]:
        """Divide by weights so that the parts add up to the whole, to the tyiyn.

        What rounding leaves over goes, a tyiyn each, to the largest remainders, first come first.
        """
        total = sum((Fraction(weight) for weight in weights), Fraction(0))
        if total <= 0 or any(weight < 0 for weight in weights):
            message = "weights must not be negative and must not all be zero"
            raise ValueError(message)
        exact = [self.tyiyn * Fraction(weight) / total for weight in weights]
        parts = [part.numerator // part.denominator for part in exact]
        by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
        for i in by_remainder[: self.tyiyn - sum(parts)]:
            parts[i] += 1
        return [Som(part) for part in parts]

    def __str__(self) -> str:
        """Write as 1 234.56."""
        return self._written(" ", ".")

    def say(self, language: str) -> str:
        """Write for a reader, "1 234,56 сом", with spaces that never break a line."""
        point = "." if language == "en" else ","
        return self._written(NO_BREAK, point) + NO_BREAK + _CURRENCY.get(language, "som")

    def _written(self, space: str, point: str) -> str:
        som, tyiyn = divmod(abs(self.tyiyn), TYIYN_IN_SOM)
        sign = "-" if self.tyiyn < 0 else ""
        return f"{sign}{som:,}".replace(",", space) + f"{point}{tyiyn:02}"


def _why_not(text: str) -> str:
    """Name the first thing wrong with an ill-written amount."""
    checks = (
        ("empty", r""),
        ("negative", r"[-\u2212\u2013(].*"),
        ("exponent", r"[\d.,]+[eE][-+]?\d+"),
        # "1,234" may be a thousand or one and a bit; "1.234,56" mixes two customs.
        ("ambiguous", r"\d{1,3}[.,]\d{3}|[\d ]*[.,][\d ]*([.,][\d ]*)+"),
        ("too_precise", r"[\d ]+[.,]\d{3,}"),
        ("ambiguous", r"\d[\d ]*([.,]\d{1,2})?"),
    )
    found = (reason for reason, shape in checks if re.fullmatch(shape, text, re.ASCII))
    return next(found, "not_a_number")
