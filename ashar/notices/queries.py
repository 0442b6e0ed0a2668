"""Reads of notices."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from ashar.cases.models import Case, CaseParty
from ashar.cases.queries import procedure_of
from ashar.notices.models import Message
from ashar.parties.models import Account, Mandate


def accounts_standing_as(case: Case, actor: str | None) -> list[Account]:
    """Return the accounts of those who stand as the actor in the case or in cases below it.

    Without an actor: everybody who stands in the case itself.
    """
    here_and_below = CaseParty.objects.filter(case__path__startswith=case.path, actor=actor)
    parties = CaseParty.objects.filter(case=case) if actor is None else here_and_below
    actors = procedure_of(case).actors
    roles = {
        role
        for party_actor in parties.values_list("actor", flat=True).distinct()
        if party_actor in actors
        for role in actors[party_actor].mandates
    }
    people = Mandate.objects.active(timezone.localdate()).filter(
        organisation_id__in=parties.values("organisation_id"), role__in=roles
    )
    return list(Account.objects.filter(person_id__in=people.values("person_id"), is_active=True))


def messages_of(account: Account) -> QuerySet[Message]:
    """Return the person's messages, the newest first."""
    return Message.objects.filter(to=account).select_related("case")
