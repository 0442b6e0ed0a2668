"""Who may open which card; pages obtain cards only here.

`municipalities_of` is the one place that says who works with cards. Services and social workers
come in with a line there, never with a second rule elsewhere.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from ashar.parties.access import mandates_of, type_user
from ashar.parties.choices import MandateRole, OrganisationKind
from ashar.parties.models import Account, Mandate, Organisation
from ashar.people.choices import ParticularKind
from ashar.people.models import Card, Clearance
from ashar.places.models import Territory

OFFICES = (OrganisationKind.AIYL_OKMOTU, OrganisationKind.MAYORS_OFFICE)


def card_mandates(user: type_user) -> list[Mandate]:
    """Return the mandates by which somebody works with cards: specialist of an office."""
    return _of_offices(user, MandateRole.SPECIALIST)


def owner_mandates(user: type_user) -> list[Mandate]:
    """Return the mandates by which somebody answers for the cards: head of an office."""
    return _of_offices(user, MandateRole.HEAD)


def municipalities_of(user: type_user) -> list[Territory]:
    """Return the municipalities whose cards the person may open."""
    return _places(card_mandates(user))


def owned_municipalities(user: type_user) -> list[Territory]:
    """Return the municipalities for whose cards the person answers: who read, who is cleared."""
    return _places(owner_mandates(user))


def visible_to(user: type_user) -> QuerySet[Card]:
    """Return the cards that the person may open."""
    places = [place.pk for place in municipalities_of(user)]
    cards: QuerySet[Card] = Card.objects.filter(municipality__in=places)
    return cards


def may_view(user: type_user, card: Card) -> bool:
    """Say whether the person may open this card."""
    return card.municipality_id in {place.pk for place in municipalities_of(user)}


def card_for(user: type_user, ref: str) -> Card:
    """Return the card to those who may open it; Http404 to the others, as if there were none."""
    card = visible_to(user).select_related("municipality", "village").filter(ref=ref).first()
    if card is None:
        raise Http404
    return card


def offices_for_cards(user: type_user) -> list[Organisation]:
    """Return the offices in whose name the person works with cards."""
    return [mandate.organisation for mandate in card_mandates(user)]


def cleared_kinds(user: type_user, card: Card) -> frozenset[str]:
    """Return the kinds of particulars of this card that the person is cleared to read today."""
    if not may_view(user, card):
        return frozenset()
    offices = [
        mandate.organisation_id
        for mandate in card_mandates(user)
        if mandate.organisation.territory_id == card.municipality_id
    ]
    if not isinstance(user, Account) or user.person_id is None:
        return frozenset()
    mine = Clearance.objects.filter(person_id=user.person_id, organisation__in=offices).filter(
        on_day()
    )
    return frozenset(mine.values_list("kind", flat=True))


def on_day() -> Q:
    """Condition that a clearance is in force today."""
    today = timezone.localdate()
    return Q(valid_from__lte=today) & (Q(valid_to__isnull=True) | Q(valid_to__gte=today))


def kind_for(user: type_user, card: Card, kind: str) -> ParticularKind:
    """Return the kind of particulars to those cleared for it; raises Http404 to the others."""
    if kind not in cleared_kinds(user, card):
        raise Http404
    return ParticularKind(kind)


def office_for_owner(user: type_user) -> list[Organisation]:
    """Return the offices whose head the person is; raises Http404 to the others."""
    offices = [mandate.organisation for mandate in owner_mandates(user)]
    if not offices:
        raise Http404
    return offices


def clearance_for(user: type_user, number: int) -> Clearance:
    """Return a clearance to the head of its office; raises Http404 to the others."""
    offices = office_for_owner(user)
    found = Clearance.objects.filter(pk=number, organisation__in=offices).first()
    if found is None:
        raise Http404
    return found


def _of_offices(user: type_user, role: str) -> list[Mandate]:
    return [
        mandate
        for mandate in mandates_of(user)
        if mandate.role == role
        and mandate.organisation.kind in OFFICES
        and mandate.organisation.territory_id is not None
    ]


def _places(mandates: list[Mandate]) -> list[Territory]:
    places = [one.organisation.territory for one in mandates if one.organisation.territory]
    return list({place.pk: place for place in places}.values())
