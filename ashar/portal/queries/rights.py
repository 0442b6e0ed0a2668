"""Who may what, read from the law files themselves: nobody writes this table by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ashar.cases.core import is_decisive
from ashar.cases.queries import law
from ashar.parties.access import CONFIRMING, PROPOSING
from ashar.parties.choices import MandateRole
from ashar.procedures.model import Procedure

SECOND_PERSON = "another_person"
CLOCK = "clock"


@dataclass(frozen=True)
class Right:
    """One move of one track: who may make it, by which mandates, and what is special about it."""

    procedure: str
    track: str
    stage: str
    move: str
    title: str
    actors: tuple[str, ...]
    mandates: tuple[str, ...]
    is_decisive: bool
    needs_second_person: bool

    @property
    def is_clock_only(self) -> bool:
        """Say whether nobody but the clock makes the move."""
        return self.actors == (CLOCK,)


def rights(tongue: str) -> tuple[Right, ...]:
    """Return every move of every edition with who may make it, in the order of the law files."""
    found: list[Right] = []
    for key in law().keys():  # noqa: SIM118 - a method of the library, not of a dict
        for edition in law().editions(key):
            found.extend(_rights_of(law().procedure(key, edition), tongue))
    return tuple(found)


def _rights_of(procedure: Procedure, tongue: str) -> Iterator[Right]:
    for track in procedure.tracks.values():
        for stage in track.stages.values():
            for move in stage.moves.values():
                roles = {
                    role
                    for actor in move.by
                    if actor in procedure.actors
                    for role in procedure.actors[actor].mandates
                }
                yield Right(
                    procedure=procedure.ref,
                    track=track.name,
                    stage=stage.name,
                    move=move.name,
                    title=move.title.say(tongue),
                    actors=tuple(
                        procedure.actors[actor].title.say(tongue)
                        if actor in procedure.actors
                        else actor
                        for actor in move.by
                    ),
                    mandates=tuple(role for role in MandateRole.values if role in roles),
                    is_decisive=is_decisive(track.subject, move.name),
                    needs_second_person=any(one.name == SECOND_PERSON for one in move.when),
                )


def keepers() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the roles that may propose a mandate, and those that may confirm one."""
    return tuple(PROPOSING), tuple(CONFIRMING)
