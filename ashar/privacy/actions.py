"""Requests about people's data, and what is done when a term has passed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from ashar.journal import actions as journal
from ashar.journal.actions import deed
from ashar.parties.models import Account
from ashar.people.actions import forget_card
from ashar.people.models import Card
from ashar.privacy.access import may_decide
from ashar.privacy.choices import CardRequestKind
from ashar.privacy.core.policy import AtEnd, DataClass
from ashar.privacy.models import CardRequest, OwnRequest
from ashar.privacy.queries.policy import past_term
from ashar.vault.actions import hold_key


class DecidedAlready(RuntimeError):
    """Somebody else decided this request meanwhile."""


@deed
def ask_about_card(card: Card, *, kind: str, reason: str, by: Account) -> CardRequest:
    """Ask that a copy of a card be given, or the person forgotten; another person decides."""
    hold_key(card)
    made: CardRequest = CardRequest.objects.create(
        card=card, key=card.key, kind=kind, reason=reason, asked_by=by
    )
    journal.write(
        "card_request_made", subject=card, by=by, data={"kind": kind, "request": made.ref}
    )
    return made


@deed
def decide(request: CardRequest, *, is_approved: bool, by: Account) -> None:
    """Approve or refuse as the second person; forgetting is carried out at once."""
    if not may_decide(by, request):
        raise PermissionDenied
    waiting = CardRequest.objects.filter(pk=request.pk, is_approved__isnull=True)
    if not waiting.update(is_approved=is_approved, decided_by=by, decided_at=timezone.now()):
        raise DecidedAlready
    journal.write(
        "card_request_approved" if is_approved else "card_request_refused",
        subject=request.card,
        by=by,
        data={"kind": request.kind, "request": request.ref, "asked_by": request.asked_by_id},
    )
    if is_approved and request.kind == CardRequestKind.FORGET:
        forget_card(request.card, by=by)


@deed
def note_copy(request: CardRequest, *, by: Account) -> None:
    """Write down that the copy of a card was taken."""
    data = {"purpose": "copy", "request": request.ref, "what": "all"}
    journal.write("card_read", subject=request.card, by=by, data=data)


@deed
def note_own_copy(*, by: Account) -> None:
    """Write down that the holder of an account took his own data."""
    journal.write("own_data_taken", subject=by, by=by)


@deed
def ask_about_own(*, kind: str, text: str, by: Account) -> OwnRequest:
    """Ask that one's own data be corrected or forgotten."""
    made = OwnRequest.objects.create(account=by, kind=kind, text=text)
    journal.write("own_request_made", subject=made, by=by, data={"kind": kind})
    return made


@deed
def answer_own(request: OwnRequest, *, answer: str, by: Account | None) -> None:
    """Answer a request about one's own data."""
    OwnRequest.objects.filter(pk=request.pk).update(answer=answer, answered_at=timezone.now())
    journal.write("own_request_answered", subject=request, by=by, data={"kind": request.kind})


def apply(
    lines: tuple[DataClass, ...], *, today: date, is_trial: bool
) -> list[tuple[str, str, int]]:
    """Do what the policy says with records past their term; a trial only counts them."""
    done = []
    for line in lines:
        for name, rows in past_term(line, today):
            number = rows.count() if is_trial else _end(line, name, rows)
            done.append((line.key, name, number))
    return done


@deed
def _end(line: DataClass, name: str, rows: Any) -> int:
    found = list(rows)
    for row in found:
        if line.at_end == AtEnd.FORGET and isinstance(row, Card):
            if not row.is_forgotten:
                forget_card(row, by=None)
        else:
            row.delete()
    data = {"class": line.key, "number": len(found), "basis": line.basis}
    journal.write("term_applied", subject=f"privacy.policy:{name}", by=None, data=data)
    return len(found)
