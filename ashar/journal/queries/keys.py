"""With which name and key this journal signs."""

from __future__ import annotations

from django.conf import settings

from ashar.journal.core import note
from ashar.vault.queries.signing import signing_key

PURPOSE = "journal"
WITNESS_PURPOSE = "witness"


def origin() -> str:
    """Return the name of this journal in its notes: the address of the installation."""
    address = str(settings.ASHAR_ADDRESS).partition("://")[2]
    return f"{address}/journal"


def printed_key() -> str:
    """Return the public key of this journal, to be printed and compared."""
    return note.verifier_key(origin(), signing_key(PURPOSE).public_key())


def is_ours(text: str) -> bool:
    """Say whether the note was signed with the key of this journal; raises BadNote.

    Under whatever address: the office may have moved to another one since.
    """
    said, _signatures = note.read(text)
    return note.is_signed_by(
        text, note.verifier_key(said.origin, signing_key(PURPOSE).public_key())
    )


def printed_cosigner_key() -> str:
    """Return the public key with which this server cosigns the checkpoints of others."""
    return note.cosigner_key(origin(), signing_key(WITNESS_PURPOSE).public_key())
