"""Who came, as everybody may read it: nobody is recognised in a small part."""

from __future__ import annotations

from ashar.events.core import HeadCount, people_of, published

COUNTS = [
    HeadCount("women", "a18_28", with_disability=False, number=20),
    HeadCount("women", "a63_plus", with_disability=True, number=2),
    HeadCount("men", "a18_28", with_disability=False, number=18),
]


def test_small_parts_are_left_out_and_the_whole_stays():
    shown = published(people_of(COUNTS), least=5)
    assert (shown.total, shown.women, shown.men) == (40, 22, 18)
    assert shown.with_disability is None
    assert shown.by_age == (("a18_28", None), ("a63_plus", None))
    assert shown.is_shortened


def test_a_small_rest_without_sex_hides_a_part_too():
    shown = published(people_of(COUNTS[::2], unsplit=3), least=5)
    assert (shown.women, shown.men) == (20, None)


def test_large_parts_are_shown():
    shown = published(people_of([COUNTS[0], COUNTS[2]]), least=5)
    assert (shown.women, shown.men, shown.with_disability) == (20, 18, 0)
    assert not shown.is_shortened
