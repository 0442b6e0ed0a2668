"""The ranking is exact, fair to small groups, and the same whatever the order of answers."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from ashar.needs.core import Placed, Voice, carried, ranking, shares_of, top_of_each_group

GROUPS = ("older_people", "unemployed_women", "survey")
voices = st.lists(
    st.builds(
        Voice,
        group=st.sampled_from(GROUPS),
        need=st.sampled_from(("water", "kindergarten", "sport", "library", "road")),
        mentions=st.integers(0, 500),
    ),
    max_size=40,
)
weights = st.dictionaries(st.sampled_from(GROUPS), st.integers(1, 10))


def test_a_small_group_weighs_as_much_as_a_large_one():
    said = [Voice("survey", "road", 90), Voice("survey", "water", 10), Voice("older", "water", 5)]
    assert ranking(said, {}) == (
        Placed("water", 1, Fraction(11, 20), 15, {"survey": Fraction(1, 10), "older": Fraction(1)}),
        Placed("road", 2, Fraction(9, 20), 90, {"survey": Fraction(9, 10), "older": Fraction(0)}),
    )


def test_weights_of_the_study_change_the_order():
    said = [Voice("survey", "road", 90), Voice("survey", "water", 10), Voice("older", "water", 5)]
    assert [(p.need, p.place) for p in ranking(said, {"survey": 3})] == [("road", 1), ("water", 2)]


def test_equal_scores_share_a_place_and_the_next_is_skipped():
    said = [Voice("a", "x", 2), Voice("a", "y", 1), Voice("a", "z", 1), Voice("a", "w", 0)]
    assert [(p.need, p.place, p.thousandths) for p in ranking(said, {})] == [
        ("x", 1, 500),
        ("y", 2, 250),
        ("z", 2, 250),
        ("w", 4, 0),
    ]


def test_each_group_keeps_its_own_first_three_with_ties():
    said = [Voice("a", name, count) for name, count in zip("uvwxy", (5, 4, 3, 3, 1), strict=True)]
    tops = top_of_each_group([*said, Voice("b", "y", 1), Voice("c", "y", 0)])
    assert {g: [(p.need, p.place) for p in rows] for g, rows in tops.items()} == {
        "a": [("u", 1), ("v", 2), ("w", 3), ("x", 3)],
        "b": [("y", 1)],
        "c": [],
    }


def test_nobody_said_anything():
    assert ranking([], {}) == ()
    assert ranking([Voice("a", "x", 0)], {}) == (Placed("x", 1, Fraction(0), 0, {}),)


def test_more_than_the_share_is_needed_exactly_the_share_is_not_enough():
    half = Fraction(1, 2)
    assert [carried(n, 100, half) for n in (49, 50, 51)] == [False, False, True]
    assert carried(0, 0, half) is False
    assert carried(67, 100, Fraction(2, 3)) is True


@given(voices)
def test_shares_of_a_group_add_up_to_one(said):
    assert all(sum(part.values()) == 1 for part in shares_of(said).values())


@given(voices, weights)
def test_scores_add_up_to_one_and_fall(said, set_weights):
    placed = ranking(said, set_weights)
    assert [p.score for p in placed] == sorted((p.score for p in placed), reverse=True)
    expected = 1 if any(voice.mentions for voice in said) else 0
    assert sum(p.score for p in placed) == expected


@given(voices, weights, st.randoms())
def test_order_of_answers_changes_no_place(said, set_weights, chance):
    mixed = list(said)
    chance.shuffle(mixed)
    places = {p.need: (p.place, p.score) for p in ranking(said, set_weights)}
    assert {p.need: (p.place, p.score) for p in ranking(mixed, set_weights)} == places


@given(voices, weights)
def test_place_is_one_more_than_the_number_of_better_needs(said, set_weights):
    placed = ranking(said, set_weights)
    for one in placed:
        assert one.place == 1 + sum(other.score > one.score for other in placed)


@given(voices, weights)
def test_one_more_mention_never_lowers_a_need(said, set_weights):
    before = {p.need: p.score for p in ranking(said, set_weights)}
    more = [*said, Voice("survey", "water", 7)]
    after = {p.need: p.score for p in ranking(more, set_weights)}
    if "survey" in shares_of(said):
        assert after["water"] >= before.get("water", 0)


@given(voices, weights, st.integers(2, 9))
def test_doubling_all_answers_or_all_weights_changes_nothing(said, set_weights, times):
    before = [(p.need, p.place, p.score) for p in ranking(said, set_weights)]
    louder = [Voice(v.group, v.need, v.mentions * times) for v in said]
    heavier = {group: set_weights.get(group, 1) * times for group in GROUPS}
    assert [(p.need, p.place, p.score) for p in ranking(louder, set_weights)] == before
    assert [(p.need, p.place, p.score) for p in ranking(said, heavier)] == before
