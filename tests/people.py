"""The cast: the same people and bodies in every test and in the demonstration."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from ashar.desk.core import BODIES, CAST, PASSWORD
from ashar.parties import actions
from ashar.parties.models import Account, Organisation
from ashar.places.models import Territory

SINCE = date(2020, 1, 1)


@dataclass
class World:
    """A model aimak with its villages, bodies and people."""

    aimak: Territory
    villages: list[Territory]
    bodies: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, Account] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Account:
        """Let tests say `world.aigul`."""
        try:
            return self.__dict__["people"][name]
        except KeyError as missing:
            raise AttributeError(name) from missing


def territory(code: str, kind: str, name: str, parent: Territory | None = None) -> Territory:
    """Return a stored territory of the model district, without the register."""
    path = f"{parent.path if parent else '/'}{code}/"
    return Territory.objects.create(
        code=code,
        kind=kind,
        name_ky=name,
        name_ru=name,
        parent=parent,
        path=path,
        level=(parent.level + 1) if parent else 0,
        search_key=name.lower(),
        spelling_key=name.lower(),
        sort_key=name.lower(),
        sort_key_ru=name.lower(),
        is_demonstration=True,
    )


def build_world() -> World:
    """Return the model aimak of the demonstration with the whole cast."""
    country = territory("41700000000000", "country", "Кыргыз Республикасы")
    rayon = territory("41799299000000", "rayon", "Үлгү", country)
    aimak = territory("41799299899000", "ayil_aimak", "Үлгү", rayon)
    villages = [
        territory(f"417992998990{number}0", "village", name, aimak)
        for number, name in ((1, "Бирдик"), (2, "Ынтымак"), (3, "Достук"))
    ]
    world = World(aimak, villages)
    for body in BODIES:
        world.bodies[body.key] = actions.register_organisation(
            kind=body.kind,
            name_ky=body.name_ky,
            name_ru=body.name_ru,
            name_en=body.name_en,
            registration_number=body.registration_number,
            territory=aimak if body.is_local else None,
            by=None,
        )
    for role in CAST:
        person = actions.register_person(name=role.name, by=None)
        world.people[role.username] = actions.open_account(
            person=person, username=role.username, password=PASSWORD, by=None
        )
        if role.body:
            actions.give_mandate(
                person=person,
                organisation=world.bodies[role.body],
                role=role.role,
                valid_from=SINCE,
                by=None,
            )
    return world
