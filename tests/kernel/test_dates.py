"""Terms: when they end."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ashar.kernel.dates import Calendar, Duration, end_of

PLAIN = Calendar()


@pytest.mark.parametrize(
    ("start", "term", "end"),
    [
        (date(2026, 11, 20), "1 working day", date(2026, 11, 23)),  # a Friday
        (date(2026, 11, 21), "1 working day", date(2026, 11, 23)),  # a Saturday
        (date(2026, 11, 20), "5 working days", date(2026, 11, 27)),
        (date(2026, 11, 20), "5 calendar days", date(2026, 11, 25)),
        (date(2026, 1, 31), "1 month", date(2026, 2, 28)),
        (date(2026, 12, 31), "2 months", date(2027, 2, 28)),
        (date(2026, 11, 30), "1 month", date(2026, 12, 30)),
        (date(2024, 1, 30), "13 months", date(2025, 2, 28)),
    ],
)
def test_end_of(start, term, end):
    assert end_of(start, Duration.parse(term), PLAIN) == end


def test_holidays_and_transferred_days():
    calendar = Calendar(frozenset({date(2026, 11, 23)}), frozenset({date(2026, 11, 22)}))
    assert end_of(date(2026, 11, 20), Duration(1, "working days"), calendar) == date(2026, 11, 22)
    assert end_of(date(2026, 11, 20), Duration(2, "working days"), calendar) == date(2026, 11, 24)


@pytest.mark.parametrize("text", ["20 days", "0 months", "1.5 months", "", "-1 working days"])
def test_what_is_not_a_term(text):
    with pytest.raises(ValueError):
        Duration.parse(text)


def test_a_term_counts_something():
    with pytest.raises(ValueError):
        Duration(0, "months")


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "1 рабочий день"), (3, "3 рабочих дня"), (11, "11 рабочих дней"), (21, "21 рабочий день")],
)
def test_russian_number(count, said):
    assert Duration(count, "working days").say("ru") == said


def test_said():
    assert Duration(20, "working days").say("ky") == "20 жумуш күнү"
    assert Duration(1, "months").say("en") == "1 month"
    assert str(Duration(2, "months")) == "2 months"


days = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@given(days, st.integers(1, 60), st.sets(days, max_size=5))
def test_a_working_term_ends_on_a_working_day_after_as_many(start, count, holidays):
    calendar = Calendar(frozenset(holidays))
    end = end_of(start, Duration(count, "working days"), calendar)
    passed = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
    assert calendar.is_working(end)
    assert sum(calendar.is_working(day) for day in passed) == count


@given(days, st.integers(1, 100))
def test_months_land_in_the_right_month(start, count):
    end = end_of(start, Duration(count, "months"), PLAIN)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == count
    assert end.day <= start.day
