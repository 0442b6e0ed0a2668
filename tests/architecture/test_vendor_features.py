"""Two databases, one behaviour: nothing that only one of them has, no search in raw names."""

from __future__ import annotations

import ast

from tests.architecture.tree import PACKAGE, imported, place, rooms, sources

ONE_VENDOR_MODULES = ("django.contrib.postgres", "psycopg", "sqlite3", "pysqlite3")
# SQLite ignores case for ASCII letters only: “өрүктү” would not find “Өрүктү”.
CASE_LOOKUPS = ("__icontains", "__iexact", "__istartswith", "__iendswith", "__iregex", "__regex")
RAW_CALLS = {"raw", "extra", "RawSQL", "RunSQL", "cursor", "select_for_update"}
MAY_ASK_THE_DATABASE = {"server"}


def _lower_rooms():
    return [room for room in rooms() if room.name not in MAY_ASK_THE_DATABASE]


def test_no_module_of_one_vendor():
    wrong = [
        f"{place(path, line)} imports {name}"
        for room in _lower_rooms()
        for path, tree in sources(room)
        for line, name in imported(tree)
        if name.startswith(ONE_VENDOR_MODULES)
    ]
    assert wrong == []


def test_names_are_searched_by_their_key():
    wrong = []
    for room in rooms():
        for path, tree in sources(room):
            for node in ast.walk(tree):
                word = node.arg if isinstance(node, ast.keyword) else getattr(node, "value", None)
                if isinstance(word, str) and word.endswith(CASE_LOOKUPS):
                    wrong.append(f"{path.relative_to(PACKAGE)}: {word}")
    assert wrong == []


def test_no_raw_sql_outside_the_server_room():
    wrong = [
        place(path, node.lineno)
        for room in _lower_rooms()
        for path, tree in sources(room)
        if "management" not in path.parts
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and (getattr(node.func, "attr", "") or getattr(node.func, "id", "")) in RAW_CALLS
    ]
    assert wrong == []


def test_distinct_names_no_columns():
    wrong = [
        place(path, node.lineno)
        for room in rooms()
        for path, tree in sources(room)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "distinct"
        and node.args
    ]
    assert wrong == []
