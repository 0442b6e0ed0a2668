"""Hints that an interest may tie a member to an applicant. A hint is a question, never a verdict.

A whole village may bear one family name and share one telephone; so nothing follows from a hint
but that the member is asked, and that whoever answers for the commission sees the question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from rapidfuzz import fuzz

from ashar.kernel.text import search_key

_SAME_ADDRESS = 93  # of 100: typed by another hand, still the same house
_SAME_FAMILY = 92
_SHORTEST_ROOT = 3
_SHORTEST_ADDRESS = 8
_TELEPHONE_DIGITS = 9  # without the country's 996 or a leading nought
_SHORTEST_ACCOUNT = 6
# Endings of family names, men's and women's, the longer ones first.
_ENDINGS = ("ская", "ский", "ева", "ова", "ына", "ина", "ев", "ов", "ын", "ин")
_CHILD = re.compile(r"[\s-]+(уулу|улу|кызы|тегин)\b.*$")
_FATHER = re.compile(r"(ович|евич|овна|евна|ична|инична)$")


class HintKind(Enum):
    """What the member and the applicant have in common."""

    SAME_BODY = "same_body"
    SAME_ADDRESS = "same_address"
    SAME_TELEPHONE = "same_telephone"
    SAME_ACCOUNT = "same_account"
    FAMILY_NAME = "family_name"
    EARLIER_AWARD = "earlier_award"


@dataclass(frozen=True)
class Hint:
    """One thing in common, with the words in which the member is told of it."""

    kind: HintKind
    detail: str = ""


@dataclass(frozen=True)
class Particulars:
    """Where a body is found and paid."""

    address: str = ""
    telephone: str = ""
    account: str = ""


@dataclass(frozen=True)
class Side:
    """A member, or an applicant with its people, as far as the register knows them."""

    names: tuple[str, ...]
    bodies: frozenset[int] = frozenset()
    particulars: tuple[Particulars, ...] = ()


def hints(member: Side, applicant: Side, earlier_awards: int = 0) -> tuple[Hint, ...]:
    """Return what ties the member to the applicant, each kind once."""
    found = {hint.kind: hint for hint in _hints(member, applicant)}
    if earlier_awards:
        found[HintKind.EARLIER_AWARD] = Hint(HintKind.EARLIER_AWARD, str(earlier_awards))
    return tuple(found.values())


def _hints(member: Side, applicant: Side) -> Iterator[Hint]:
    if member.bodies & applicant.bodies:
        yield Hint(HintKind.SAME_BODY)
    for mine in member.particulars:
        for theirs in applicant.particulars:
            yield from same_particulars(mine, theirs)
    roots = {root for name in applicant.names if (root := family_root(name))}
    for name in member.names:
        root = family_root(name)
        if root and any(_alike(root, other) for other in roots):
            yield Hint(HintKind.FAMILY_NAME, name.split()[0])


def _alike(root: str, other: str) -> bool:
    return fuzz.ratio(root, other) >= _SAME_FAMILY


def same_particulars(mine: Particulars, theirs: Particulars) -> Iterator[Hint]:
    """Yield which of address, telephone and account two bodies share."""
    addresses = search_key(mine.address), search_key(theirs.address)
    if min(map(len, addresses)) >= _SHORTEST_ADDRESS and _same_address(*addresses):
        yield Hint(HintKind.SAME_ADDRESS, theirs.address)
    telephones = set(_telephones(mine.telephone)) & set(_telephones(theirs.telephone))
    if telephones:
        yield Hint(HintKind.SAME_TELEPHONE, theirs.telephone)
    accounts = _digits(mine.account), _digits(theirs.account)
    if len(accounts[0]) >= _SHORTEST_ACCOUNT and accounts[0] == accounts[1]:
        yield Hint(HintKind.SAME_ACCOUNT)


def _same_address(mine: str, theirs: str) -> bool:
    """Say whether two typed addresses are one; another number of a house is another house."""
    numbers = re.findall(r"\d+", mine), re.findall(r"\d+", theirs)
    return sorted(numbers[0]) == sorted(numbers[1]) and (
        fuzz.token_sort_ratio(mine, theirs) >= _SAME_ADDRESS
    )


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _telephones(text: str) -> Iterator[str]:
    """Yield the numbers written in a field, each by its last nine digits."""
    for part in re.split(r"[,;/]", text):
        digits = _digits(part)
        if len(digits) >= _TELEPHONE_DIGITS:
            yield digits[-_TELEPHONE_DIGITS:]


def family_root(name: str) -> str:
    """Return what relatives' family names have in common: Асанова, Асанов, Асан кызы -> асан.

    A single name is a first name, of which nothing follows: the answer is empty.
    """
    words = name.casefold().replace("ё", "е").replace("э", "е").strip()
    if len(words.split()) < 2 and "-" not in words:  # noqa: PLR2004 - a name and a family name
        return ""
    whole = _CHILD.sub("", words)
    first = whole.split()[0] if whole.split() else ""
    if _FATHER.search(first):
        return ""
    for ending in _ENDINGS:
        if first.endswith(ending) and len(first) - len(ending) >= _SHORTEST_ROOT:
            first = first.removesuffix(ending)
            break
    key = search_key(first)
    return key if len(key) >= _SHORTEST_ROOT else ""


def asked_of(found: Iterable[Hint]) -> frozenset[str]:
    """Return the kinds of the hints, for a record without anybody's particulars."""
    return frozenset(hint.kind.value for hint in found)
