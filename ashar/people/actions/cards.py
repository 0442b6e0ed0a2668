"""Registering, correcting and forgetting a card."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db.models import F
from django.utils import timezone

from ashar.journal import actions as journal
from ashar.journal.actions import deed
from ashar.parties.models import Account
from ashar.people.models import Card, Correction, Particular
from ashar.places.models import Territory
from ashar.vault.actions import destroy_key, hold_key, new_data_key

SEALED = ("surname", "name", "patronymic", "pin", "born_on", "birth_year", "phone", "address")
WRITTEN = (*SEALED, "sex", "village")


class ChangedMeanwhile(RuntimeError):
    """Somebody else corrected the card while this person was typing."""


@dataclass(frozen=True)
class CardDraft:
    """What a clerk typed about a person; everything but one name may be missing."""

    surname: str = field(repr=False)
    name: str = field(default="", repr=False)
    patronymic: str = field(default="", repr=False)
    pin: str = field(default="", repr=False)
    born_on: date | None = field(default=None, repr=False)
    birth_year: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    sex: str = field(default="", repr=False)
    village: Territory | None = field(default=None, repr=False)


@deed
def register_card(
    draft: CardDraft, *, municipality: Territory, doubts: tuple[str, ...] = (), by: Account
) -> Card:
    """Enter a person in the register of the municipality, with a key of her own.

    `doubts` are those the clerk was shown and let stand; the journal keeps their names.
    """
    card = Card(municipality=municipality, registered_by=by, key=new_data_key())
    for name in WRITTEN:
        setattr(card, name, getattr(draft, name))
    card.save()
    journal.write("card_registered", subject=card, by=by, data={"doubts": list(doubts)})
    return card


@deed
def correct_card(card: Card, draft: CardDraft, *, version: int, reason: str, by: Account) -> Card:
    """Correct the card and keep what stood there; raises ChangedMeanwhile when it was changed."""
    hold_key(card)
    changed = [name for name in WRITTEN if getattr(card, name) != getattr(draft, name)]
    before = {name: _plain(getattr(card, name)) for name in changed}
    claimed = Card.objects.filter(pk=card.pk, version=version, forgotten_at__isnull=True)
    if not claimed.update(version=F("version") + 1):
        raise ChangedMeanwhile
    for name in changed:
        setattr(card, name, getattr(draft, name))
    card.save(update_fields=[*changed, *(["pin_index"] if "pin" in changed else [])])
    Correction.objects.create(
        card=card, key=card.key, before=before, reason=reason, corrected_by=by
    )
    journal.write("card_corrected", subject=card, by=by, data={"fields": sorted(changed)})
    return card


@deed
def write_particular(card: Card, *, kind: str, text: str, by: Account) -> Particular:
    """Write the particulars of one kind; the wording before stays as history."""
    hold_key(card)
    Particular.objects.filter(card=card, kind=kind, is_replaced=False).update(is_replaced=True)
    written: Particular = Particular.objects.create(
        card=card, key=card.key, kind=kind, text=text, written_by=by
    )
    journal.write("particulars_written", subject=card, by=by, data={"kind": kind})
    return written


@deed
def forget_card(card: Card, *, by: Account | None) -> None:
    """Destroy the key of one person: nobody reads her card any more, here or in copies.

    What remains is that there was a card in the municipality, so that counts stay true.
    """
    destroy_key(card.key)
    Card.objects.filter(pk=card.pk).update(
        forgotten_at=timezone.now(), pin_index="", village=None, sex="", version=F("version") + 1
    )
    journal.write("card_forgotten", subject=card, by=by)


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return value.code if isinstance(value, Territory) else value
