"""Holders give their shares after the close; k of them open an envelope, or the applicant does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from ashar.cases.actions import hold_stage
from ashar.cases.models import Case
from ashar.journal import actions as journal
from ashar.journal.actions import deed
from ashar.parties.models import Account
from ashar.seals.choices import OpenedHow
from ashar.seals.core import NotOpened, Opened, digest, open_envelope, open_with
from ashar.seals.models import Envelope, KeyHolder, OpenedShare, Opening, Sealing
from ashar.seals.queries import sealing_of, unopened_in

OPENING_STAGE = "opening"
LONGEST_SHARE = 100


class NothingWaits(Exception):
    """The contest does not stand at the opening: no share is taken and nothing is opened."""


@dataclass(frozen=True)
class OpenedEnvelope:
    """An envelope opened just now, with what lay inside."""

    envelope: Envelope
    opening: Opening
    opened: Opened = field(repr=False)


@deed
def post_shares(
    call_case: Case, holder: KeyHolder, shares: Mapping[Envelope, bytes], *, by: Account
) -> int:
    """Keep the shares that the holder opened in the browser; return how many.

    A share given again replaces the former one while the envelope is closed. Raises NothingWaits
    before the close of the contest and after its opening.
    """
    if holder.sealing.case_id != call_case.pk or not hold_stage(call_case, OPENING_STAGE):
        raise NothingWaits
    waiting = {one.pk for one in unopened_in(call_case)}
    given = {one: share for one, share in shares.items() if one.pk in waiting}
    for envelope, share in given.items():
        if not 1 < len(share) <= LONGEST_SHARE:
            raise ValueError("a share is y bytes and one byte x")
        OpenedShare.objects.update_or_create(
            envelope=envelope,
            holder=holder,
            defaults={"share": share, "posted_at": timezone.now()},
        )
    if given:
        journal.write(
            "shares_given",
            subject=f"case:{call_case.ref}",
            case_ref=call_case.ref,
            by=by,
            data={"position": holder.position, "envelopes": sorted(e.sha256 for e in given)},
        )
    return len(given)


@deed
def open_ready(
    call_case: Case, envelopes: Iterable[Envelope] | None = None, *, now: datetime | None = None
) -> list[OpenedEnvelope]:
    """Open every closed envelope (or those named) for which enough shares were given."""
    sealing = sealing_of(call_case)
    if sealing is None or not hold_stage(call_case, OPENING_STAGE):
        return []
    rows = unopened_in(call_case)
    if envelopes is not None:
        rows = rows.filter(pk__in=[one.pk for one in envelopes])
    found = [_open(one, sealing, now) for one in rows.prefetch_related("opened_shares__holder")]
    return [one for one in found if one is not None]


def _open(envelope: Envelope, sealing: Sealing, now: datetime | None) -> OpenedEnvelope | None:
    shares = {one.holder.position: bytes(one.share) for one in envelope.opened_shares.all()}
    if len(shares) < sealing.threshold:
        return None
    answer = open_checked(envelope, shares, sealing.threshold)
    if isinstance(answer, NotOpened):
        _note("envelope_not_opened", envelope, {"reason": answer.reason, "faults": answer.faults})
        return None
    return _keep(envelope, answer, OpenedHow.SHARES, now)


def open_checked(
    envelope: Envelope, shares: Mapping[int, bytes], threshold: int
) -> Opened | NotOpened:
    """Open an envelope, after looking whether it is still the one that was handed in."""
    ciphertext = bytes(envelope.ciphertext)
    if digest(ciphertext) != envelope.sha256:
        return NotOpened("changed")
    answer = open_envelope(envelope.recipient, ciphertext, shares, threshold)
    return _own(envelope, answer)


def _own(envelope: Envelope, answer: Opened | NotOpened) -> Opened | NotOpened:
    """Refuse the content of another proposal: an envelope copied from a rival says whose it is."""
    if isinstance(answer, Opened) and answer.payload.proposal != envelope.case.ref:
        return NotOpened("broken", answer.faults)
    return answer


@deed
def open_with_identity(
    envelope: Envelope, identity: str, *, by: Account, now: datetime | None = None
) -> OpenedEnvelope | NotOpened:
    """Open an envelope with the code of the proposal that its applicant kept.

    Raises NothingWaits when the contest does not stand at the opening.
    """
    call_case = envelope.case.parent
    if call_case is None or not hold_stage(call_case, OPENING_STAGE):
        raise NothingWaits
    if not unopened_in(call_case).filter(pk=envelope.pk).exists():
        raise NothingWaits
    ciphertext = bytes(envelope.ciphertext)
    if digest(ciphertext) != envelope.sha256:
        return NotOpened("changed")
    answer = _own(envelope, open_with(identity, envelope.recipient, ciphertext))
    if isinstance(answer, NotOpened):
        return answer
    return _keep(envelope, answer, OpenedHow.APPLICANT, now, by)


def _keep(
    envelope: Envelope,
    answer: Opened,
    how: OpenedHow,
    now: datetime | None,
    by: Account | None = None,
) -> OpenedEnvelope:
    opening = Opening.objects.create(
        envelope=envelope,
        opened_at=now or timezone.now(),
        how=how,
        sha256=answer.sha256,
        faults=list(answer.faults),
    )
    data = {"how": how.value, "sha256": answer.sha256, "faults": list(answer.faults)}
    _note("envelope_opened", envelope, data, by)
    return OpenedEnvelope(envelope, opening, answer)


def _note(
    action: str, envelope: Envelope, data: Mapping[str, object], by: Account | None = None
) -> None:
    journal.write(
        action,
        subject=f"case:{envelope.case.ref}",
        case_ref=envelope.case.ref,
        by=by,
        data={"envelope": envelope.sha256, **data},
    )
