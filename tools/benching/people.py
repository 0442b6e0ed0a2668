"""Places, bodies and people of the made-up country that is measured."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from ashar.parties.models import Account, Mandate, Organisation, Person
from ashar.places.models import Territory

SINCE = date(2015, 1, 1)
DISTRICT = 50  # municipalities in one district
MEMBERS = 5
WRITERS = 20  # applicants with an account and a draft of their own
BATCH = 1000


@dataclass(frozen=True)
class Size:
    """How much is made: proposals of the great contest, municipalities, years of chain."""

    proposals: int = 10_000
    municipalities: int = 500
    years: int = 10


@dataclass
class Land:
    """Who and what there is, before anything happens."""

    municipalities: list[Territory]
    offices: list[Organisation]
    commissions: list[Organisation]
    applicants: list[Organisation]
    accounts: dict[str, Account] = field(default_factory=dict)
    members: list[Person] = field(default_factory=list)


def _territory(code: str, kind: str, name: str, parent: Territory | None) -> Territory:
    return Territory(
        code=code,
        kind=kind,
        name_ky=name,
        name_ru=name,
        parent=parent,
        path=f"{parent.path if parent else '/'}{code}/",
        level=parent.level + 1 if parent else 0,
        search_key=f"|{name.lower()}|",
        spelling_key=f"|{name.lower()}|",
        sort_key=name.lower(),
        sort_key_ru=name.lower(),
    )


def _municipalities(count: int) -> list[Territory]:
    """Return the municipalities of a made-up region under the country."""
    country = Territory.objects.filter(kind="country").first()
    if country is None:
        country = _territory("41700000000000", "country", "Кыргыз Республикасы", None)
        country.save()
    region = _territory("41798000000000", "oblast", "Ченөө", country)
    region.save()
    districts = Territory.objects.bulk_create(
        _territory(f"417982{number:02}000000", "rayon", f"Район {number}", region)
        for number in range((count - 1) // DISTRICT + 1)
    )
    return Territory.objects.bulk_create(
        (
            _territory(
                f"417982{number // DISTRICT:02}8{number % DISTRICT:02}000",
                "ayil_aimak",
                f"Ченөө {number}",
                districts[number // DISTRICT],
            )
            for number in range(count)
        ),
        batch_size=BATCH,
    )


def _bodies(
    kind: str, name: str, count: int, places: list[Territory] | None = None
) -> list[Organisation]:
    return Organisation.objects.bulk_create(
        (
            Organisation(
                kind=kind,
                name_ky=f"{name} {number}",
                name_ru=f"{name} {number}",
                territory=places[number] if places else None,
                registration_number=f"{number:08}",
                **Organisation.keys_for(f"{name} {number}", f"{name} {number}"),
            )
            for number in range(count)
        ),
        batch_size=BATCH,
    )


def _person(username: str, organisation: Organisation | None, role: str = "") -> Account:
    """Return an account without a password: the measurement signs it in by itself."""
    person = Person.objects.create(name=username, search_key=username)
    if organisation is not None:
        Mandate.objects.create(
            person=person,
            organisation=organisation,
            role=role,
            valid_from=SINCE,
            act="буйрук",
            confirmed_at=timezone.now(),
        )
    return Account.objects.create(username=username, password="!", person=person)  # noqa: S106 - nobody can sign in with it


def make_land(size: Size) -> Land:
    """Make the places, the bodies and the few people who open the measured pages."""
    places = _municipalities(size.municipalities)
    land = Land(
        places,
        _bodies("aiyl_okmotu", "Айыл өкмөтү", len(places), places),
        _bodies("commission", "Комиссия", len(places), places),
        _bodies("non_commercial", "Коомдук фонд", max(size.proposals, WRITERS)),
    )
    land.accounts["clerk"] = _person("bench-clerk", land.offices[0], "specialist")
    land.accounts["officer"] = _person(
        "bench-officer", _bodies("ministry", "Министрлик", 1)[0], "officer"
    )
    for number in range(WRITERS):
        land.accounts[f"writer-{number}"] = _person(
            f"bench-writer-{number}", land.applicants[number], "representative"
        )
    for number in range(MEMBERS):
        account = _person(f"bench-member-{number}", land.commissions[0], "member")
        land.accounts[f"member-{number}"] = account
        land.members.append(Person.objects.get(account=account))
    return land
