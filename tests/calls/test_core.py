"""The pure core: drafts, budgets, schedules, progress."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from ashar.calls.core import (
    Progress,
    SheetState,
    automatic_check,
    differences,
    missing_parts,
    read_draft,
    tidy,
    unscored,
)
from ashar.kernel.money import Som

SOURCES = ("local_own", "ngo_own", "donor_direct")
texts = st.text(max_size=40)
amounts = st.integers(min_value=0, max_value=10**9)
lines = st.lists(
    st.tuples(amounts, st.integers(min_value=0, max_value=10**6), st.sampled_from(SOURCES)),
    max_size=20,
)


def written(hundredths):
    """As people write it: 1 234,56."""
    return str(Som(hundredths)).replace(".", ",")


@given(lines)
def test_the_budget_by_line_and_by_source_is_the_same_money(rows):
    typed = {
        "budget": [
            {"title": "a", "unit": "", "quantity": written(q), "rate": written(r), "source": s}
            for q, r, s in rows
        ]
    }
    reading = read_draft(typed, SOURCES)
    assert reading.faults == ()
    exact = sum((Fraction(q * r, 100) for q, r, _s in rows), Fraction(0))
    assert abs(reading.total.tyiyn - exact) <= Fraction(len(rows), 2)
    assert sum(reading.by_source().values(), Som(0)) == reading.total
    assert sum(reading.line_totals.values(), Som(0)) == reading.total
    asked = reading.requested({"local_own"})
    rest = reading.requested({"ngo_own", "donor_direct"})
    assert asked + rest == reading.total


@given(st.dates(), st.dates())
def test_a_schedule_is_read_if_and_only_if_it_does_not_end_before_it_begins(first, last):
    row = {"title": "a", "starts_on": f"{first:%d.%m.%Y}", "ends_on": last.isoformat()}
    reading = read_draft({"activities": [row]}, SOURCES)
    in_years = all(2000 <= day.year <= 2100 for day in (first, last))
    assert bool(reading.activities) == (in_years and first <= last)
    assert bool(reading.activities) != bool(reading.faults)


@given(
    st.dictionaries(
        st.sampled_from(["title", "summary", "results", "budget", "team", "strange"]),
        st.one_of(
            texts,
            st.none(),
            st.lists(
                st.dictionaries(st.sampled_from(["title", "rate", "role"]), texts), max_size=5
            ),
            st.lists(texts, max_size=3),
        ),
    )
)
def test_whatever_is_typed_is_kept_and_reading_it_never_fails(raw):
    kept = tidy(raw)
    assert tidy(kept) == kept
    reading = read_draft(kept, SOURCES)
    rows = sum(len(kept[section]) for section in ("results", "activities", "team", "budget"))
    read = sum(
        len(part) for part in (reading.results, reading.activities, reading.team, reading.budget)
    )
    faulty = len({(fault.section, fault.row) for fault in reading.faults})
    assert read + faulty == rows


def test_an_empty_draft_misses_everything_that_is_asked():
    assert missing_parts(read_draft({}, SOURCES)) == (
        "title",
        "summary",
        "method",
        "results",
        "activities",
        "team",
        "budget",
    )


def test_two_versions_differ_in_the_parts_that_were_changed():
    mine = {"title": "a", "team": [{"role": "x", "qualification": ""}]}
    theirs = {"title": "b", "team": [{"role": "x", "qualification": ""}, {"role": " "}]}
    assert differences(mine, theirs) == ("title",)


def test_a_line_too_large_for_the_register_is_a_fault():
    row = {"title": "a", "quantity": "9999999999", "rate": "9999999999", "source": "local_own"}
    assert [f.reason for f in read_draft({"budget": [row]}, SOURCES).faults] == ["too_large"]


def test_who_takes_part_is_waited_for_and_who_is_excused_is_not():
    progress = Progress.of(
        [1, 2],
        [10, 20, 30],
        declared={(1, 10): False, (1, 20): True, (2, 10): False, (2, 20): False},
        scored={(1, 10), (2, 20)},
    )
    assert progress.cells[1, 20] is SheetState.EXCUSED
    assert progress.cells[1, 30] is SheetState.UNDECLARED
    assert progress.members_who_scored() == {10, 20}
    assert progress.undeclared_members() == {30}
    assert unscored(progress) == {2}


class Body:
    kind, registration_number, territory_id = "religious", "", None


def test_the_register_answers_only_what_it_knows():
    assert automatic_check("legal_entity_or_entrepreneur", Body) is True
    assert automatic_check("is_not_party_union_religious", Body) is False
    assert automatic_check("registered", Body) is None
    assert automatic_check(None, Body) is None
