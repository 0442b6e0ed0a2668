"""A secret split k of n (Shamir over GF(256)), in the format of shamir-secret-sharing 0.0.4.

A share is the y bytes, then one byte x. The field polynomial is x^8 + x^4 + x^3 + x + 1.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ashar.seals.core.age import fixed, seal_share, secret_of

LEAST_HOLDERS = 3
_POLYNOMIAL = 0x11B
_ORDER = 255


class _Tables(NamedTuple):
    powers: tuple[int, ...]
    logarithms: tuple[int, ...]


def _tables() -> _Tables:
    """Return the powers of 3 and their logarithms; any generator gives the same products."""
    powers, logarithms, value = [0] * _ORDER, [0] * (_ORDER + 1), 1
    for exponent in range(_ORDER):
        powers[exponent], logarithms[value] = value, exponent
        value ^= value << 1
        value ^= _POLYNOMIAL if value > _ORDER else 0
    return _Tables(tuple(powers), tuple(logarithms))


_FIELD = _tables()


def _times(one: int, other: int) -> int:
    if not one or not other:
        return 0
    return _FIELD.powers[(_FIELD.logarithms[one] + _FIELD.logarithms[other]) % _ORDER]


def _over(one: int, other: int) -> int:
    if not one:
        return 0
    return _FIELD.powers[(_FIELD.logarithms[one] - _FIELD.logarithms[other]) % _ORDER]


def threshold_for(holders: int) -> int:
    """Return how many of the holders open together: more than half, 2 of 3, 3 of 5."""
    return holders // 2 + 1


def split(secret: bytes, holders: int, threshold: int) -> list[bytes]:
    """Split the secret so that any `threshold` of the shares give it back, and fewer nothing."""
    if not 1 < threshold <= holders <= _ORDER or not secret:
        raise ValueError("a secret is split among two or more")
    places = secrets.SystemRandom().sample(range(1, _ORDER + 1), holders)
    curves = [[byte, *secrets.token_bytes(threshold - 1)] for byte in secret]
    return [bytes([*(_at(curve, x) for curve in curves), x]) for x in places]


def _at(curve: Sequence[int], x: int) -> int:
    value = 0
    for coefficient in reversed(curve):
        value = _times(value, x) ^ coefficient
    return value


def combine(shares: Sequence[bytes], x: int = 0) -> bytes:
    """Return what the curve through the shares says at x; the secret stands at zero.

    Raises ValueError for shares that cannot belong together.
    """
    places = [share[-1] for share in shares if len(share) > 1]
    if len({len(share) for share in shares}) != 1 or len(set(places)) != len(shares) or 0 in places:
        raise ValueError("these shares do not belong together")
    weights = []
    for own in places:
        weight = 1
        for other in places:
            if other != own:
                weight = _times(weight, _over(x ^ other, own ^ other))
        weights.append(weight)
    length = len(shares[0]) - 1
    return bytes(
        _sum(_times(share[at], weight) for share, weight in zip(shares, weights, strict=True))
        for at in range(length)
    )


def _sum(values: Iterable[int]) -> int:
    total = 0
    for value in values:
        total ^= value
    return total


def split_for(
    identity: str, recipients: Mapping[int, str], threshold: int
) -> list[dict[str, object]]:
    """Split an identity among holders (position -> recipient); each share locked to its holder."""
    shares = split(fixed(secret_of(identity)), len(recipients), threshold)
    return [
        {"position": position, "share": seal_share(share, recipient)}
        for share, (position, recipient) in zip(shares, sorted(recipients.items()), strict=True)
    ]
