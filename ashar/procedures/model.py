"""What a law file says, as frozen objects: procedures, stages, moves, clocks and figures."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal, Protocol, get_args

from ashar.kernel.text import Wording
from ashar.procedures.values import (
    UNKNOWN,
    Kind,
    Value,
    kind_of,
    parse_value,
    say_value,
    suits,
    write_value,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

CLOCK = "clock"  # the actor that makes a move when a term has run out
ANYONE = "anyone"  # the actor that any signed-in person is
IMPLICIT_ACTORS = frozenset({CLOCK, ANYONE})
MANDATE_ROLES = (
    "specialist", "head", "deputy", "member", "secretary", "representative", "officer", "manager",
)  # fmt: skip

Status = Literal["verified", "reported", "memory", "unknown", "local", "donor", "assumed"]
STATUSES: tuple[str, ...] = get_args(Status)
QuestionKind = Literal["text", "line", "date", "moment", "money", "number", "yes_no"]
QUESTION_KINDS: tuple[str, ...] = get_args(QuestionKind)

_PART = re.compile(r"(?:(art\.|part|item) )?(\d[\w.\-]*)")
_PARTS = {
    "ky": {"art.": "{}-берене", "part": "{}-бөлүк", "item": "{}-пункт"},
    "ru": {"art.": "ст. {}", "part": "ч. {}", "item": "п. {}"},
    "en": {"art.": "art. {}", "part": "part {}", "item": "item {}"},
}


class SaysActs(Protocol):
    """Whatever can name an act in a language; the library can."""

    def say_act(self, key: str, language: str) -> str:
        """Return the act's title, date and number."""


@dataclass(frozen=True)
class Citation:
    """Where the law says it: an act of the register, and an article ("art. 5 part 2") if known."""

    act: str
    article: str = ""

    def say(self, library: SaysActs, language: str) -> str:
        """Name the act and the article for a reader: Закон ... № 70, ст. 5."""
        shapes = _PARTS.get(language, _PARTS["en"])
        parts = [shapes[kind or "art."].format(n) for kind, n in _PART.findall(self.article)]
        return ", ".join([library.say_act(self.act, language), *parts])


class BadProfile(ValueError):
    """A profile sets a figure that is not there, not permitted or not of that kind."""


@dataclass(frozen=True)
class Number:
    """A figure the law sets; `value` None means nobody has read it: unknown."""

    name: str
    title: Wording
    value: Value = None
    status: Status = "unknown"
    cite: Citation | None = None
    may_vary: bool = False
    # Who set it, if a profile did: the title of the kenesh, the donor, the demonstration.
    whose: Wording | None = None
    kind: Kind | None = None
    # Only shown to people, or used by the program itself; no clause of the file names it.
    informs: bool = False
    # The profile's own words on where the figure comes from.
    source: str = ""

    @property
    def is_unknown(self) -> bool:
        """Say that the figure has no value."""
        return self.value is None

    def say(self, language: str) -> str:
        """Write the value for a reader."""
        return say_value(self.value, language)


Numbers = dict[str, Number]


@dataclass(frozen=True)
class DocumentKind:
    """A kind of paper the procedure asks for."""

    key: str
    title: Wording


@dataclass(frozen=True)
class Question:
    """Something a move asks of the person who makes it."""

    key: str
    kind: QuestionKind
    title: Wording
    help: Wording | None = None


Argument = Number | tuple[DocumentKind, ...] | str | None


@dataclass(frozen=True)
class Clause:
    """A named condition or effect with its argument, already looked up."""

    name: str
    argument: Argument = None

    def renumbered(self, numbers: Mapping[str, Number]) -> Clause:
        """Return the clause with the figure of these numbers."""
        if isinstance(self.argument, Number):
            return replace(self, argument=numbers[self.argument.name])
        return self


