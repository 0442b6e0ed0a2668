"""What lies inside an envelope: a header in JSON, its length before it.

The papers are locked one by one to the same recipient; the header names them by digest.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

FORM = "ashar-envelope/1"
_LENGTH_BYTES = 4
_PAPER_KEYS = ("ref", "name", "kind", "sha256", "sealed_sha256")


class BrokenEnvelopeError(ValueError):
    """The envelope opens, but what lies inside is not a proposal of this form."""


@dataclass(frozen=True)
class Payload:
    """What the applicant put into the envelope."""

    call: str
    proposal: str
    typed: Mapping[str, Any]
    papers: tuple[Mapping[str, str], ...]


def pack(header: Mapping[str, Any]) -> bytes:
    """Write a header as it is locked."""
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    return len(text).to_bytes(_LENGTH_BYTES, "big") + text


def unpack(content: bytes) -> Payload:
    """Read what was locked; raises BrokenEnvelopeError."""
    length = int.from_bytes(content[:_LENGTH_BYTES], "big")
    if len(content) != _LENGTH_BYTES + length:
        raise BrokenEnvelopeError("the envelope is cut off")
    try:
        header = json.loads(content[_LENGTH_BYTES:])
        # Half signs that no file and no database can hold.
        json.dumps(header, ensure_ascii=False).encode()
        if header["form"] != FORM or not isinstance(header["typed"], dict):
            raise BrokenEnvelopeError("the envelope is of another form")
        return Payload(
            call=str(header["call"]),
            proposal=str(header["proposal"]),
            typed=header["typed"],
            papers=tuple(
                # A zero byte cannot be kept by PostgreSQL.
                {key: str(paper[key]).replace("\x00", "") for key in _PAPER_KEYS}
                for paper in header["papers"]
            ),
        )
    except (ValueError, KeyError, TypeError, RecursionError) as wrong:
        raise BrokenEnvelopeError("the envelope cannot be read") from wrong
