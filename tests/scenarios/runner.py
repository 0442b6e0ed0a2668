"""Runs scenarios written in YAML through the pure engine, without any database.

A file begins with its background: the procedures and the track it is for, and what is given
unless a scenario says otherwise. Every further document is one scenario.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from ashar.kernel.dates import BISHKEK
from ashar.procedures import engine
from ashar.procedures.library import Library
from ashar.procedures.model import Clause, Number, Procedure
from ashar.procedures.reasons import Refusal, Refused
from ashar.procedures.registry import Registry
from ashar.procedures.values import parse_value

NOW = datetime(2026, 11, 21, 12, tzinfo=BISHKEK)
BACKGROUND = ("procedure", "track", "given")
TEXT = ("scenario", "given", "when", "then", "for")
GIVEN = ("stage", "facts", "documents", "figures", "profile")
THEN = ("stage", "effects", "refused", "citing")


@dataclass(frozen=True)
class Scenario:
    """One text: the move of an actor at a stage under facts, and what must follow."""

    title: str
    procedure: str
    track: str
    given: Mapping[str, Any]
    when: Mapping[str, Any]
    then: Mapping[str, Any]

    @property
    def move(self) -> tuple[str, str]:
        """The actor and the move it makes."""
        return next((actor, name) for actor, name in self.when.items() if actor != "answers")

    @property
    def place(self) -> tuple[str, str, str]:
        """The track, the stage and the move."""
        return self.track, self.given["stage"], self.move[1]

    def law(self, library: Library) -> Procedure:
        """The edition with the figures the scenario runs under."""
        edition = library.procedure(*self.procedure.split("@"))
        if profile := self.given.get("profile"):
            edition = edition.with_profile(library.profile(profile))
        set_here = {name: {"value": str(said)} for name, said in self.given["figures"].items()}
        kept = edition.frozen_figures()
        return edition.with_figures({name: kept[name] | one for name, one in set_here.items()})


@dataclass(frozen=True)
class Result:
    """What followed, in the words of a scenario's then:, and the refusals behind it."""

    then: Mapping[str, Any]
    refusals: tuple[Refusal, ...] = ()


def scenarios(root: Path) -> Iterator[Scenario]:
    """Every scenario of the files below a folder, once for each procedure it is written for."""
    for path in sorted(root.glob("*/*.yaml")):
        head, *texts = yaml.safe_load_all(path.read_text("utf-8"))
        background = _only(BACKGROUND, head["background"])
        for text in texts:
            yield from _scenarios(background, _only(TEXT, text))


def _scenarios(background: Mapping[str, Any], text: Mapping[str, Any]) -> Iterator[Scenario]:
    usual, here = _only(GIVEN, background.get("given", {})), _only(GIVEN, text.get("given", {}))
    merged = {name: {**usual.get(name, {}), **here.get(name, {})} for name in ("facts", "figures")}
    asked = text.get("for", background["procedure"])
    for procedure in [asked] if isinstance(asked, str) else asked:
        yield Scenario(
            title=text["scenario"],
            procedure=procedure,
            track=background["track"],
            given={**usual, **here, **merged},
            when=text["when"],
            then=_only(THEN, text["then"]),
        )


def _only(known: tuple[str, ...], found: Mapping[str, Any]) -> Mapping[str, Any]:
    for name in found:
        if name not in known:
            message = f'"{name}" is not known here; known: {", ".join(known)}'
            raise ValueError(message)
    return found


def run(scenario: Scenario, library: Library, registry: Registry) -> Result:
    """Make the move of a scenario; a refusal is a result as well."""
    law, (actor, move) = scenario.law(library), scenario.move
    track = law.tracks[scenario.track]
    facts = _plain(scenario.given["facts"]) | {
        "answers": _plain(scenario.when.get("answers", {})),
        "now": NOW,
        "today": NOW.date(),
        "figures": law.numbers,
        "documents": frozenset(scenario.given.get("documents", ())),
    }
    try:
        made = engine.make(track, scenario.given["stage"], facts, {actor}, move, registry.guards)
    except Refused as refused:
        return Result(_refused(law, refused.refusals), refused.refusals)
    return Result({"stage": made.entered, "effects": [_said(one) for one in made.effects]})


def _refused(law: Procedure, refusals: tuple[Refusal, ...]) -> dict[str, Any]:
    short = {act: name for name, act in law.law.items()}
    cites = {one.cite for one in refusals if one.cite}
    citing = [f"{short[cite.act]} {cite.article}".strip() for cite in cites]
    return {
        "refused": [one.reason.key for one in refusals],
        "citing": citing[0] if len(citing) == 1 else citing,
    }


def uncovered(
    procedure: Procedure, tried: Iterable[tuple[Scenario, Result]]
) -> tuple[list[str], list[str]]:
    """The moves that no scenario makes, and the conditions that refuse in no scenario."""
    mine = [(one, result) for one, result in tried if one.procedure == procedure.ref]
    made = {one.place for one, result in mine if "stage" in result.then}
    stopped = {
        (*one.place, str(_said(refusal.clause)))
        for one, result in mine
        for refusal in result.refusals
        if refusal.clause
    }
    moves, conditions = [], []
    for place, move in _moves(procedure):
        if place not in made:
            moves.append(" / ".join(place))
        said = (str(_said(clause)) for clause in move.when)
        missing = (one for one in said if (*place, one) not in stopped)
        conditions += [f"{' / '.join(place)}: {one}" for one in missing]
    return moves, conditions


def _moves(procedure: Procedure) -> Iterator[tuple[tuple[str, str, str], Any]]:
    for track in procedure.tracks.values():
        for stage in track.stages.values():
            for move in stage.moves.values():
                yield (track.name, stage.name, move.name), move


def _said(clause: Clause) -> Any:
    """A condition or effect as a law file writes it: name, or {name: argument}."""
    argument = clause.argument
    if isinstance(argument, Number):
        argument = argument.name
    elif isinstance(argument, tuple):
        argument = [document.key for document in argument]
    return clause.name if argument is None else {clause.name: argument}


def _plain(value: Any) -> Any:
    """Turn what YAML gives into what apps give: tuples, money, moments in Bishkek's time."""
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return tuple(_plain(one) for one in value)
    if isinstance(value, datetime):
        return value.replace(tzinfo=value.tzinfo or BISHKEK)
    if isinstance(value, str) and value.endswith(" som"):
        return parse_value(value)
    return value
