"""What stands after a condition or consequence in our law files is always checked."""

from __future__ import annotations

from ashar.cases.queries import law
from ashar.procedures.registry import registry

FREE = frozenset({"publish"})  # only says to readers what is published


def test_every_name_that_takes_something_says_what():
    used = {
        clause.name
        for path in law().paths()
        for track in law().load(path).tracks.values()
        for stage in track.stages.values()
        for move in stage.moves.values()
        for clause in (*move.when, *move.then)
        if clause.argument is not None
    }
    assert used - FREE <= registry.takes.keys()
    assert registry.takes.keys() <= registry.guards.keys() | registry.effects.keys()
