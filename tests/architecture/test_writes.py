"""The database is written in actions and commands, nowhere else."""

from __future__ import annotations

import ast

from tests.architecture.tree import BARE_ROOMS, kind_of, place, rooms, sources

ALWAYS = {
    "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create",
    "acreate", "asave", "adelete", "aupdate",
}  # fmt: skip
MANAGER_WORDS = {"objects", "filter", "exclude", "all", "order_by", "_default_manager"}
WRITERS = {"actions", "management"}


def _chain_words(node):
    """The names along `Call.objects.filter(...).update`."""
    words = set()
    while isinstance(node, ast.Attribute | ast.Call):
        if isinstance(node, ast.Attribute):
            words.add(node.attr)
            node = node.value
        else:
            node = node.func
    return words


def _is_write(node):
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    name = node.func.attr
    if name in ALWAYS:
        return True
    if name in {"update", "delete"} and _chain_words(node.func.value) & MANAGER_WORDS:
        return True
    # picture.save(buffer) and book.save(path) write files; a record is saved without a place
    return name in {"save", "delete"} and not node.args


def _is_super(node):
    value = node.func.value
    return isinstance(value, ast.Call) and getattr(value.func, "id", "") == "super"


def test_writes_stand_in_actions():
    wrong = [
        place(path, node.lineno)
        for room in rooms()
        if room.name not in BARE_ROOMS
        for path, tree in sources(room)
        if kind_of(path, room) not in WRITERS
        for node in ast.walk(tree)
        if _is_write(node) and not _is_super(node)
    ]
    assert wrong == []


def test_models_do_not_override_save():
    wrong = [
        place(path, node.lineno)
        for room in rooms()
        for path, tree in sources(room)
        if kind_of(path, room) == "models"
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name == "save" and len(node.body) > 1
    ]
    assert wrong == []
