"""Finding a card: by the whole number, or by name within the reader's own municipality."""

from __future__ import annotations

from django.db.models import QuerySet

from ashar.people.core import SHORTEST_NAME_ASKED, is_pin, name_fits, tidy_pin
from ashar.people.models import Card

MOST_FOUND = 50


def find(asked: str, among: QuerySet[Card]) -> list[Card]:
    """Return the cards among those the reader may open that fit what was typed.

    A number is looked up by its index. Names cannot be searched in the database: the cards of
    the reader's municipality are opened one after another, and only these.
    """
    living = among.filter(forgotten_at__isnull=True).select_related("village")
    if is_pin(asked):
        return list(living.filter(pin_index=tidy_pin(asked)).order_by("pk")[:MOST_FOUND])
    if len(asked.strip()) < SHORTEST_NAME_ASKED:
        return []
    found = [card for card in living.iterator() if name_fits(asked, *_names(card))]
    return sorted(found, key=lambda card: card.full_name)[:MOST_FOUND]


def same_pin(pin: str, among: QuerySet[Card], *, besides: Card | None = None) -> QuerySet[Card]:
    """Return the cards of the municipality that bear the number already."""
    found = among.filter(pin_index=pin) if pin else among.none()
    return found.exclude(pk=besides.pk) if besides else found


def _names(card: Card) -> tuple[str, str, str]:
    return card.surname, card.name, card.patronymic
