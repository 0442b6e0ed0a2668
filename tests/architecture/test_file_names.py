"""The same names in every room, each with one meaning."""

from __future__ import annotations

from tests.architecture.tree import BARE_ROOMS, ROOT, rooms

NAMES = {
    "__init__", "core", "guards", "choices", "models", "queries", "access", "facts", "actions",
    "effects", "papers", "checks", "forms", "tables", "views", "urls", "apps",
}  # fmt: skip
FOLDERS = {
    "migrations",
    "templates",
    "locale",
    "management",
    "templatetags",
    "static",
    "javascript",
}


def _is_known(path):
    if path.name in {"__pycache__", ".mypy_cache"}:
        return True
    if path.is_dir():
        return path.name in FOLDERS | NAMES
    return path.suffix == ".py" and path.stem in NAMES


def test_only_the_closed_list_of_names():
    wrong = [
        str(path.relative_to(ROOT))
        for room in rooms()
        if room.name not in BARE_ROOMS
        for path in sorted(room.iterdir())
        if not _is_known(path)
    ]
    assert wrong == []


def test_commands_alone_live_in_management():
    wrong = [
        str(path.relative_to(ROOT))
        for room in rooms()
        for path in sorted((room / "management").rglob("*.py"))
        if path.name != "__init__.py" and path.parent.name != "commands"
    ]
    assert wrong == []
