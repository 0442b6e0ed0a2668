"""What is sealed of a proposal: the draft, the envelope; the same shapes as in the browser."""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ashar.calls.core.draft import Reading, missing_parts, tidy
from ashar.kernel.money import Som

DRAFT_FORM = "ashar-draft/1"
ENVELOPE_FORM = "ashar-envelope/1"
OFFLINE_FORM = "ashar-offline/1"
PAPER_KEYS = ("ref", "name", "kind", "sha256", "sealed_sha256")
_SALT_BYTES = 16
_LENGTH_BYTES = 4
_MOST_PAPERS = 50


class UnreadableFileError(ValueError):
    """The file is not what the offline page makes, or it came broken."""


@dataclass(frozen=True)
class SealedContent:
    """What an applicant has in a sealed draft: the form as typed and the list of papers."""

    typed: Mapping[str, object]
    papers: tuple[Mapping[str, str], ...] = ()


@dataclass(frozen=True)
class OfflineEnvelope:
    """What the offline page hands over: the envelope and the sealed papers beside it."""

    call: str
    proposal: str
    recipient: str
    statement: Mapping[str, bool]
    shares: Sequence[Mapping[str, Any]] = field(repr=False)
    ciphertext: bytes = field(repr=False)
    papers: tuple[bytes, ...] = field(repr=False)


def pack_draft(content: SealedContent) -> bytes:
    """Write a draft as the browser writes it before it is sealed."""
    whole = {"form": DRAFT_FORM, "typed": tidy(content.typed), "papers": list(content.papers)}
    return json.dumps(whole, ensure_ascii=False).encode()


def unpack_draft(raw: bytes) -> SealedContent:
    """Read a draft; raises ValueError when it is none."""
    whole = json.loads(raw)
    if not isinstance(whole, dict) or whole.get("form") != DRAFT_FORM:
        raise ValueError("not a draft")
    return SealedContent(tidy(whole["typed"]), tuple(_paper(one) for one in whole["papers"]))


def _paper(one: Mapping[str, object]) -> dict[str, str]:
    return {key: str(one[key]) for key in PAPER_KEYS}


def envelope_header(call: str, proposal: str, content: SealedContent) -> dict[str, Any]:
    """Return what goes into the envelope; the salt keeps equal proposals from looking equal."""
    return {
        "form": ENVELOPE_FORM,
        "call": call,
        "proposal": proposal,
        "salt": secrets.token_hex(_SALT_BYTES),
        "typed": tidy(content.typed),
        "papers": list(content.papers),
    }


def statement_of(
    reading: Reading, budget_sources: Collection[str], maximum: Som | None
) -> dict[str, bool]:
    """Return what is said of a proposal that nobody else can read yet."""
    by_source = sum(reading.by_source().values(), Som(0))
    asked = reading.requested(budget_sources)
    return {
        "complete": not missing_parts(reading),
        "adds_up": by_source == reading.total,
        "within_maximum": maximum is None or asked <= maximum,
    }


def read_offline(raw: bytes) -> OfflineEnvelope:
    """Read the file of the offline page: a length, a header in JSON, then the sealed pieces.

    Raises UnreadableFileError.
    """
    start = _LENGTH_BYTES + int.from_bytes(raw[:_LENGTH_BYTES], "big")
    try:
        header = json.loads(raw[_LENGTH_BYTES:start])
        sizes = [int(size) for size in header["sizes"]]
        if header["form"] != OFFLINE_FORM or not 1 <= len(sizes) <= 1 + _MOST_PAPERS:
            raise UnreadableFileError("another form")
        pieces = tuple(_cut(raw, start, sizes))
        return OfflineEnvelope(
            call=str(header["call"]),
            proposal=str(header["proposal"]),
            recipient=str(header["recipient"]),
            statement={str(key): value is True for key, value in header["statement"].items()},
            shares=[
                {"position": int(one["position"]), "share": str(one["share"])}
                for one in header["shares"]
            ],
            ciphertext=pieces[0],
            papers=pieces[1:],
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as wrong:
        raise UnreadableFileError("the file cannot be read") from wrong


def _cut(raw: bytes, start: int, sizes: Sequence[int]) -> list[bytes]:
    if min(sizes) < 0 or start + sum(sizes) != len(raw):
        raise UnreadableFileError("the file is cut off")
    pieces = []
    for size in sizes:
        pieces.append(raw[start : start + size])
        start += size
    return pieces
