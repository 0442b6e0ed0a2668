"""The applicant's sealed draft and papers: bytes that this site cannot read."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError
from django.db.models import F
from django.utils import timezone

from ashar.cases.models import Case
from ashar.journal.actions import deed
from ashar.parties.models import Account
from ashar.seals.core import digest, is_recipient, is_sealed
from ashar.seals.models import SealedDraft, SealedPaper

LARGEST_DRAFT = 2 * 1024 * 1024
LARGEST_PAPER = 25 * 1024 * 1024


class NotSealed(ValueError):
    """The bytes are not locked: they are not taken in, so that nothing readable is kept."""


class TooLarge(ValueError):
    """The locked bytes are larger than the site takes in."""


class DraftMoved(Exception):
    """Somebody else saved the draft after this page was opened."""

    def __init__(self, draft: SealedDraft) -> None:
        super().__init__("the draft was saved by somebody else meanwhile")
        self.theirs = bytes(draft.ciphertext)
        self.recipient = draft.recipient
        self.version = draft.version
        self.saved_by = str(draft.saved_by or "")


@deed
def keep_draft(
    case: Case,
    *,
    recipient: str,
    ciphertext: bytes,
    by: Account | None,
    version: int | None = None,
    now: datetime | None = None,
) -> SealedDraft:
    """Keep the locked draft in place of the former one; `version` is the one the reader saw.

    Raises DraftMoved, NotSealed, TooLarge.
    """
    if len(ciphertext) > LARGEST_DRAFT:
        raise TooLarge
    if not is_recipient(recipient) or not is_sealed(ciphertext):
        raise NotSealed
    values = {
        "recipient": recipient,
        "ciphertext": ciphertext,
        "saved_at": now or timezone.now(),
        "saved_by": by,
    }
    rows = SealedDraft.objects.filter(case=case)
    seen = rows if version is None else rows.filter(version=version)
    if not seen.update(version=F("version") + 1, **values):
        present = rows.select_related("saved_by__person").first()
        if present is not None:
            raise DraftMoved(present)
        try:
            with deed():
                SealedDraft.objects.create(case=case, **values)
        except IntegrityError as same:
            raise DraftMoved(rows.select_related("saved_by__person").get()) from same
    return rows.get()


@deed
def keep_paper(case: Case, *, ciphertext: bytes, now: datetime | None = None) -> SealedPaper:
    """Take in a locked paper. Raises NotSealed, TooLarge."""
    if len(ciphertext) > LARGEST_PAPER:
        raise TooLarge
    if not is_sealed(ciphertext):
        raise NotSealed
    return SealedPaper.objects.create(
        case=case,
        size=len(ciphertext),
        sha256=digest(ciphertext),
        ciphertext=ciphertext,
        kept_at=now or timezone.now(),
    )


@deed
def remove_paper(case: Case, ref: str) -> bool:
    """Take a locked paper off the draft; envelopes handed in with it keep it."""
    rows = SealedPaper.objects.filter(case=case, ref=ref, removed_at__isnull=True)
    return bool(rows.update(removed_at=timezone.now()))