@dataclass(frozen=True)
class Move:
    """A step that certain actors may make from a stage to another."""

    name: str
    title: Wording
    by: tuple[str, ...]
    to: str
    cite: Citation | None = None
    when: tuple[Clause, ...] = ()
    then: tuple[Clause, ...] = ()
    asks: tuple[Question, ...] = ()

    def renumbered(self, numbers: Mapping[str, Number]) -> Move:
        """Return the move with the figures of these numbers."""
        return replace(
            self,
            when=tuple(clause.renumbered(numbers) for clause in self.when),
            then=tuple(clause.renumbered(numbers) for clause in self.then),
        )


@dataclass(frozen=True)
class Clock:
    """What happens by itself: after a term, or at a moment announced in the case."""

    then_move: str
    lasts: Number | None = None
    until: str | None = None
    cite: Citation | None = None

    def renumbered(self, numbers: Mapping[str, Number]) -> Clock:
        """Return the clock with the figure of these numbers."""
        return replace(self, lasts=numbers[self.lasts.name]) if self.lasts else self


@dataclass(frozen=True)
class Criterion:
    """What proposals are judged by, and how much it weighs."""

    key: str
    title: Wording
    weight: Number


@dataclass(frozen=True)
class Rubric:
    """How to judge: the criteria and the highest mark each may get."""

    name: str
    criteria: tuple[Criterion, ...]
    scale: Number
    title: Wording | None = None

    def renumbered(self, numbers: Mapping[str, Number]) -> Rubric:
        """Return the rubric with the figures of these numbers."""
        criteria = tuple(replace(one, weight=numbers[one.weight.name]) for one in self.criteria)
        return replace(self, criteria=criteria, scale=numbers[self.scale.name])


@dataclass(frozen=True)
class Stage:
    """Where a case stands; without moves it is final."""

    name: str
    title: Wording
    documents: tuple[DocumentKind, ...] = ()
    clock: Clock | None = None
    rubric: Rubric | None = None
    moves: Mapping[str, Move] = field(default_factory=dict)
    note: Wording | None = None

    @property
    def is_final(self) -> bool:
        """Say that nothing more can happen."""
        return not self.moves

    def renumbered(self, numbers: Mapping[str, Number]) -> Stage:
        """Return the stage with the figures of these numbers."""
        return replace(
            self,
            clock=self.clock.renumbered(numbers) if self.clock else None,
            rubric=self.rubric.renumbered(numbers) if self.rubric else None,
            moves={name: move.renumbered(numbers) for name, move in self.moves.items()},
        )


@dataclass(frozen=True)
class Track:
    """The stages of one kind of subject: a call, a proposal, an agreement."""

    name: str
    subject: str
    starts: str
    stages: Mapping[str, Stage]
    title: Wording

    def renumbered(self, numbers: Mapping[str, Number]) -> Track:
        """Return the track with the figures of these numbers."""
        stages = {name: stage.renumbered(numbers) for name, stage in self.stages.items()}
        return replace(self, stages=stages)


@dataclass(frozen=True)
class Actor:
    """A party to the procedure, and the mandates that let a person act as it."""

    key: str
    title: Wording
    mandates: tuple[str, ...] = ()


@dataclass(frozen=True)
class EligibilityRule:
    """Who may take part and who may not; `check` names an automatic check, or a person decides."""

    key: str
    title: Wording
    cite: Citation | None = None
    in_force_from: date | None = None
    in_force_to: date | None = None
    status: Status = "unknown"
    check: str | None = None

    def is_in_force(self, on: date) -> bool:
        """Say whether the rule stands on this day."""
        begun = self.in_force_from is None or self.in_force_from <= on
        return begun and (self.in_force_to is None or on <= self.in_force_to)


@dataclass(frozen=True)
class ProfileFigure:
    """One permitted figure as a kenesh, a donor or a training setting sets it."""

    name: str
    value: Value
    status: Status
    # A local act or donor rule in words; empty when there is none.
    cite: str = ""


@dataclass(frozen=True)
class Profile:
    """Local, donor or demonstration figures; `parts` by procedure key or key@edition."""

    key: str
    kind: Literal["local", "donor", "demonstration"]
    title: Wording
    whose: Wording
    territories: tuple[str, ...]
    parts: Mapping[str, Mapping[str, ProfileFigure]]
    path: str = ""
    marks: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)

    def figures_for(self, procedure: Procedure) -> dict[str, ProfileFigure]:
        """Return the figures set for this procedure; those for its edition come first."""
        general = self.parts.get(procedure.key, {})
        return {**general, **self.parts.get(procedure.ref, {})}


