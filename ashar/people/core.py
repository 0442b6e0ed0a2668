"""What can be said about the data of a card without a database: doubts, age, likeness of names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ashar.kernel.text import search_key

PIN_DIGITS = 14
OLDEST = 120  # years
SHORTEST_NAME_ASKED = 2
_SEX_OF_PIN = {"1": "women", "2": "men"}
_NOT_DIGITS = re.compile(r"\D")


class Doubt(StrEnum):
    """Something that is rarely right; a warning, never a refusal."""

    PIN_LENGTH = "pin_length"
    PIN_DATE = "pin_date"
    PIN_SEX = "pin_sex"
    BORN_LATER = "born_later"
    BORN_LONG_AGO = "born_long_ago"
    NO_PIN = "no_pin"
    NO_BIRTH = "no_birth"


@dataclass(frozen=True)
class Birth:
    """When somebody was born: the day, or the year when nobody knows the day."""

    day: date | None = None
    year: int | None = None

    @property
    def known_year(self) -> int | None:
        """The year, from whichever is known."""
        return self.day.year if self.day else self.year

    def age_on(self, on: date) -> int | None:
        """Return the age in whole years; by the year alone it may be one less."""
        if self.day:
            had_birthday = (on.month, on.day) >= (self.day.month, self.day.day)
            return on.year - self.day.year - (not had_birthday)
        return on.year - self.year if self.year else None


def tidy_pin(typed: str) -> str:
    """Return the number as it is kept: digits when there are any, as typed otherwise."""
    digits = _NOT_DIGITS.sub("", typed)
    return digits if len(digits) == PIN_DIGITS else "".join(typed.split())


def is_pin(typed: str) -> bool:
    """Say whether somebody typed a number and not a name."""
    return any(sign.isdigit() for sign in typed)


def doubts(pin: str, birth: Birth, sex: str, today: date) -> tuple[Doubt, ...]:
    """Return what should be looked at again before the card is saved."""
    found = [*_pin_doubts(pin, birth, sex)]
    year = birth.known_year
    if year is None:
        found.append(Doubt.NO_BIRTH)
    elif (birth.day and birth.day > today) or year > today.year:
        found.append(Doubt.BORN_LATER)
    elif today.year - year > OLDEST:
        found.append(Doubt.BORN_LONG_AGO)
    return tuple(found)


def _pin_doubts(pin: str, birth: Birth, sex: str) -> list[Doubt]:
    if not pin:
        return [Doubt.NO_PIN]
    if len(pin) != PIN_DIGITS or not (pin.isascii() and pin.isdigit()):
        return [Doubt.PIN_LENGTH]
    found = []
    if birth.day and pin[1:9] != f"{birth.day:%d%m%Y}":
        found.append(Doubt.PIN_DATE)
    if sex and _SEX_OF_PIN.get(pin[0]) not in {sex, None}:
        found.append(Doubt.PIN_SEX)
    return found


def masked_pin(pin: str) -> str:
    """Return the number as a page shows it: the last four signs."""
    return f"{'•' * (len(pin) - 4)}{pin[-4:]}" if len(pin) > PIN_DIGITS // 2 else "•" * len(pin)


def name_fits(asked: str, *names: str) -> bool:
    """Say whether every word asked for begins some word of the names, in any spelling."""
    words = search_key(" ".join(names)).split()
    return all(any(word.startswith(part) for word in words) for part in search_key(asked).split())
