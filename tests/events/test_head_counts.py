"""Parts of a head count add up to the whole."""

from __future__ import annotations

import pytest

from ashar.events.core import HeadCount, People, crossed, people_of


def test_people_with_disability_are_a_part_of_the_whole():
    parts = crossed({("women", "18-28"): 5, ("men", "63+"): 2}, {("men", "63+"): 2})
    assert parts == (
        HeadCount("women", "18-28", with_disability=False, number=5),
        HeadCount("men", "63+", with_disability=True, number=2),
    )
    assert people_of(parts) == People(7, 5, 2, 2, (("18-28", 5), ("63+", 2)))


def test_a_part_larger_than_its_whole_is_refused():
    with pytest.raises(ValueError):
        crossed({("women", "18-28"): 1}, {("women", "18-28"): 2})


def test_an_archive_knows_a_total_only():
    found = people_of((), unsplit=149)
    assert (found.total, found.is_split) == (149, False)
