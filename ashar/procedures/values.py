"""Values of figures: a term, a share, money, a count, or unknown; read from text and written."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Literal, get_args

from ashar.kernel.dates import Duration
from ashar.kernel.money import BadAmount, Som
from ashar.kernel.text import Wording

# None is "unknown": a figure that nobody has read in the act. It is a value, not a gap.
Value = Duration | Fraction | Som | int | None
Kind = Literal["term", "share", "money", "count", "points"]
KINDS: tuple[str, ...] = get_args(Kind)

UNKNOWN = "unknown"
UNKNOWN_WORDING = Wording("белгисиз", "не установлено", "unknown")
HOW_TO_WRITE = (
    '"20 working days", "20 calendar days", "3 months", "50 %", "2/3", "10000 som",'
    ' "5 people", a whole number, or "unknown"'
)
HOW_TO_WRITE_KIND = {
    "term": '"20 working days", "20 calendar days" or "3 months"',
    "share": '"50 %" or "2/3"',
    "money": '"10000 som"',
    "count": '"5 people" or "5"',
    "points": 'a whole number, "5"',
}

_SHARE = re.compile(r"(\d{1,3}(?:\.\d+)?) ?%", re.ASCII)
_FRACTION = re.compile(r"(\d{1,4})/([1-9]\d{0,3})", re.ASCII)
_COUNT = re.compile(r"(\d{1,9})(?: people)?", re.ASCII)
_WHOLE = 100


def parse_value(text: str) -> Value:
    """Read a value as a law file writes it; raise ValueError for anything else."""
    if text == UNKNOWN:
        return None
    if text.endswith(" som"):
        return _money(text)
    if found := _SHARE.fullmatch(text):
        return _share(Fraction(found[1]) / _WHOLE, text)
    if found := _FRACTION.fullmatch(text):
        return _share(Fraction(int(found[1]), int(found[2])), text)
    if found := _COUNT.fullmatch(text):
        return int(found[1])
    return Duration.parse(text)


def _money(text: str) -> Som:
    try:
        return Som.parse(text.removesuffix(" som"))
    except BadAmount as bad:
        message = f"{text!r} is not an amount: {bad.reason}"
        raise ValueError(message) from bad


def _share(share: Fraction, text: str) -> Fraction:
    if share > 1:
        message = f"{text!r} is more than the whole"
        raise ValueError(message)
    return share


def write_value(value: Value) -> str:
    """Write a value so that `parse_value` reads it back."""
    if value is None:
        return UNKNOWN
    if isinstance(value, Som):
        return f"{value} som"
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    return str(value)


def say_value(value: Value, language: str) -> str:
    """Write a value for a reader: 20 жумуш күнү, 50 %, 10 000,00 сом, белгисиз."""
    if value is None:
        return UNKNOWN_WORDING.say(language)
    if isinstance(value, Fraction):
        percent = value * _WHOLE
        return f"{percent} %" if percent.denominator == 1 else f"{value}"
    return str(value) if isinstance(value, int) else value.say(language)


def kind_of(value: Value) -> Kind | None:
    """Return what kind a value is; a bare number counts things unless the figure says points."""
    if isinstance(value, Duration):
        return "term"
    if isinstance(value, Fraction):
        return "share"
    if isinstance(value, Som):
        return "money"
    return None if value is None else "count"


def suits(value: Value, kind: Kind | None) -> bool:
    """Say whether a value may stand for a figure of this kind; unknown may for any."""
    found = kind_of(value)
    if found is None or kind is None:
        return True
    return found == kind or (found == "count" and kind == "points")
