"""Pure shapes of the spine: what a page shows of a case, and which papers can be made."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

PaperBuilder = Callable[[Any, Any], Mapping[str, Any]]
PaperRule = Callable[[Any, frozenset[str]], bool]

# Filled by the apps at start: kind of paper -> (case, decision) -> one paper a language.
paper_builders: dict[str, PaperBuilder] = {}


def register_papers(builders: Mapping[str, PaperBuilder]) -> None:
    """Let the effect `make_paper` make these kinds of papers.

    Raises ValueError when a kind is registered twice by different functions.
    """
    for kind, builder in builders.items():
        if paper_builders.get(kind, builder) is not builder:
            message = f"paper kind registered twice: {kind}"
            raise ValueError(message)
        paper_builders[kind] = builder


# Filled by the apps at start: subject of a case -> may these actors still add and take off papers?
paper_rules: dict[str, PaperRule] = {}


def register_paper_rule(subject: str, rule: PaperRule) -> None:
    """Let the rule say until when papers of cases with this subject may change.

    Raises ValueError when another rule is registered for the subject.
    """
    if paper_rules.setdefault(subject, rule) is not rule:
        message = f"rule for papers registered twice: {subject}"
        raise ValueError(message)


# Filled by the apps at start: subject of a case -> which kinds of papers it says it carries, where
# they cannot be seen yet; None when they are filed as usual.
paper_words: dict[str, Callable[[Any], frozenset[str] | None]] = {}


def register_paper_word(subject: str, word: Callable[[Any], frozenset[str] | None]) -> None:
    """Let cases with this subject be taken at their word about papers that are still sealed.

    Raises ValueError when another function is registered for the subject.
    """
    if paper_words.setdefault(subject, word) is not word:
        message = f"word on papers registered twice: {subject}"
        raise ValueError(message)


# Filled by the apps at start: subject of a case -> its moves that weigh more than others.
decisive_moves: dict[str, frozenset[str]] = {}


def register_decisive(subject: str, moves: Iterable[str]) -> None:
    """Name the moves that fix a deadline, open, lock, award, sign or pay.

    The journal publishes a checkpoint at once, and whoever makes one signs in anew.
    """
    decisive_moves[subject] = decisive_moves.get(subject, frozenset()) | frozenset(moves)


def is_decisive(subject: str, move: str) -> bool:
    """Say whether the move weighs more than others."""
    return move in decisive_moves.get(subject, frozenset())


# Filled by the apps at start: subject of a case -> may this person read papers that lie on it?
reading_rules: dict[str, Callable[[Any, Any], bool]] = {}


def register_reading_rule(subject: str, rule: Callable[[Any, Any], bool]) -> None:
    """Let the rule say who of those standing in a case with this subject may read its papers.

    Raises ValueError when another rule is registered for the subject.
    """
    if reading_rules.setdefault(subject, rule) is not rule:
        message = f"rule for reading papers registered twice: {subject}"
        raise ValueError(message)


def snake(name: str) -> str:
    """Return `MonitoringVisit` as `monitoring_visit`: how a case names its subject."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def plain(value: object) -> object:
    """Return a fact in a form that JSON can keep, for the record of a decision."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, frozenset | set):
        return sorted(str(item) for item in value)
    return str(value)


@dataclass(frozen=True)
class StageStep:
    """One stage on the ribbon: passed, present or still to come."""

    key: str
    title: str
    is_present: bool
    is_passed: bool


@dataclass(frozen=True)
class MoveOffer:
    """A move the reader may see: its address, and every reason against it with its article."""

    key: str
    title: str
    url: str
    refusals: tuple[str, ...]
    cite: str

    @property
    def is_open(self) -> bool:
        """Whether the move can be made now."""
        return not self.refusals


@dataclass(frozen=True)
class HistoryRow:
    """One decision as a reader sees it."""

    at: datetime
    title: str
    to_title: str
    actor: str
    person: str
    cite: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class CasePanel:
    """All that the common parts of a case's page show."""

    case: Any
    procedure_title: str
    stage_title: str
    stage_note: str
    steps: tuple[StageStep, ...]
    offers: tuple[MoveOffer, ...]
    roles: frozenset[str]
    whose_figures: str
    unknown_figures: tuple[str, ...]
    ancestors: tuple[Any, ...]
    papers: tuple[Any, ...]
    history: tuple[HistoryRow, ...]
    parties: tuple[tuple[str, Any], ...] = field(default=())

    @property
    def parent(self) -> Any:
        """The case directly above, if the reader may open it or one further up."""
        return self.ancestors[-1] if self.ancestors else None

    @property
    def is_party(self) -> bool:
        """Whether the reader stands in this case as any actor."""
        return bool(self.roles - {"anyone"})
