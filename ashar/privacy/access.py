"""Who may ask about a card, who may decide, who may take the copy."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from ashar.parties.access import type_user
from ashar.parties.models import Account
from ashar.people.access import municipalities_of, owned_municipalities
from ashar.privacy.choices import CardRequestKind
from ashar.privacy.models import CardRequest


def visible_to(user: type_user) -> QuerySet[CardRequest]:
    """Return the requests about cards of the person's own municipality."""
    places = {place.pk for place in (*municipalities_of(user), *owned_municipalities(user))}
    found: QuerySet[CardRequest] = CardRequest.objects.filter(card__municipality__in=places)
    return found.select_related("card__key", "asked_by__person", "decided_by__person")


def may_view(user: type_user, request: CardRequest) -> bool:
    """Say whether the person works with the cards of the municipality or answers for them."""
    places = {place.pk for place in (*municipalities_of(user), *owned_municipalities(user))}
    return request.card.municipality_id in places


def request_for(user: type_user, ref: str) -> CardRequest:
    """Return a request about a card of one's own municipality; raises Http404 to the others."""
    found = visible_to(user).filter(ref=ref).first()
    if found is None:
        raise Http404
    return found


def may_decide(user: type_user, request: CardRequest) -> bool:
    """Say whether this person may decide: any of the office but the one who asked."""
    if not isinstance(user, Account) or request.is_approved is not None:
        return False
    is_same = user.pk == request.asked_by_id or user.person_id == request.asked_by.person_id
    return may_view(user, request) and not is_same


def copy_for(user: type_user, ref: str) -> CardRequest:
    """Return an approved request for a copy to the one who asked; raises Http404 to the others."""
    found = request_for(user, ref)
    is_ready = found.kind == CardRequestKind.EXPORT and found.is_approved
    is_mine = found.asked_by_id == getattr(user, "pk", None)
    places = {place.pk for place in municipalities_of(user)}
    is_reader = found.card.municipality_id in places
    if not (is_ready and is_mine and is_reader) or found.card.is_forgotten:
        raise Http404
    return found
