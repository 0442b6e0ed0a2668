"""What may happen to a case now, who may do it, why not, and what the clock does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from ashar.kernel.dates import BISHKEK, Calendar, Duration, end_of
from ashar.procedures.model import Clause, Move, Stage
from ashar.procedures.reasons import Reason, Refusal, Refused

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from ashar.procedures.model import Track
    from ashar.procedures.registry import Facts, Guard

__all__ = [
    "Option",
    "Outcome",
    "Refused",
    "due_on",
    "make",
    "needed_facts",
    "options",
    "overdue_move",
]

_LAST_MOMENT = time(23, 59, 59)


@dataclass(frozen=True)
class Option:
    """A move these roles may see, with whatever stands against it."""

    move: Move
    refusals: tuple[Refusal, ...] = ()

    @property
    def is_open(self) -> bool:
        """Say that nothing stands against the move."""
        return not self.refusals


@dataclass(frozen=True)
class Outcome:
    """What a move does: the stage left, the stage entered, the effects ordered."""

    left: str
    entered: str
    effects: tuple[Clause, ...]
    move: Move


def options(
    track: Track,
    stage: Stage | str,
    facts: Facts,
    roles: Collection[str],
    guards: Mapping[str, Guard],
) -> tuple[Option, ...]:
    """Return the moves these roles may see at this stage, each with the reasons against it.

    Roles are actor keys. Whoever is signed in has the role "anyone"; only the tick has "clock".
    """
    here = _stage(track, stage)
    return tuple(
        Option(move, _refusals(move, facts, guards))
        for move in here.moves.values()
        if _is_theirs(move, roles)
    )


def make(
    track: Track,
    stage: Stage | str,
    facts: Facts,
    roles: Collection[str],
    move_name: str,
    guards: Mapping[str, Guard],
) -> Outcome:
    """Decide a move: return its outcome, or raise `Refused` with every reason against it."""
    here = _stage(track, stage)
    move = here.moves.get(move_name)
    if move is None:
        raise Refused((Refusal(Reason("no_such_move", stage=here.title)),))
    if not _is_theirs(move, roles):
        raise Refused((Refusal(Reason("not_your_move", move=move.title), move.cite),))
    if refusals := _refusals(move, facts, guards):
        raise Refused(refusals)
    return Outcome(left=here.name, entered=move.to, effects=move.then, move=move)


def due_on(
    stage: Stage,
    since: date,
    moments: Mapping[str, datetime | None],
    calendar: Calendar,
) -> datetime | None:
    """Return the last moment of the stage, in the time of Bishkek; None if unlimited or unknown.

    The term begins on the day after `since`, the day on which the stage was entered.
    """
    clock = stage.clock
    if clock is None:
        return None
    if clock.until is not None:
        return moments.get(clock.until)
    term = clock.lasts.value if clock.lasts else None
    if not isinstance(term, Duration):
        return None
    return datetime.combine(end_of(_day(since), term, calendar), _LAST_MOMENT, BISHKEK)


def overdue_move(
    stage: Stage,
    since: date,
    moments: Mapping[str, datetime | None],
    calendar: Calendar,
    now: datetime,
) -> Move | None:
    """Return the move that the clock has to make by now, or None if the time has not come."""
    due_at = due_on(stage, since, moments, calendar)
    if due_at is None or now <= due_at or stage.clock is None:
        return None
    return stage.moves.get(stage.clock.then_move)


def needed_facts(part: Stage | Move, guards: Mapping[str, Guard]) -> frozenset[str]:
    """Return the names of the facts to be gathered before asking about this stage or move."""
    moves: Iterable[Move] = part.moves.values() if isinstance(part, Stage) else (part,)
    clauses = (clause for move in moves for clause in move.when)
    return frozenset(fact for clause in clauses for fact in guards[clause.name].needs)


def _stage(track: Track, stage: Stage | str) -> Stage:
    return track.stages[stage] if isinstance(stage, str) else stage


def _is_theirs(move: Move, roles: Collection[str]) -> bool:
    return any(actor in roles for actor in move.by)


def _refusals(move: Move, facts: Facts, guards: Mapping[str, Guard]) -> tuple[Refusal, ...]:
    found = ((guards[clause.name].function(facts, clause.argument), clause) for clause in move.when)
    return tuple(Refusal(reason, move.cite, clause) for reason, clause in found if reason)


def _day(since: date) -> date:
    """Return the day in Bishkek, if a moment was given."""
    if not isinstance(since, datetime):
        return since
    return since.astimezone(BISHKEK).date() if since.tzinfo else since.date()
