"""Bech32 (BIP 173), in which age writes its identities: `AGE-SECRET-KEY-1...`."""

from __future__ import annotations

from collections.abc import Iterable

_SIGNS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECKSUM_LENGTH = 6


def _remainder(values: Iterable[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, part in enumerate(_GENERATOR):
            check ^= part if (top >> bit) & 1 else 0
    return check


def _spread(prefix: str) -> list[int]:
    return [*(ord(sign) >> 5 for sign in prefix), 0, *(ord(sign) & 31 for sign in prefix)]


def _regroup(values: Iterable[int], given: int, wanted: int, *, pads: bool) -> list[int]:
    held, bits, found = 0, 0, []
    for value in values:
        held = held << given | value
        bits += given
        while bits >= wanted:
            bits -= wanted
            found.append(held >> bits & (1 << wanted) - 1)
    if pads and bits:
        found.append(held << wanted - bits & (1 << wanted) - 1)
    return found


def encode(prefix: str, content: bytes) -> str:
    """Write the bytes under the prefix, in small letters."""
    words = _regroup(content, 8, 5, pads=True)
    check = _remainder([*_spread(prefix), *words, *[0] * _CHECKSUM_LENGTH]) ^ 1
    words += [check >> 5 * (5 - place) & 31 for place in range(_CHECKSUM_LENGTH)]
    return f"{prefix}1{''.join(_SIGNS[word] for word in words)}"


def decode(text: str) -> tuple[str, bytes]:
    """Read prefix and bytes; raises ValueError when a sign was mistyped."""
    small = text.lower()
    prefix, _one, rest = small.rpartition("1")
    if text not in {small, text.upper()} or not prefix or not set(rest) <= set(_SIGNS):
        raise ValueError("not a bech32 text")
    words = [_SIGNS.index(sign) for sign in rest]
    if len(words) < _CHECKSUM_LENGTH or _remainder([*_spread(prefix), *words]) != 1:
        raise ValueError("a sign of the text was mistyped")
    return prefix, bytes(_regroup(words[:-_CHECKSUM_LENGTH], 5, 8, pads=False))
