"""Reads about envelopes: who holds the keys of a contest, what waits to be opened."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Max, QuerySet

from ashar.cases.models import Case
from ashar.parties.models import Person
from ashar.seals.models import Envelope, KeyHolder, OpenedShare, Sealing


@dataclass(frozen=True)
class Waiting:
    """An envelope that waits for a holder: the share locked to that holder."""

    envelope: Envelope
    share: str


def sealing_of(call_case: Case | None) -> Sealing | None:
    """Return how the proposals of the contest are sealed; None when they are not, by keys."""
    if call_case is None:
        return None
    # Asked many times for one page; once frozen it never changes, so it stays with the case.
    if "_sealing" in call_case.__dict__:
        kept: Sealing | None = call_case.__dict__["_sealing"]
        return kept
    found = Sealing.objects.filter(case=call_case).prefetch_related("holders__key").first()
    if call_case.stage != "preparing":
        call_case.__dict__["_sealing"] = found
    return found


def recipients_of(sealing: Sealing) -> dict[int, str]:
    """Return the public side of each holder's key by its position."""
    return {holder.position: holder.key.recipient for holder in sealing.holders.all()}


def last_envelope_of(case: Case) -> Envelope | None:
    """Return the envelope of a proposal that counts: the last one handed in."""
    return Envelope.objects.filter(case=case).order_by("-number").first()


def unopened_in(call_case: Case) -> QuerySet[Envelope]:
    """Return the envelopes of a contest that count and are closed; withdrawn ones stay closed."""
    newest = (
        Envelope.objects.filter(case__parent=call_case, case__closed_at__isnull=True)
        .order_by()
        .values("case")
        .annotate(last=Max("pk"))
        .values("last")
    )
    return (
        Envelope.objects.filter(pk__in=newest, opening__isnull=True)
        .exclude(case__stage="draft")
        .select_related("case")
        .order_by("pk")
    )


def waiting_count(call_case: Case) -> int:
    """Return how many envelopes of the contest are still closed."""
    return unopened_in(call_case).count()


def waiting_of(sealing: Sealing, holder: KeyHolder) -> list[Waiting]:
    """Return the closed envelopes for which the holder has not given a share yet."""
    given = OpenedShare.objects.filter(holder=holder).values("envelope_id")
    return [
        Waiting(one, share)
        for one in unopened_in(sealing.case).exclude(pk__in=given)
        if (share := share_for(one, holder.position))
    ]


def share_for(envelope: Envelope, position: int) -> str:
    """Return the share of an envelope locked to the holder at this position."""
    return next((str(s["share"]) for s in envelope.shares if s["position"] == position), "")


def holder_in(call_case: Case, person: Person) -> KeyHolder | None:
    """Return as which holder the person opens the proposals of the contest; None for others."""
    rows = KeyHolder.objects.filter(sealing__case=call_case, key__person=person)
    return rows.select_related("sealing__case", "key").first()


def holders_of(person: Person) -> QuerySet[KeyHolder]:
    """Return as which holders the person stands in contests, with any of his keys."""
    return KeyHolder.objects.filter(key__person=person).select_related("sealing__case", "key")
