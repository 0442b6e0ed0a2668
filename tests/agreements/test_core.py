"""Money of an agreement: nothing is lost in shares, spending over the plan is named."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from ashar.agreements.core import by_source, left_to_share, overspent, satisfaction, shares, total
from ashar.kernel.money import Som

AMOUNTS = st.builds(Som, st.integers(0, 10**12))


@given(st.lists(AMOUNTS, min_size=1))
def test_shares_of_the_sources_are_exactly_a_hundred(amounts):
    parts = shares(amounts)
    assert len(parts) == len(amounts)
    assert sum(parts) == (Decimal(100) if total(amounts) else Decimal(0))


@given(AMOUNTS, st.lists(st.integers(0, 50), min_size=1).filter(any))
def test_what_is_shared_out_in_tranches_leaves_nothing(agreed, weights):
    assert left_to_share(agreed, agreed.share_out(weights)) == Som(0)


@given(st.lists(st.tuples(st.sampled_from("abc"), AMOUNTS)))
def test_by_source_loses_nothing(lines):
    assert total(by_source(lines).values()) == total(amount for _source, amount in lines)


@given(
    st.dictionaries(st.sampled_from("abc"), AMOUNTS),
    st.dictionaries(st.sampled_from("abc"), AMOUNTS),
)
def test_overspending_is_what_exceeds_the_plan(planned, spent):
    over = overspent(planned, spent)
    for source, amount in spent.items():
        expected = amount - planned.get(source, Som(0))
        assert over.get(source, Som(0)) == max(expected, Som(0))


def test_satisfaction():
    assert satisfaction(20, 17) == 85
    assert satisfaction(3, 2) == 67
    assert satisfaction(0, 0) is None
