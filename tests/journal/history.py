"""Things that people do, as the journal keeps them."""

from __future__ import annotations

from datetime import date

from ashar.journal.actions import deed, write
from ashar.parties import actions as parties
from ashar.places.models import Territory


def place():
    """A village of the model district."""
    return Territory.objects.get_or_create(
        code="41799299899010",
        defaults={
            "kind": "village", "name_ky": "Бирдик", "name_ru": "Бирдик", "path": "/1/", "level": 0,
            "search_key": "бирдик", "spelling_key": "бирдик", "sort_key": "б", "sort_key_ru": "б",
        },
    )[0]  # fmt: skip


def write_history(entries, organisation=None):
    """Write so many entries by actions of the register, and return an organisation."""
    body = organisation or parties.register_organisation(
        kind="kenesh", name_ky="Кеңеш", name_ru="Кенеш", territory=place(), by=None
    )
    for number in range(entries // 2):
        person = parties.register_person(name=f"Киши {number}", by=None)
        with deed():
            parties.give_mandate(
                person=person, organisation=body, role="deputy",
                valid_from=date(2020, 1, 1), by=None,
            )  # fmt: skip
    write("nothing_changed", subject="journal", by=None)
    return body
