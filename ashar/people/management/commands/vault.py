"""Looks after the keys of people's data: ashar vault status | new-key | rotate | forget REF."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ashar.journal import actions as journal
from ashar.people.actions import forget_card
from ashar.people.models import Card
from ashar.vault.actions import (
    BATCH,
    KeyInUse,
    destroy_ring_key,
    new_ring_key,
    renew_keys,
)
from ashar.vault.core.keyfiles import BadKey
from ashar.vault.core.ring import from_environment
from ashar.vault.queries.keys import forgotten, ring_keys, waiting_to_be_renewed

SUBJECT = "vault.datakey:all"


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parts = parser.add_subparsers(dest="part", required=True)
        parts.add_parser("status", help="which keys there are and how many people each opens")
        parts.add_parser("new-key", help="make a new key; the old ones stay until destroyed")
        rotate = parts.add_parser("rotate", help="put everybody under the newest key")
        rotate.add_argument("--batch", type=int, default=BATCH)
        destroy = parts.add_parser("destroy-key", help="destroy a key that opens nobody any more")
        destroy.add_argument("key")
        forget = parts.add_parser("forget", help="forget one person for ever")
        forget.add_argument("ref", help="reference of the card")
        forget.add_argument("--for-ever", action="store_true", required=True)

    def handle(self, *_arguments: Any, **options: Any) -> None:
        part = str(options["part"]).replace("-", "_")
        getattr(self, f"_{part}")(options)

    def _status(self, _options: Any) -> None:
        for key in ring_keys():
            now = " (newest)" if key.is_current else ""
            lost = "" if key.is_there else " – MISSING: nobody can read what it opens"
            self.stdout.write(f"{key.name}{now}: opens the data of {key.opens} people{lost}")
        self.stdout.write(f"waiting to be put under the newest key: {waiting_to_be_renewed()}")
        self.stdout.write(f"forgotten: {forgotten()}")

    def _new_key(self, _options: Any) -> None:
        if from_environment():
            raise CommandError("The keys stand in the environment: put a new one first there.")
        name = new_ring_key()
        journal.write("vault_key_made", subject=SUBJECT, by=None, data={"key": name})
        self.stdout.write(f"{name} is the newest key. Copy the folder of keys, then run: rotate")

    def _rotate(self, options: Any) -> None:
        waiting = waiting_to_be_renewed()
        done = renew_keys(
            tell=lambda number: self.stdout.write(f"{number} of {waiting}"), most=options["batch"]
        )
        journal.write("vault_rotated", subject=SUBJECT, by=None, data={"people": done})
        self.stdout.write(f"{done} people have new keys under the newest key.")

    def _destroy_key(self, options: Any) -> None:
        try:
            destroy_ring_key(options["key"])
        except (KeyInUse, BadKey) as refused:
            raise CommandError(str(refused)) from refused
        data = {"key": options["key"]}
        journal.write("vault_key_destroyed", subject=SUBJECT, by=None, data=data)
        self.stdout.write("Destroyed. Back-ups older than the last rotation can no longer be read.")

    def _forget(self, options: Any) -> None:
        card = Card.objects.filter(ref=options["ref"], forgotten_at__isnull=True).first()
        if card is None:
            raise CommandError("There is no such card, or the person was forgotten already.")
        forget_card(card, by=None)
        self.stdout.write("Forgotten. For old back-ups too: new-key, rotate, destroy-key.")
