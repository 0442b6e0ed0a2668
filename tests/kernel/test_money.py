"""Money: strict reading, exact arithmetic, nothing lost when shared out."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ashar.kernel.money import BadAmount, Som

amounts = st.integers(min_value=-(10**12), max_value=10**12).map(Som)


@pytest.mark.parametrize(
    ("typed", "tyiyn"),
    [
        ("1 234,56", 123456),
        ("1\u00a0234.5", 123450),
        ("1\u202f234\u2009567", 123456700),
        ("0", 0),
        (" 12 ", 1200),
        ("1234567", 123456700),
    ],
)
def test_parse(typed, tyiyn):
    assert Som.parse(typed) == Som(tyiyn)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "empty"),
        ("-5", "negative"),
        ("(5)", "negative"),
        ("1e5", "exponent"),
        ("1,234", "ambiguous"),
        ("1.234,56", "ambiguous"),
        ("1,234,567", "ambiguous"),
        ("12 34", "ambiguous"),
        ("12345.678", "too_precise"),
        ("99999999999999999999", "too_large"),
        ("ten", "not_a_number"),
        ("\u0661\u0662", "not_a_number"),
        ("1 000 som", "not_a_number"),
    ],
)
def test_parse_refuses(typed, reason):
    with pytest.raises(BadAmount) as refusal:
        Som.parse(typed)
    assert refusal.value.reason == reason


def test_arithmetic():
    assert Som.of(12, 50) + Som.of(0, 50) == Som.of(13)
    assert Som.of(1) - Som.of(2) == Som(-100)
    assert Som.of(2) * 3 == 3 * Som.of(2) == Som.of(6)
    assert sum([Som.of(1), Som.of(2)]) == Som.of(3)
    assert -Som(5) == Som(-5)
    assert Som.of(1) < Som.of(2)
    assert not Som()


def test_money_is_not_multiplied_by_a_fraction_or_added_to_a_number():
    with pytest.raises(TypeError):
        Som.of(1) * 0.5
    with pytest.raises(TypeError):
        Som.of(1) + 1
    with pytest.raises(TypeError):
        Som.of(1) - 1


def test_portion_rounds_half_a_tyiyn_up():
    assert Som(1).portion(Fraction(1, 2)) == Som(1)
    assert Som(100).portion(Fraction(1, 3)) == Som(33)


def test_written():
    assert str(Som(123456)) == "1 234.56"
    assert str(Som(-5)) == "-0.05"
    assert Som(123456).say("ky") == "1\u00a0234,56\u00a0сом"
    assert Som(123456).say("en") == "1\u00a0234.56\u00a0som"


def test_share_out_needs_weights():
    with pytest.raises(ValueError):
        Som(1).share_out([0, 0])
    with pytest.raises(ValueError):
        Som(1).share_out([2, -1])


@given(amounts, st.lists(st.integers(0, 1000), min_size=1).filter(any))
def test_share_out_loses_nothing(amount, weights):
    parts = amount.share_out(weights)
    assert sum(parts, Som()) == amount
    exact = [Fraction(amount.tyiyn * weight, sum(weights)) for weight in weights]
    assert all(abs(part.tyiyn - one) < 1 for part, one in zip(parts, exact, strict=True))


@given(st.integers(0, 10**15).map(Som))
def test_what_is_written_is_read_back(amount):
    assert Som.parse(str(amount)) == amount
    assert Som.parse(amount.say("ru").removesuffix("\u00a0сом")) == amount
