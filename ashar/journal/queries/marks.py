"""The mark of the journal as it is printed on a paper and read back from its QR code."""

from __future__ import annotations

import base64
import binascii

from ashar.journal.core import merkle
from ashar.journal.models import Checkpoint, Entry
from ashar.journal.queries.checking import leaves
from ashar.journal.queries.judging import Judgement

_ROOT_BYTES = 32


def printed_mark() -> str:
    """Return size and root of the newest checkpoint, short enough for a QR code."""
    last = Checkpoint.objects.order_by("-size").values_list("size", "root").first()
    if last is None:
        return ""
    size, root = last
    return f"{size}.{base64.urlsafe_b64encode(bytes.fromhex(root)).decode().rstrip('=')}"


def judge_printed(mark: str) -> Judgement:
    """Compare the mark printed on a paper with the journal of today."""
    size, _point, coded = mark.partition(".")
    try:
        root = base64.urlsafe_b64decode(coded + "=")
    except (binascii.Error, ValueError):
        return Judgement("unreadable")
    if not (size.isascii() and size.isdecimal()) or len(root) != _ROOT_BYTES:
        return Judgement("unreadable")
    number = int(size[:18])
    if number > Entry.objects.count():
        return Judgement("ahead", number)
    kept = Checkpoint.objects.filter(size=number).values_list("root", flat=True).first()
    top = bytes.fromhex(kept) if kept else merkle.root(leaves(number))
    return Judgement("fits" if top == root else "differs", number)
