"""Totals of results: nothing is lost, nothing is counted twice."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from ashar.indicators.core import Crossing, Seen, add_up, percent, plain_number

VALUES = st.decimals(min_value=0, max_value=10**9, places=3)
CROSSINGS = st.builds(
    Crossing,
    sex=st.sampled_from(["women", "men"]),
    age_band=st.sampled_from(["a7_15", "a18_28"]),
    with_disability=st.booleans(),
    territory=st.integers(1, 3),
)


@given(st.lists(st.builds(Seen, CROSSINGS, VALUES), min_size=1))
def test_the_parts_add_up_to_the_whole_in_every_crossing(seen):
    totals = add_up(seen)
    for parts in (totals.by_sex, totals.by_age, totals.by_village):
        assert sum(parts.values()) == totals.whole


def test_silence_is_not_nought():
    assert add_up([]).whole is None
    assert add_up([Seen(Crossing(), Decimal(0))]).whole == Decimal(0)


def test_share_of_the_target():
    assert percent(Decimal(18), Decimal(20)) == 90
    assert percent(Decimal(1), Decimal(8)) == 13
    assert percent(None, Decimal(8)) is None
    assert percent(Decimal(1), Decimal(0)) is None


def test_numbers_are_written_as_people_do():
    assert plain_number(Decimal("18.000")) == "18"
    assert plain_number(Decimal("100.000")) == "100"
    assert plain_number(Decimal("0.500")) == "0.5"
    assert plain_number(None) == ""
