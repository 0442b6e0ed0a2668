"""Nothing happens behind the reader's back: no signals, no generic relations."""

from __future__ import annotations

from tests.architecture.tree import imported, place, rooms, sources

FORBIDDEN = (
    "django.db.models.signals",
    "django.dispatch",
    "django.contrib.auth.signals",
    "django.contrib.contenttypes.fields",
)


def test_no_signals_and_no_generic_relations():
    wrong = [
        f"{place(path, line)} imports {name}"
        for room in rooms()
        for path, tree in sources(room)
        for line, name in imported(tree)
        if name.startswith(FORBIDDEN)
    ]
    assert wrong == []
