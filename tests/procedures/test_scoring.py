"""Ranking: exact totals, ties, conflicts, nothing guessed."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ashar.kernel.money import Som
from ashar.kernel.text import Wording
from ashar.procedures.model import Criterion, Number, Rubric
from ashar.procedures.reasons import Reason
from ashar.procedures.scoring import Place, Ranking, ScoreSheet, faults, rank, weighted

TITLES = {"need": Wording("муктаждык", "нужда"), "cost": Wording("баа", "цена")}


def rubric(need=3, cost=2, scale=10):
    weights = {"need": need, "cost": cost}
    return Rubric(
        "project",
        tuple(
            Criterion(key, TITLES[key], Number(f"weight_{key}", TITLES[key], value))
            for key, value in weights.items()
        ),
        Number("scale", Wording("балл", "балл"), scale),
    )


def sheet(proposal, reviewer, need, cost, *, is_conflicted=False):
    return ScoreSheet(proposal, reviewer, {"need": need, "cost": cost}, is_conflicted)


def test_ranking_is_the_exact_mean_of_weighted_totals():
    sheets = [
        sheet("a", "x", 10, 5), sheet("a", "y", 9, 5), sheet("a", "z", 9, 5),
        sheet("b", "x", 10, 10),
    ]  # fmt: skip
    assert rank(rubric(), sheets) == Ranking(
        (
            Place("b", Fraction(50), 1, 1),
            Place("a", Fraction(114, 3), 2, 3),
        )
    )


def test_ties_share_a_place_and_the_next_is_left_out():
    sheets = [sheet(name, "x", mark, 0) for name, mark in {"c": 5, "a": 5, "b": 9, "d": 1}.items()]
    found = [(one.proposal, one.place, one.is_tied) for one in rank(rubric(), sheets).places]
    assert found == [("b", 1, False), ("a", 2, True), ("c", 2, True), ("d", 4, False)]


def test_a_conflicted_sheet_does_not_count():
    sheets = [
        sheet("a", "x", 1, 1), sheet("a", "y", 10, 10, is_conflicted=True),
        sheet("b", "y", None, 99, is_conflicted=True),
    ]  # fmt: skip
    assert rank(rubric(), sheets) == Ranking((Place("a", Fraction(5), 1, 1),), ("b",))


def test_unknown_weights_give_no_ranking():
    found = rank(rubric(need=None), [sheet("a", "x", 1, 1)])
    assert found == Ranking((), ("a",), Reason("weights_unknown", figures=(TITLES["need"],)))
    assert not found.is_ranked


def test_an_incomplete_sheet_gives_no_ranking():
    found = rank(rubric(), [sheet("a", "x", 1, None)])
    assert found.reason == Reason("scores_incomplete", proposal="a", fault="score_missing")


def test_faults_of_a_sheet():
    marks = {"need": 11, "cost": -1, "beauty": 3}
    assert faults(rubric(), ScoreSheet("a", "x", marks)) == (
        Reason("score_out_of_scale", criterion=TITLES["need"], highest=10),
        Reason("score_out_of_scale", criterion=TITLES["cost"], highest=10),
        Reason("score_not_asked", criterion="beauty"),
    )
    assert faults(rubric(scale=None), sheet("a", "x", 11, 0)) == ()


def test_pass_mark():
    sheets = [sheet("a", "x", 5, 5), sheet("b", "x", 1, 1)]
    mark = Number("pass_mark", Wording("а", "а"), 25)
    assert [one.passes for one in rank(rubric(), sheets, mark).places] == [True, False]
    unknown = replace(mark, value=None)
    assert [one.passes for one in rank(rubric(), sheets, unknown).places] == [None, None]


def test_weights_may_be_shares_but_not_money():
    shares = rubric(Fraction(3, 5), Fraction(2, 5))
    assert weighted(shares, sheet("a", "x", 10, 5)) == 8
    with pytest.raises(TypeError):
        weighted(rubric(Som.of(1)), sheet("a", "x", 1, 1))


marks = st.integers(0, 10)
all_sheets = st.lists(
    st.builds(sheet, st.sampled_from("abcde"), st.sampled_from("xyz"), marks, marks)
)


@given(all_sheets)
def test_places_follow_totals(sheets):
    places = rank(rubric(), sheets).places
    assert {one.proposal for one in places} == {one.proposal for one in sheets}
    for one in places:
        assert one.place == 1 + sum(other.total > one.total for other in places)
    assert [one.total for one in places] == sorted((one.total for one in places), reverse=True)


@given(all_sheets, st.randoms())
def test_the_order_of_sheets_does_not_matter(sheets, random):
    shuffled = random.sample(sheets, len(sheets))
    assert rank(rubric(), shuffled) == rank(rubric(), sheets)
