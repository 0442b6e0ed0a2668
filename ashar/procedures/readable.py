"""The parts of a procedure in words, as a page or the console shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from ashar.procedures.model import Status


@dataclass(frozen=True)
class FigureLine:
    """A figure of the law for the table: its value, how sure it is, whose it is, where it stands.

    `whose` is empty for the law's own figures.
    """

    name: str
    title: str
    value: str
    status: Status
    status_said: str
    whose: str
    cite: str
    may_vary: bool
    is_unknown: bool


@dataclass(frozen=True)
class ClockText:
    """What happens by itself at a stage."""

    move: str
    lasts: FigureLine | None
    until: str
    cite: str


@dataclass(frozen=True)
class MoveText:
    """A move in words: by whom, to where, under which conditions, with what consequences."""

    name: str
    title: str
    by: tuple[str, ...]
    to: str
    to_title: str
    conditions: tuple[str, ...]
    effects: tuple[str, ...]
    asks: tuple[str, ...]
    cite: str
    is_clock: bool


@dataclass(frozen=True)
class StageText:
    """A stage in words."""

    name: str
    title: str
    note: str
    documents: tuple[str, ...]
    clock: ClockText | None
    rubric: str
    moves: tuple[MoveText, ...]
    is_final: bool
    is_first: bool


@dataclass(frozen=True)
class TrackText:
    """A track in words."""

    name: str
    title: str
    stages: tuple[StageText, ...]


@dataclass(frozen=True)
class CriterionText:
    """A criterion with its weight."""

    title: str
    weight: FigureLine


@dataclass(frozen=True)
class RubricText:
    """Criteria by which proposals are judged."""

    name: str
    title: str
    criteria: tuple[CriterionText, ...]
    scale: FigureLine


@dataclass(frozen=True)
class RuleText:
    """Who may take part: a rule, how sure it is, and whether it stands today."""

    key: str
    title: str
    cite: str
    status: Status
    status_said: str
    in_force_from: date | None
    in_force_to: date | None


@dataclass(frozen=True)
class ActLine:
    """An act the procedure rests on."""

    key: str
    title: str
    link: str
    is_repealed: bool


@dataclass(frozen=True)
class ProcedureText:
    """The whole procedure in one language."""

    key: str
    edition: date
    title: str
    acts: tuple[ActLine, ...]
    actors: tuple[str, ...]
    figures: tuple[FigureLine, ...]
    documents: tuple[str, ...]
    rubrics: tuple[RubricText, ...]
    eligibility: tuple[RuleText, ...]
    tracks: tuple[TrackText, ...]
    sha256: str

    @property
    def unknown_figures(self) -> tuple[FigureLine, ...]:
        """Return the figures that nobody has read in the law yet."""
        return tuple(figure for figure in self.figures if figure.is_unknown)
