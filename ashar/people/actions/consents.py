"""What the person agreed to, and what was taken back."""

from __future__ import annotations

from datetime import date

from ashar.journal import actions as journal
from ashar.journal.actions import deed
from ashar.parties.models import Account
from ashar.people.models import Card, Consent


@deed
def record_consent(
    card: Card, *, kind: str, wording: str, given_on: date, by_representative: bool, by: Account
) -> Consent:
    """Record that the person, or her legal representative, agreed to a wording on a day."""
    consent = Consent.objects.create(
        card=card,
        kind=kind,
        wording=wording,
        given_on=given_on,
        by_representative=by_representative,
        recorded_by=by,
    )
    journal.write("consent_recorded", subject=card, by=by, data={"kind": kind, "wording": wording})
    return consent


@deed
def withdraw_consent(consent: Consent, *, on: date, by: Account) -> bool:
    """Record that the consent was taken back; False when it was already."""
    living = Consent.objects.filter(pk=consent.pk, withdrawn_on__isnull=True)
    if not living.update(withdrawn_on=max(on, consent.given_on)):
        return False
    journal.write("consent_withdrawn", subject=consent.card, by=by, data={"kind": consent.kind})
    return True
