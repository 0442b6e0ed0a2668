"""An envelope is handed in: locked proposal, locked shares, the papers it names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from ashar.cases.models import Case
from ashar.journal import actions as journal
from ashar.journal.actions import deed
from ashar.parties.models import Account
from ashar.seals.choices import SealedBy
from ashar.seals.core import digest, is_armored, is_recipient, is_sealed
from ashar.seals.models import Envelope, SealedPaper, Sealing
from ashar.seals.queries import recipients_of, sealing_of

LARGEST_ENVELOPE = 2 * 1024 * 1024
LARGEST_SHARE = 2000
STATEMENT = ("complete", "adds_up", "within_maximum")


class BadEnvelope(ValueError):
    """What was sent is not an envelope for this contest; `str()` says which part is wrong."""


@dataclass(frozen=True)
class EnvelopeData:
    """An envelope as the applicant's page sends it."""

    recipient: str
    ciphertext: bytes = field(repr=False)
    shares: Sequence[Mapping[str, Any]] = field(repr=False)
    statement: Mapping[str, bool]
    papers: Sequence[str] = ()
    sealed_by: str = SealedBy.BROWSER


@deed
def hand_in_envelope(
    case: Case, data: EnvelopeData, *, by: Account, now: datetime | None = None
) -> Envelope:
    """Keep the envelope of a proposal, unchangeable; the case is the proposal's.

    Only the form can be checked: nobody here can read it. Raises BadEnvelope.
    """
    sealing = sealing_of(case.parent)
    if sealing is None:
        raise BadEnvelope("call")
    _check(data, sealing)
    envelope = Envelope.objects.create(
        case=case,
        number=Envelope.objects.filter(case=case).count() + 1,
        recipient=data.recipient,
        ciphertext=data.ciphertext,
        sha256=digest(data.ciphertext),
        shares=[
            {"position": int(one["position"]), "share": str(one["share"])} for one in data.shares
        ],
        papers=_papers(case, data.papers),
        statement={key: bool(data.statement.get(key)) for key in STATEMENT},
        sealed_by=SealedBy(data.sealed_by),
        handed_in_at=now or timezone.now(),
        handed_in_by=by,
    )
    journal.write(
        "envelope_handed_in",
        subject=f"case:{case.ref}",
        case_ref=case.ref,
        by=by,
        data={
            "number": envelope.number,
            "sha256": envelope.sha256,
            "recipient": envelope.recipient,
            "papers": envelope.papers,
            "sealed_by": envelope.sealed_by,
        },
    )
    return envelope


def _check(data: EnvelopeData, sealing: Sealing) -> None:
    if not is_recipient(data.recipient):
        raise BadEnvelope("recipient")
    if len(data.ciphertext) > LARGEST_ENVELOPE or not is_sealed(data.ciphertext):
        raise BadEnvelope("ciphertext")
    if data.sealed_by not in SealedBy.values:
        raise BadEnvelope("sealed_by")
    try:
        shares = {int(one["position"]): str(one["share"]) for one in data.shares}
    except (KeyError, TypeError, ValueError) as wrong:
        raise BadEnvelope("shares") from wrong
    wanted = set(recipients_of(sealing))
    if set(shares) != wanted or len(data.shares) != len(wanted):
        raise BadEnvelope("shares")
    if any(len(share) > LARGEST_SHARE or not is_armored(share) for share in shares.values()):
        raise BadEnvelope("shares")


def _papers(case: Case, refs: Sequence[str]) -> list[dict[str, object]]:
    """Return what the envelope says of the locked papers: reference, digest and size."""
    if len(set(refs)) != len(refs):
        raise BadEnvelope("papers")
    rows = SealedPaper.objects.filter(case=case, ref__in=list(refs)).defer("ciphertext")
    found = {one.ref: one for one in rows}
    if set(found) != set(refs):
        raise BadEnvelope("papers")
    return [{"ref": ref, "sha256": found[ref].sha256, "size": found[ref].size} for ref in refs]
