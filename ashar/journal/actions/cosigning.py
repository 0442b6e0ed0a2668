"""Cosigning: servers confirm to each other that nothing before was rewritten.

The exchange is that of C2SP tlog-witness: the asker sends the size it believes the witness
knows, the proof that the newer journal only added to it, and the note.
"""

from __future__ import annotations

import base64
import binascii
import time
import urllib.error
import urllib.request

from django.conf import settings
from django.db import transaction

from ashar.journal.core import merkle, note
from ashar.journal.models import Checkpoint, Cosignature, WitnessedJournal
from ashar.journal.queries.keys import WITNESS_PURPOSE, origin
from ashar.journal.queries.proofs import consistency_from
from ashar.vault.queries.signing import signing_key

TIMEOUT = 20
CONFLICT = 409


class NotCosigned(Exception):
    """The witness does not confirm; `status` and the words are the answer to give."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status


@transaction.atomic
def add_checkpoint(request: str) -> str:
    """Cosign the checkpoint of a journal this server was told to witness.

    Returns the cosignature line. Raises NotCosigned: 400 unreadable, 403 an unknown journal
    or signature, 404 unknown origin, 409 with the size known here, 422 a bad proof.
    """
    old, proof, text = _read_request(request)
    try:
        said, _signatures = note.read(text)
    except note.BadNote as wrong:
        raise NotCosigned(400, str(wrong)) from wrong
    known_key = settings.ASHAR_WITNESSES_FOR.get(said.origin)
    if known_key is None:
        raise NotCosigned(404, "this journal is not witnessed here")
    if not note.is_signed_by(text, known_key):
        raise NotCosigned(403, "the note is not signed by its journal")
    journal, _made = WitnessedJournal.objects.get_or_create(origin=said.origin)
    # Held: two notes of one journal are compared one after the other.
    WitnessedJournal.objects.filter(pk=journal.pk).update(origin=said.origin)
    journal.refresh_from_db()
    _check_growth(journal, old, said, proof)
    WitnessedJournal.objects.filter(pk=journal.pk).update(size=said.size, root=said.root.hex())
    return note.cosign(text, signing_key(WITNESS_PURPOSE), origin(), int(time.time()))


def _read_request(request: str) -> tuple[int, list[bytes], str]:
    head, _empty, text = request.partition("\n\n")
    first, *steps = head.split("\n")
    word, _space, size = first.partition(" ")
    if word != "old" or not (size.isascii() and size.isdecimal()):
        raise NotCosigned(400, "the request begins with `old <size>`")
    try:
        proof = [base64.b64decode(step, validate=True) for step in steps]
    except binascii.Error as wrong:
        raise NotCosigned(400, "the proof cannot be read") from wrong
    return int(size), proof, text


def _check_growth(
    journal: WitnessedJournal, old: int, said: note.Checkpoint, proof: list[bytes]
) -> None:
    if old != journal.size or said.size < old:
        raise NotCosigned(CONFLICT, str(journal.size))
    if old == 0:
        return
    if not merkle.is_consistent(old, said.size, bytes.fromhex(journal.root), said.root, proof):
        raise NotCosigned(422, "the journal did not only grow: its history was rewritten")


def ask_witness(address: str) -> str:
    """Ask the server at the address to cosign the newest checkpoint; keep and return its line.

    Raises OSError when it cannot be reached, NotCosigned when it refuses.
    """
    last = Checkpoint.objects.order_by("-size").first()
    if last is None:
        raise NotCosigned(400, "there is no checkpoint yet")
    status, answer = _post(address, 0, last)
    if status == CONFLICT and answer.strip().isdecimal():
        status, answer = _post(address, int(answer), last)
    if status != 200:  # noqa: PLR2004 - the only good answer
        raise NotCosigned(status, answer.strip())
    witness = answer.split(" ")[1]
    Cosignature.objects.get_or_create(checkpoint=last, witness=witness, defaults={"line": answer})
    return answer


def _post(address: str, old: int, checkpoint: Checkpoint) -> tuple[int, str]:
    if not address.startswith(("https://", "http://")):
        raise NotCosigned(400, "the address of a witness begins with https://")
    steps = consistency_from(old) if old else []
    body = "\n".join([f"old {old}", *steps]) + "\n\n" + checkpoint.note
    asked = urllib.request.Request(address, data=body.encode(), method="POST")  # noqa: S310 - checked above
    try:
        with urllib.request.urlopen(asked, timeout=TIMEOUT) as answer:  # noqa: S310
            return answer.status, answer.read(10_000).decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read(10_000).decode()
