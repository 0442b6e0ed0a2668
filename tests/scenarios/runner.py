"""Runs the scenarios written in YAML through the pure engine, without any database.

A file begins with a document that says for which procedures and track it is, and which
facts hold unless a scenario says otherwise; every further document is one scenario.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

import yaml

from ashar.agreements.guards import GUARDS as AGREEMENTS
from ashar.calls.guards import GUARDS as CALLS
from ashar.cases.guards import GUARDS as CASES
from ashar.kernel.dates import BISHKEK
from ashar.needs.guards import GUARDS as NEEDS
from ashar.procedures import engine
from ashar.procedures.library import Library
from ashar.procedures.values import parse_value
from ashar.programmes.guards import GUARDS as PROGRAMMES

HERE = Path(__file__).parent
LAW = Library(HERE.parent.parent / "law")
GUARDS = {**CASES, **NEEDS, **PROGRAMMES, **CALLS, **AGREEMENTS}
NOW = datetime(2026, 11, 21, 12, tzinfo=BISHKEK)
SETTINGS = ("stage", "documents", "profile")


@dataclass(frozen=True)
class Scenario:
    """One text: the move of an actor at a stage under facts, and what must follow."""

    title: str
    procedure: str
    track: str
    given: dict
    when: dict
    then: dict

    @property
    def move(self) -> tuple[str, str]:
        """The actor and the move it makes."""
        return next((actor, name) for actor, name in self.when.items() if actor != "answers")

    def law(self):
        """The edition with the figures the scenario runs under."""
        edition = LAW.procedure(*self.procedure.split("@"))
        profile = self.given.get("profile", "demonstration")
        known = profile != "none" and LAW.profile(profile).figures_for(edition)
        return edition.with_profile(LAW.profile(profile)) if known else edition

    def run(self) -> engine.Outcome:
        """What the engine says; raises `Refused`."""
        law, (actor, move) = self.law(), self.move
        facts = {name: value for name, value in self.given.items() if name not in SETTINGS}
        facts |= {
            "answers": plain(self.when.get("answers", {})),
            "now": NOW,
            "today": NOW.date(),
            "figures": law.numbers,
            "documents": frozenset(self.given.get("documents", ())),
        }
        track = law.tracks[self.track]
        return engine.make(track, self.given["stage"], plain(facts), {actor}, move, GUARDS)


def plain(value: object) -> object:
    """Turn what YAML gives into what apps give: tuples, money, moments in Bishkek's time."""
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return tuple(plain(one) for one in value)
    if isinstance(value, datetime):
        return value.replace(tzinfo=value.tzinfo or BISHKEK)
    if isinstance(value, str) and value.endswith(" som"):
        return parse_value(value)
    return value


@cache
def scenarios() -> tuple[Scenario, ...]:
    """Every scenario of every file, once for each procedure it is written for."""
    return tuple(one for path in sorted(HERE.glob("*/*.yaml")) for one in _file(path))


def _file(path: Path) -> list[Scenario]:
    head, *texts = yaml.safe_load_all(path.read_text("utf-8"))
    return [
        Scenario(
            f"{text['scenario']} ({procedure}, {head['track']})",
            procedure,
            head["track"],
            {**head.get("given", {}), **text.get("given", {})},
            text["when"],
            text["then"],
        )
        for text in texts
        for procedure in text.get("for", head["procedures"])
    ]
