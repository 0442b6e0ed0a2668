"""Pages, forms and tables belong to their own room."""

from __future__ import annotations

from tests.architecture.tree import imported, place, room_of, rooms, sources

PRIVATE = {"views", "forms", "tables"}
SHARED = {"interface"}
# The field with which every form asks for a place.
LENT = {"ashar.places.forms.PlaceField"}


def test_pages_are_imported_by_their_own_room_only():
    wrong = [
        f"{place(path, line)} imports {name}"
        for room in rooms()
        for path, tree in sources(room)
        for line, name in imported(tree)
        if (owner := room_of(name))
        and owner not in SHARED | {room.name}
        and name not in LENT
        and len(name.split(".")) > 2
        and name.split(".")[2] in PRIVATE
    ]
    assert wrong == []
