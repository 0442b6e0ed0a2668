"""Quality standards of services: the clauses that a monitoring visit asks about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from ashar.kernel.text import LANGUAGES, Wording
from ashar.procedures.model import STATUSES, Status
from ashar.procedures.reading import Node, read_document

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True)
class StandardClause:
    """One thing a service must meet, and how far it was read in the act."""

    key: str
    title: Wording
    status: Status


@dataclass(frozen=True)
class Standard:
    """A quality standard: its act, whose wording the clauses are, and the clauses in order."""

    key: str
    title: Wording
    act: str
    whose: Wording
    clauses: Mapping[str, StandardClause]

    @property
    def is_assumed(self) -> bool:
        """Say that some clause is assumed for training and stands in no act."""
        return any(clause.status == "assumed" for clause in self.clauses.values())


def read_standard(path: Path, shown: str = "") -> Standard:
    """Read one standard; its key is the name of the file."""
    node = read_document(path, shown)
    found = node.fields(("standard", "title", "act", "whose", "clauses"))
    key = found["standard"].name()
    if key != path.stem:
        raise node.fail(f'the file is called "{path.stem}"', f"Write standard: {path.stem}.")
    return Standard(
        key=key,
        title=found["title"].wording(),
        act=found["act"].key(),
        whose=found["whose"].wording(),
        clauses={name: _clause(name, one) for name, one in found["clauses"].named()},
    )


def _clause(key: str, node: Node) -> StandardClause:
    found = node.fields(("ky", "ru", "status"), ("en",))
    words = {language: found[language].word() for language in LANGUAGES if language in found}
    status = cast("Status", found["status"].one_of(STATUSES))
    return StandardClause(key, Wording(**words), status)
