"""Reads about members' keys."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from ashar.parties.models import Person
from ashar.seals.models import MemberKey


def live_key_of(person: Person) -> MemberKey | None:
    """Return the key the person uses for contests announced from now on."""
    return MemberKey.objects.filter(person=person, retired_at__isnull=True).first()


def live_keys_of(people: Iterable[Person]) -> dict[int, MemberKey]:
    """Return the live keys of these people, by person."""
    rows: QuerySet[MemberKey] = MemberKey.objects.filter(
        person__in=list(people), retired_at__isnull=True
    )
    return {one.person_id: one for one in rows}
