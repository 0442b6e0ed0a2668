"""Small counts: whatever is left out cannot be computed back from what is published."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ashar.kernel import counts as room
from ashar.kernel.counts import suppress, suppress_rest, suppress_table

LEAST = 5
some_counts = st.dictionaries(st.sampled_from("абвгдеж"), st.integers(0, 12), min_size=2)


def test_a_small_part_takes_another_with_it():
    assert suppress({"women": 18, "men": 3}, least=LEAST) == {"women": None, "men": None}
    assert suppress({"a": 40, "b": 2, "c": 9}, least=LEAST) == {"a": 40, "b": None, "c": None}


def test_two_small_parts_hide_each_other_only_if_they_are_enough_together():
    assert suppress({"a": 40, "b": 2, "c": 3}, least=LEAST) == {"a": 40, "b": None, "c": None}
    assert suppress({"a": 40, "b": 1, "c": 1}, least=LEAST) == dict.fromkeys("abc")


def test_nought_is_shown_and_helps_only_when_nothing_else_does():
    assert suppress({"a": 8, "b": 0, "c": 3}, least=LEAST) == {"a": None, "b": 0, "c": None}
    assert suppress({"a": 3, "b": 0}, least=LEAST) == {"a": None, "b": None}
    assert suppress({"a": 0, "b": 30}, least=LEAST) == {"a": 0, "b": 30}


def test_large_counts_stay():
    assert suppress({"a": 5, "b": 30}, least=LEAST) == {"a": 5, "b": 30}


def test_a_part_whose_rest_is_small_is_left_out():
    assert suppress_rest(18, 20, least=LEAST) is None
    assert suppress_rest(2, 20, least=LEAST) is None
    assert suppress_rest(0, 20, least=LEAST) == 0
    assert suppress_rest(10, 20, least=LEAST) == 10


def possible(published, total):
    """The values each hidden part can have, given the rest and the published sum."""
    hidden = [name for name, number in published.items() if number is None]
    left = total - sum(number for number in published.values() if number is not None)
    return {name: range(left + 1) if len(hidden) > 1 else [left] for name in hidden}


def computed_back(counts, published):
    """The hidden parts that somebody can compute from what is published."""
    open_values = possible(published, sum(counts.values()))
    return [name for name, values in open_values.items() if len(values) < 2]


@given(some_counts)
def test_no_part_can_be_computed_back(counts):
    published = suppress(counts, least=LEAST)
    assert computed_back(counts, published) == []
    assert all(number is None or number == 0 or number >= LEAST for number in published.values())
    hidden = sum(counts[name] for name, number in published.items() if number is None)
    assert hidden >= min(LEAST, sum(counts.values())) or hidden == 0


def test_the_check_notices_when_only_small_parts_are_left_out():
    counts = {"a": 40, "b": 2, "c": 9}
    naive = {name: None if 0 < number < LEAST else number for name, number in counts.items()}
    assert computed_back(counts, naive) == ["b"]


two_rows = st.integers(2, 3).flatmap(
    lambda wide: st.lists(
        st.lists(st.integers(0, 6), min_size=wide, max_size=wide), min_size=2, max_size=2
    )
)


def as_cells(table):
    return {(r, c): number for r, row in enumerate(table) for c, number in enumerate(row)}


def exact_cells(table, published):
    """The hidden cells of two rows with one possible value only, by trying every table."""
    above, below = table
    columns = [one + other for one, other in zip(above, below, strict=True)]
    values = {cell: set() for cell, number in published.items() if number is None}
    for first in product(*(range(number + 1) for number in columns)):
        second = tuple(number - one for number, one in zip(columns, first, strict=True))
        tried = as_cells([first, second])
        fits = sum(first) == sum(above) and all(
            number in {None, tried[cell]} for cell, number in published.items()
        )
        for cell in values if fits else ():
            values[cell].add(tried[cell])
    return [cell for cell, found in values.items() if len(found) < 2]


@given(two_rows)
def test_no_cell_of_a_table_can_be_computed_back(table):
    published = suppress_table(as_cells(table), least=LEAST)
    assert all(number is None or number == 0 or number >= LEAST for number in published.values())
    # What the published sums tell by themselves, no leaving out can hide.
    told = exact_cells(table, dict.fromkeys(published))
    assert [cell for cell in exact_cells(table, published) if cell not in told] == []


def test_the_check_of_tables_notices_when_rings_are_forgotten(monkeypatch):
    table = [[9, 2, 9], [9, 9, 9]]
    monkeypatch.setattr(room, "_is_safe", lambda *_: True)
    published = suppress_table(as_cells(table), least=LEAST)
    assert exact_cells(table, published) == [(0, 1)]


@pytest.mark.parametrize("table", [[[9, 2, 9], [9, 9, 9]], [[2, 9], [9, 9]]])
def test_a_ring_of_cells_hides_one(table):
    published = suppress_table(as_cells(table), least=LEAST)
    assert exact_cells(table, published) == []
    assert sum(number is None for number in published.values()) == 4
