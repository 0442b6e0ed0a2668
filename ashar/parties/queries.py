"""Reads of mandates: how each stands, and who would be named twice."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q, QuerySet

from ashar.parties.choices import MandateState
from ashar.parties.models import Mandate, Organisation, Person

SOON = timedelta(days=30)


def in_state(rows: QuerySet[Mandate], state: str, today: date) -> QuerySet[Mandate]:
    """Keep the mandates that stand so on the day."""
    open_rows = rows.filter(ended_on__isnull=True)
    confirmed = open_rows.filter(confirmed_at__isnull=False)
    run_out = Q(valid_to__lt=today)
    if state == MandateState.WAITING:
        return open_rows.filter(confirmed_at__isnull=True)
    if state == MandateState.IN_FORCE:
        return confirmed.filter(valid_from__lte=today).exclude(run_out)
    if state == MandateState.SOON:
        return confirmed.filter(valid_to__gte=today, valid_to__lte=today + SOON)
    if state == MandateState.TO_COME:
        return confirmed.filter(valid_from__gt=today)
    return rows.filter(Q(ended_on__isnull=False) | run_out)


def state_of(mandate: Mandate, today: date) -> MandateState:
    """Return how the mandate stands on the day."""
    if mandate.ended_on is not None:
        return MandateState.OVER
    if mandate.confirmed_at is None:
        return MandateState.WAITING
    if mandate.valid_from > today:
        return MandateState.TO_COME
    if mandate.valid_to is None:
        return MandateState.IN_FORCE
    if mandate.valid_to < today:
        return MandateState.OVER
    return MandateState.SOON if mandate.valid_to <= today + SOON else MandateState.IN_FORCE


def others_of(mandate: Mandate) -> list[Mandate]:
    """Return the other mandates of the same person, those of today first."""
    rows = Mandate.objects.filter(person_id=mandate.person_id).exclude(pk=mandate.pk)
    return list(rows.select_related("organisation").order_by("ended_on", "-valid_from", "pk"))


def namesakes(name_key: str) -> QuerySet[Person]:
    """Return the people of the register whose name is written so."""
    return Person.objects.filter(search_key=name_key)


def same_registration(number: str) -> Organisation | None:
    """Return the body registered under the number already; None without one."""
    return Organisation.objects.filter(registration_number=number).first() if number else None
