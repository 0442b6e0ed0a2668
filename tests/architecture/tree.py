"""The source tree as the architecture tests read it."""

from __future__ import annotations

import ast
import configparser
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "ashar"

# These rooms hold no business of the field: a pure engine, the look of pages, the machine.
BARE_ROOMS = frozenset({"kernel", "procedures", "interface", "server"})


@cache
def chain() -> dict[str, int]:
    """Each room with its height, read from .importlinter; neighbours share a height."""
    parser = configparser.ConfigParser()
    parser.read(ROOT / ".importlinter", encoding="utf-8")
    layers = parser["importlinter:contract:chain"]["layers"].split("\n")
    floors = [line.split("|") for line in layers if line.strip()]
    return {room.strip(): height for height, floor in enumerate(reversed(floors)) for room in floor}


def may_use(room: str, other: str) -> bool:
    """Whether a room may lean on another: itself, or one lower in the chain."""
    return room == other or chain()[other] < chain()[room]


def room_of(module: str) -> str | None:
    """The room of `ashar.calls.models`: calls."""
    parts = module.split(".")
    return parts[1] if parts[0] == "ashar" and len(parts) > 1 and parts[1] in chain() else None


def rooms() -> list[Path]:
    """The folders of the rooms that exist."""
    return sorted(path for path in PACKAGE.iterdir() if (path / "__init__.py").exists())


def sources(room: Path) -> Iterator[tuple[Path, ast.Module]]:
    """Every Python file of a room with its syntax tree, migrations left out."""
    for path in sorted(room.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every name a file imports, as full module paths, with the line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def place(path: Path, line: int) -> str:
    """A place an editor can open."""
    return f"{path.relative_to(ROOT)}:{line}"


def kind_of(path: Path, room: Path) -> str:
    """`actions` for calls/actions.py and for calls/actions/award.py alike."""
    first = path.relative_to(room).parts[0]
    return first.removesuffix(".py")
