"""Pure rules of the door: how long to wait, what a password may be, what a browser is called."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import pairwise

FREE_TRIES = 5  # the fifth wrong password closes the door for a while
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=24)  # wrong passwords of yesterday are not held against anybody

# Without signs that look alike on paper: 0 and o, 1, l and i.
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP = 4, 4
_LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
_CYRILLIC = "ёйцукенгшщзхъфывапролджэячсмитьбю"
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)
_SHORTEST_CORE = 4
_ENDS = "0123456789 .,:;!?@#$%^&*()-_=+/\\|'\"~`"
_ROWS = ("1234567890-=", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./")
_PLACE = {sign: (row, place) for row, signs in enumerate(_ROWS) for place, sign in enumerate(signs)}
_WALK = 0.7  # of the steps go to the next key
_REST = 8  # signs that must remain when everything known is taken away
# What everybody in the country would try.
_HERE = (
    "ashar",
    "ашар",
    "kyrgyzstan",
    "кыргызстан",
    "kyrgyz",
    "кыргыз",
    "bishkek",
    "бишкек",
    "osh",
)

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("YaBrowser", "Yandex"),
    ("SamsungBrowser", "Samsung"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def wait_after(tries: int) -> timedelta:
    """Return how long the door stays closed after so many wrong passwords in a row.

    One minute after the fifth, then twice as long each time, never more than a quarter of an hour.
    """
    if tries < FREE_TRIES:
        return timedelta(0)
    doubled: timedelta = FIRST_WAIT * (1 << min(tries - FREE_TRIES, 10))
    return min(doubled, LONGEST_WAIT)


def is_round(number: int) -> bool:
    """Say whether the number is 1, 2, 4, 8 …: how often a flood of tries is written down."""
    return number > 0 and number & (number - 1) == 0


def first_password() -> str:
    """Return a password to be printed and used once: four groups, easy to read from paper."""
    groups = ("".join(secrets.choice(_SIGNS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def common_forms(password: str) -> Iterator[str]:
    """Give the plain words that may hide in a password, to be looked up in the list of leaked ones.

    The password itself; as typed with the keyboard in the other language; the piece of
    which it is a repetition (“parolparol”, “121212121212”); and without digits at its ends.
    """
    low = password.lower().strip()
    for form in dict.fromkeys((low, low.translate(_TO_LATIN))):
        yield form
        yield piece_of(form)
        yield form.strip(_ENDS)


def piece_of(text: str) -> str:
    """Return the shortest piece whose repetition is the text; the text itself if it has none."""
    place = (text + text).find(text, 1)
    return text[:place] if place > 0 else text


def is_monotonous(password: str) -> bool:
    """Say whether the password is a few signs over and over, or a walk along the keys."""
    low = password.lower().translate(_TO_LATIN)
    if len(set(low)) < _SHORTEST_CORE or len(piece_of(low)) < _SHORTEST_CORE:
        return True
    steps = list(pairwise(low))
    return sum(_are_neighbours(*step) for step in steps) >= _WALK * len(steps)


def _are_neighbours(one: str, other: str) -> bool:
    (row, place), (other_row, other_place) = _PLACE.get(one, (-1, 0)), _PLACE.get(other, (-2, 0))
    return row == other_row and abs(place - other_place) <= 1


def is_made_of(password: str, names: Iterable[str]) -> bool:
    """Say whether little remains of the password without these names and the country's words."""
    rest = password.lower()
    for word in (*names, *_HERE):
        if len(word) >= _SHORTEST_CORE - 1:
            rest = rest.replace(word.lower(), "")
    return len(rest) < len(password) and len(rest.strip(_ENDS)) < _REST


def machine_name(user_agent: str) -> str:
    """Return “Chrome, Android”: what a person recognises in the list of her machines."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return ", ".join(part for part in (browser, system) if part)