@dataclass(frozen=True)
class Procedure:
    """One edition of one legal procedure."""

    key: str
    edition: date
    title: Wording
    law: Mapping[str, str]
    actors: Mapping[str, Actor]
    numbers: Mapping[str, Number]
    documents: Mapping[str, DocumentKind]
    asks: Mapping[str, Question]
    rubrics: Mapping[str, Rubric]
    eligibility: tuple[EligibilityRule, ...]
    tracks: Mapping[str, Track]
    sha256: str = ""
    path: str = ""
    # Key of the profile applied, if any.
    profile: str = ""
    # For those who check the file: place in the file -> line; places lacking a wording.
    marks: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)
    gaps: tuple[tuple[str, str], ...] = field(default=(), compare=False, repr=False)

    @property
    def ref(self) -> str:
        """Name the edition: municipal_social_order@2022-11-25."""
        return f"{self.key}@{self.edition.isoformat()}"

    @property
    def unknown_numbers(self) -> tuple[Number, ...]:
        """Return the figures still to be found in the law."""
        return tuple(number for number in self.numbers.values() if number.is_unknown)

    def track_for(self, subject: str) -> Track:
        """Return the track of this kind of subject; KeyError if there is none."""
        for track in self.tracks.values():
            if track.subject == subject:
                return track
        raise KeyError(subject)

    def with_profile(self, profile: Profile) -> Procedure:
        """Return the procedure with the profile's figures; raise `BadProfile`."""
        figures = profile.figures_for(self)
        for figure in figures.values():
            if says := self.objection(figure):
                message = f"profile {profile.key}, figure {figure.name}: {says}"
                raise BadProfile(message)
        numbers = dict(self.numbers)
        for name, figure in figures.items():
            numbers[name] = replace(
                numbers[name],
                value=figure.value,
                status=figure.status,
                whose=profile.whose,
                source=figure.cite,
            )
        return replace(self._renumbered(numbers), profile=profile.key)

    def objection(self, figure: ProfileFigure) -> str:
        """Say why a profile may not set this figure, or nothing."""
        number = self.numbers.get(figure.name)
        if number is None:
            return f"{self.ref} has no such number"
        if not number.may_vary:
            return "the law sets this figure itself (it has no may_vary: yes)"
        if not suits(figure.value, number.kind or kind_of(number.value)):
            return f"its value must be a {number.kind or kind_of(number.value)}"
        return ""

    def frozen_figures(self) -> dict[str, Any]:
        """Return the figures as plain data, to be kept with a case."""
        return {name: _frozen(number) for name, number in self.numbers.items()}

    def with_figures(self, frozen: Mapping[str, Any]) -> Procedure:
        """Return the procedure with figures that were frozen with a case."""
        numbers = {
            name: _thawed(number, frozen[name]) if name in frozen else number
            for name, number in self.numbers.items()
        }
        return self._renumbered(numbers)

    def _renumbered(self, numbers: Numbers) -> Procedure:
        return replace(
            self,
            numbers=numbers,
            rubrics={name: one.renumbered(numbers) for name, one in self.rubrics.items()},
            tracks={name: one.renumbered(numbers) for name, one in self.tracks.items()},
        )


def _frozen(number: Number) -> dict[str, Any]:
    """Keep what a profile may have changed; the rest stays in the edition, which never changes."""
    whose = number.whose
    return {
        "value": write_value(number.value),
        "status": number.status,
        "whose": {"ky": whose.ky, "ru": whose.ru, "en": whose.en} if whose else None,
        "source": number.source,
    }


def _thawed(number: Number, kept: Mapping[str, Any]) -> Number:
    return replace(
        number,
        value=parse_value(kept.get("value", UNKNOWN)),
        status=kept.get("status", "unknown"),
        whose=Wording(**kept["whose"]) if kept.get("whose") else None,
        source=kept.get("source", ""),
    )
