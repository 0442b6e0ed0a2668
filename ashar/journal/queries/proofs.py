"""Proofs for those outside: that an entry is under a checkpoint, that one only added to another."""

from __future__ import annotations

import base64
from typing import Any

from ashar.journal.core import merkle
from ashar.journal.models import Checkpoint, Entry
from ashar.journal.queries.checking import leaves


def _coded(digest: bytes) -> str:
    return base64.b64encode(digest).decode()


def checkpoints() -> list[Checkpoint]:
    """Return the published checkpoints, newest first, with who cosigned them."""
    return list(Checkpoint.objects.prefetch_related("cosignatures").order_by("-size")[:200])


def newest() -> Checkpoint | None:
    """Return the newest published checkpoint."""
    return Checkpoint.objects.prefetch_related("cosignatures").order_by("-size").first()


def note_with_cosignatures(checkpoint: Checkpoint) -> str:
    """Return the signed note with every cosignature received so far."""
    return checkpoint.note + "".join(one.line for one in checkpoint.cosignatures.all())


def proof_of(number: int) -> dict[str, Any] | None:
    """Return that the entry is under the first checkpoint after it; None before there is one.

    The entry itself is not shown: its digest is enough, and whoever holds its words (a paper,
    a receipt) computes the same digest.
    """
    entry = Entry.objects.filter(number=number).first()
    covering = Checkpoint.objects.filter(size__gte=number).order_by("size").first()
    if entry is None or covering is None:
        return None
    proof = merkle.inclusion(leaves(covering.size), number - 1)
    return {
        "entry": number,
        "leaf": _coded(bytes.fromhex(entry.digest)),
        "proof": [_coded(step) for step in proof],
        "checkpoint": note_with_cosignatures(covering),
    }


def consistency_from(old: int) -> list[str]:
    """Return that the newest checkpoint only added to the first `old` entries."""
    last = newest()
    if last is None or not 0 < old <= last.size:
        return []
    return [_coded(step) for step in merkle.consistency(leaves(last.size), old)]


def paper_entry(sha256: str) -> Entry | None:
    """Return the entry by which a paper with this digest was filed."""
    filed = Entry.objects.filter(action="document_filed", data__sha256=sha256)
    return filed.order_by("number").first()
