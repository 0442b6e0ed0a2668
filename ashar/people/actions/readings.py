"""Opening a card: the reason first, then a line in the journal for every look."""

from __future__ import annotations

from ashar.journal import actions as journal
from ashar.journal.actions import deed
from ashar.parties.models import Account
from ashar.people.models import Card, Reading
from ashar.vault.actions import hold_key


@deed
def state_reason(card: Card, *, purpose: str, words: str, by: Account) -> Reading:
    """Say why the card is opened; it stays open for a quarter of an hour for this person."""
    hold_key(card)
    reading: Reading = Reading.objects.create(
        card=card, key=card.key, reader=by, purpose=purpose, words=words
    )
    journal.write(
        "card_opened", subject=card, by=by, data={"purpose": purpose, "reading": reading.ref}
    )
    return reading


@deed
def note_reading(card: Card, reading: Reading, *, what: str = "card", by: Account) -> None:
    """Write down one look at the card, or at its particulars of one kind."""
    data = {"purpose": reading.purpose, "reading": reading.ref, "what": what}
    journal.write("card_read", subject=card, by=by, data=data)


@deed
def note_search(*, by_number: bool, found: int, by: Account) -> None:
    """Write down a search: how somebody asked and how many cards fitted, never what was asked."""
    data = {"by": "number" if by_number else "name", "found": found}
    journal.write("cards_searched", subject="people.card:search", by=by, data=data)
