"""An applicant's sealed draft and papers are kept, while the call receives proposals."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from ashar.calls.actions.proposals import CallClosed
from ashar.calls.models import Proposal
from ashar.calls.queries.calls import is_receiving
from ashar.journal.actions import deed
from ashar.parties.models import Account
from ashar.seals import actions as seals
from ashar.seals.models import SealedDraft, SealedPaper

MOST_PAPERS = 50


class TooManyPapers(ValueError):
    """A proposal carries as many papers as it may."""


@deed
def keep_sealed_draft(
    proposal: Proposal,
    *,
    recipient: str,
    ciphertext: bytes,
    by: Account | None,
    version: int,
    now: datetime | None = None,
) -> SealedDraft:
    """Keep the sealed draft; `version` is the one the reader saw, 0 before the first saving.

    Raises CallClosed, seals.DraftMoved, seals.NotSealed, seals.TooLarge.
    """
    _require_open(proposal, now)
    return seals.keep_draft(
        proposal.case,
        recipient=recipient,
        ciphertext=ciphertext,
        by=by,
        version=version,
        now=now,
    )


@deed
def keep_sealed_paper(
    proposal: Proposal, *, ciphertext: bytes, now: datetime | None = None
) -> SealedPaper:
    """Take in a sealed paper of the draft.

    Raises CallClosed, TooManyPapers, seals.NotSealed, seals.TooLarge.
    """
    _require_open(proposal, now)
    there = SealedPaper.objects.filter(case=proposal.case, removed_at__isnull=True)
    if there.count() >= MOST_PAPERS:
        raise TooManyPapers
    return seals.keep_paper(proposal.case, ciphertext=ciphertext, now=now)


@deed
def remove_sealed_paper(proposal: Proposal, ref: str, *, now: datetime | None = None) -> bool:
    """Take a sealed paper off the draft. Raises CallClosed."""
    _require_open(proposal, now)
    return seals.remove_paper(proposal.case, ref)


def _require_open(proposal: Proposal, now: datetime | None) -> None:
    fresh = Proposal.objects.select_related("case", "call__case").get(pk=proposal.pk)
    moment = now or timezone.now()
    if fresh.case.stage not in {"draft", "submitted"} or not is_receiving(fresh.call, moment):
        raise CallClosed
