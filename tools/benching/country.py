"""The whole made-up country in one call, the same at every run."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from django.db import connection, transaction

from ashar.agreements.models import Agreement
from ashar.needs.models import Need
from ashar.parties.models import Account
from ashar.programmes.models import Measure
from tools.benching.chains import (
    Round,
    make_agreements,
    make_contests,
    make_programmes,
    make_studies,
)
from tools.benching.contest import Contest, make_great, make_open
from tools.benching.people import Land, Size, make_land

SEED = 20_261_121


@dataclass
class Country:
    """What the measured pages are opened with."""

    land: Land
    great: Contest
    open: Contest
    needs: list[Need]
    measures: list[Measure]
    agreements: list[Agreement]

    def account(self, name: str) -> Account:
        """Return one of the few people who sign in."""
        return self.land.accounts[name]


@transaction.atomic
def make_country(size: Size) -> Country:
    """Make everything in one transaction; the first municipality has the two contests."""
    chance = Random(SEED)  # noqa: S311 - a fixed seed is the point
    land = make_land(size)
    rounds = [
        Round(place, year) for place in range(size.municipalities) for year in range(size.years)
    ]
    needs = make_studies(land, rounds, chance)
    measures = make_programmes(land, rounds, needs, chance)
    winners = make_contests(land, rounds, measures, chance)
    agreements = make_agreements(land, rounds, winners, chance)
    great = make_great(land, measures[0], size.proposals, chance)
    opened = make_open(land, measures[1], size.proposals, chance)
    return Country(land, great, opened, needs, measures, agreements)


def settle() -> None:
    """Let the database look at what was written, as its own housekeeping would by night."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
