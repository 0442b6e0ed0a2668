"""Pure shapes of the chain: from a voiced need to the evaluation of what answered it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

Text = dict[str, str]  # {"ky": ..., "ru": ...}
CONFIDENCE = re.compile(r"\((likely|inferred|ambiguous|not found)\b")


@dataclass(frozen=True)
class Figure:
    """One figure of a link, as a plain number or day, with its source when it has one.

    `bound` tells how exact the source is (about, at_least, more_than); empty means exactly.
    """

    title: Text
    value: str
    unit: Text = field(default_factory=dict)
    target: str = ""
    bound: str = ""
    source: str = ""
    key: str = ""


@dataclass(frozen=True)
class Link:
    """One link of the chain: what it is, where it is read, how far it has come, who does it."""

    kind: str
    title: Text
    url: str
    anchor: str = ""
    stage: Text = field(default_factory=dict)
    who: Text = field(default_factory=dict)
    position: int | None = None
    is_done: bool = False
    period: str = ""
    source: str = ""
    place_confidence: str = ""
    figures: tuple[Figure, ...] = ()
    children: tuple[Link, ...] = ()

    def walk(self) -> Iterator[Link]:
        """Give this link and every link below it, downwards."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def below(self) -> tuple[Link, ...]:
        """Every link below this one, in the order of the walk."""
        return tuple(self.walk())[1:]


@dataclass(frozen=True)
class Chain:
    """Everything that began in one place: its studies, then each need with what answered it."""

    code: str
    place: Text
    studies: tuple[Link, ...]
    needs: tuple[Link, ...]
    others: tuple[Link, ...] = ()

    @property
    def answered(self) -> tuple[Link, ...]:
        """The needs of which something became."""
        return tuple(need for need in self.needs if need.children or need.stage)

    @property
    def waiting(self) -> tuple[Link, ...]:
        """The needs of which nothing is published yet."""
        return tuple(need for need in self.needs if not (need.children or need.stage))

    def as_json(self) -> dict[str, Any]:
        """Return the chain as plain data; what nobody knows is left out, never zero."""
        data: dict[str, Any] = _without_empty(asdict(self))
        return data


def place_confidence(source: str) -> str:
    """Return how surely an archive's place is known; empty when it is beyond doubt."""
    found = CONFIDENCE.search(source)
    return found.group(1) if found else ""


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {key: _without_empty(item) for key, item in value.items()}
        return {key: item for key, item in kept.items() if not _is_empty(item)}
    if isinstance(value, list | tuple):
        return [_without_empty(item) for item in value]
    return value


def _is_empty(item: Any) -> bool:
    return item is None or item is False or item in ("", {}, [], ())
