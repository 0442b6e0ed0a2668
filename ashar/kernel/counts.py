"""Counts of people that may be published: nobody can be recognised in a small one.

A count below the threshold is left out, and so are as many others as are needed for nobody to
compute it back from the sums beside it. What is left out is None, whatever the reason, so that
the reader cannot tell the small counts from those that only protect them.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TypeVar

Name = TypeVar("Name", bound=Hashable)
Row = TypeVar("Row", bound=Hashable)
Column = TypeVar("Column", bound=Hashable)
Cell = tuple[int, int]


def suppress(counts: Mapping[Name, int], *, least: int) -> dict[Name, int | None]:
    """Return the parts of a whole whose sum is published, without those that show too much.

    One part alone is the whole itself. Nought is nobody and may be shown, unless it is needed
    to hide another part.
    """
    hidden = {name for name, number in counts.items() if 0 < number < least}
    others = sorted((name for name in counts if name not in hidden), key=lambda one: counts[one])
    # Those that count somebody hide better than noughts.
    for name in [*filter(counts.get, others), *(one for one in others if not counts[one])]:
        if not hidden or _hides(hidden, counts, least):
            break
        hidden.add(name)
    return {name: None if name in hidden else number for name, number in counts.items()}


def suppress_rest(part: int, whole: int, *, least: int) -> int | None:
    """Return a part whose rest is never named but follows from the whole: of 20 people, 18."""
    return suppress({"part": part, "rest": whole - part}, least=least)["part"]


def suppress_table(
    table: Mapping[tuple[Row, Column], int], *, least: int
) -> dict[tuple[Row, Column], int | None]:
    """Return a table by two qualities (village and age) whose sums of both kinds are published."""
    rows = list(dict.fromkeys(row for row, _ in table))
    columns = list(dict.fromkeys(column for _, column in table))
    numbers = {
        (r, c): table.get((row, column), 0)
        for r, row in enumerate(rows)
        for c, column in enumerate(columns)
    }
    hidden = _hidden_cells(numbers, least)
    return {
        (rows[r], columns[c]): None if (r, c) in hidden else number
        for (r, c), number in numbers.items()
        if (rows[r], columns[c]) in table or (r, c) in hidden
    }


def _hides(hidden: set[Name], counts: Mapping[Name, int], least: int) -> bool:
    return len(hidden) > 1 and sum(counts[name] for name in hidden) >= least


def _hidden_cells(numbers: Mapping[Cell, int], least: int) -> set[Cell]:
    hidden = {cell for cell, number in numbers.items() if 0 < number < least}
    while bare := _first_bare(hidden, numbers):
        helpers = _helpers(bare, hidden, numbers)
        if not helpers:
            break
        hidden |= helpers
    return hidden


def _first_bare(hidden: set[Cell], numbers: Mapping[Cell, int]) -> Cell | None:
    return next((cell for cell in sorted(hidden) if not _is_safe(cell, hidden, numbers)), None)


def _helpers(bare: Cell, hidden: set[Cell], numbers: Mapping[Cell, int]) -> set[Cell]:
    """Return which cells to leave out next: the cheapest ring of four, else all that is left."""
    row, column = bare
    rings = [
        {(row, c), (r, column), (r, c)} - hidden
        for r, c in numbers
        if r != row and c != column and _moves(bare, (r, c), numbers)
    ]
    if rings := [ring for ring in rings if ring]:
        return min(rings, key=lambda ring: (sum(numbers[cell] for cell in ring), sorted(ring)))
    return set(numbers) - hidden


def _moves(one: Cell, across: Cell, numbers: Mapping[Cell, int]) -> bool:
    """Say whether somebody can be moved round the four corners."""
    (row, column), (r, c) = one, across
    return bool((numbers[row, c] and numbers[r, column]) or (numbers[one] and numbers[across]))


def _is_safe(cell: Cell, hidden: set[Cell], numbers: Mapping[Cell, int]) -> bool:
    """Say whether the published sums leave the cell open.

    They do when its number can be moved along a ring of hidden cells, up in one and down in the
    next of each line, without any becoming less than nobody.
    """
    row, column = cell
    others = hidden - {cell}
    start, end = ("row", row), ("column", column)
    if _leads(end, start, others, numbers):
        return True  # one more here, one less along the ring
    return numbers[cell] > 0 and _leads(start, end, others, numbers)


def _leads(
    start: tuple[str, int], end: tuple[str, int], hidden: set[Cell], numbers: Mapping[Cell, int]
) -> bool:
    seen, waiting = {start}, [start]
    while waiting:
        kind, line = waiting.pop()
        for row, column in hidden:
            if kind == "row" and row == line:  # one more in this cell
                step = ("column", column)
            elif kind == "column" and column == line and numbers[row, column]:  # one less
                step = ("row", row)
            else:
                continue
            if step == end:
                return True
            if step not in seen:
                seen.add(step)
                waiting.append(step)
    return False
