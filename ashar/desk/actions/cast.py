"""The cast enters the model aimak: bodies, people, mandates and accounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ashar.desk.core import BODIES, CAST, PASSWORD
from ashar.parties import actions
from ashar.parties.models import Account, Organisation
from ashar.places.models import Territory
from ashar.places.queries import DEMONSTRATION_AIMAK, territory, villages_of

SINCE = date(2020, 1, 1)
ACT = "Үйрөтүү үчүн буйрук"


@dataclass(frozen=True)
class Stage:
    """Where the demonstration plays, and who plays in it."""

    aimak: Territory
    villages: list[Territory]
    bodies: dict[str, Organisation]
    people: dict[str, Account]


def enter_cast() -> Stage:
    """Enter the cast into the model aimak; the register of places must be loaded.

    Raises Territory.DoesNotExist when the model aimak is not there.
    """
    aimak = territory(DEMONSTRATION_AIMAK)
    bodies = {
        body.key: actions.register_organisation(
            kind=body.kind,
            name_ky=body.name_ky,
            name_ru=body.name_ru,
            name_en=body.name_en,
            registration_number=body.registration_number,
            territory=aimak if body.is_local else None,
            by=None,
        )
        for body in BODIES
    }
    people = {}
    for role in CAST:
        person = actions.register_person(name=role.name, by=None)
        people[role.username] = actions.open_account(
            person=person, username=role.username, password=PASSWORD, by=None
        )
        if role.body:
            actions.give_mandate(
                person=person,
                organisation=bodies[role.body],
                role=role.role,
                valid_from=SINCE,
                act=ACT,
                by=None,
            )
    return Stage(aimak, list(villages_of(aimak)), bodies, people)
