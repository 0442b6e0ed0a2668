"""A database of its own for what is killed, rotated or copied: run as a process.

python -m tests.vault.stage fill 32000 | renew | count | read REF
"""

# ruff: noqa: PLC0415, T201 - Django is set up first; a process speaks by printing
from __future__ import annotations

import json
import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
BATCH = 1_000


def fill(number):
    """Enter this many synthetic people, each with a key of her own and three sealed fields."""
    from django.core.management import call_command
    from django.db import transaction

    from ashar.people.models import Card
    from ashar.places.models import Territory
    from ashar.vault.models import DataKey

    for room in ("journal", "privacy"):
        call_command("migrate", room, verbosity=0, skip_checks=True)
    place = Territory.objects.create(
        code="41799299899000", kind="ayil_aimak", name_ky="Үлгү", name_ru="Үлгү", path="/1/",
        level=0, search_key="", spelling_key="", sort_key="", sort_key_ru="",
    )  # fmt: skip
    for start in range(0, number, BATCH):
        with transaction.atomic():
            keys = [DataKey() for _ in range(min(BATCH, number - start))]
            for key in keys:
                key.put(1)
                key.__dict__["_is_held"] = True
            DataKey.objects.bulk_create(keys)
            Card.objects.bulk_create(
                Card(municipality=place, key=key, surname=f"Синтетикова {start + row}",
                     name="Өрүктү", pin=f"{start + row:014}")
                for row, key in enumerate(keys)
            )  # fmt: skip
    return number


def renew():
    """Renew every key and say how long it took."""
    from ashar.vault.actions import renew_keys

    if os.environ.get("ASHAR_PLANTED") == "split":
        _plant_split()
    begin, worked = time.monotonic(), time.process_time()
    renewed = renew_keys(tell=lambda done: print(done, flush=True))
    seconds = round(time.monotonic() - begin, 2)
    # What the machine does besides is not the renewal's: the bar is held to its own work.
    return {"renewed": renewed, "seconds": seconds, "worked": time.process_time() - worked}


def _plant_split():
    """Plant a fault: the cards are committed before their keys, and then the power is cut."""
    import signal

    from django.db import connection

    from ashar.vault import actions
    from ashar.vault.models import DataKey

    write_over = actions._write_over

    def split(model, rows, names):
        if model is DataKey:
            connection.connection.commit()
            os.kill(os.getpid(), signal.SIGKILL)
        write_over(model, rows, names)

    actions._write_over = split


def count():
    """Open every field of every card."""
    from ashar.people.models import Card
    from ashar.vault.core.cipher import Unreadable
    from ashar.vault.queries.keys import forgotten, waiting_to_be_renewed

    read = unreadable = 0
    for card in Card.objects.all().iterator():
        try:
            number = int(card.pin)
            wrong = (card.surname, card.name) != (f"Синтетикова {number}", "Өрүктү")
        except Unreadable:
            wrong = True
        read, unreadable = read + (not wrong), unreadable + wrong
    waiting = waiting_to_be_renewed()
    return {"read": read, "unreadable": unreadable, "waiting": waiting, "forgotten": forgotten()}


def forget(number):
    """Forget the person of this number."""
    from ashar.people.actions import forget_card
    from ashar.people.models import Card

    card = Card.objects.get(pin_index=f"{number:014}")
    forget_card(card, by=None)
    return card.ref


def main(what, *arguments):
    """Carry out one part and print what came of it as JSON."""
    django.setup()
    parts = {"fill": fill, "renew": renew, "count": count, "forget": forget}
    print(json.dumps(parts[what](*(int(one) for one in arguments))), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
