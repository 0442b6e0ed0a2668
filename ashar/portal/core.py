"""Pure shapes of the chain: from a voiced need to the evaluation of what answered it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

Text = dict[str, str]  # {"ky": ..., "ru": ...}


@dataclass(frozen=True)
class Figure:
    """One figure of a link, in whole numbers or as written, with its source when it has one."""

    title: Text
    value: str
    unit: Text = field(default_factory=dict)
    target: str = ""
    source: str = ""


@dataclass(frozen=True)
class Link:
    """One link of the chain: what it is, where it is read, how far it has come."""

    kind: str
    title: Text
    url: str
    stage: Text = field(default_factory=dict)
    source: str = ""
    figures: tuple[Figure, ...] = ()
    children: tuple[Link, ...] = ()

    def walk(self) -> Iterator[Link]:
        """Give this link and every link below it, downwards."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class Chain:
    """Everything that began in one place: its studies, then each need with what answered it."""

    code: str
    place: Text
    studies: tuple[Link, ...]
    needs: tuple[Link, ...]
    others: tuple[Link, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the chain as plain data; what nobody knows is left out, never zero."""
        return _without_empty(asdict(self))


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {key: _without_empty(item) for key, item in value.items()}
        return {key: item for key, item in kept.items() if item not in ("", {}, [], ())}
    if isinstance(value, list | tuple):
        return [_without_empty(item) for item in value]
    return value
