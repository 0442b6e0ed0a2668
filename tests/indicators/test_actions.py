"""A correction is a new observation; nothing is overwritten."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ashar.cases.actions import Opening, open_case
from ashar.indicators.actions import (
    AlreadyReplaced,
    IndicatorText,
    correct,
    observe,
    write_indicators,
)
from ashar.indicators.core import Crossing
from ashar.indicators.models import Observation
from ashar.indicators.queries import results_of, seen_in
from tests.people import build_world

pytestmark = pytest.mark.django_db
WOMEN, MEN = Crossing("women", "a7_15", False), Crossing("men", "a7_15", False)


@pytest.fixture
def case():
    world = build_world()
    opening = Opening(
        procedure="needs_study",
        track="study",
        territory=world.aimak,
        title_ky="Изилдөө",
        parties={"municipality": world.bodies["okmotu"]},
    )
    return open_case(opening, by=world.aigul)


@pytest.fixture
def children(case):
    text = IndicatorText("Балдар", target=Decimal(20), counts_people=True)
    return write_indicators(case, [text], by=None)[0]


def test_what_is_written_again_unchanged_makes_no_new_record(case, children):
    for _again in range(2):
        observe(children, case, {WOMEN: Decimal(10), MEN: Decimal(8)}, by=None)
    assert Observation.objects.count() == 2
    (result,) = results_of(case)
    assert (result.actual, result.percent) == (Decimal(18), 90)
    assert result.totals.by_sex == {"women": Decimal(10), "men": Decimal(8)}


def test_a_change_and_a_removal_replace_and_keep_the_old(case, children):
    observe(children, case, {WOMEN: Decimal(10), MEN: Decimal(8)}, by=None)
    observe(children, case, {WOMEN: Decimal(11)}, by=None)
    assert {one.crossing: one.value for one in seen_in(children, case)} == {
        WOMEN: Decimal(11),
        MEN: Decimal(0),
    }
    assert Observation.objects.count() == 4


def test_two_corrections_of_one_observation_do_not_both_stand(case, children):
    observe(children, case, {WOMEN: Decimal(10)}, by=None)
    old = Observation.objects.get()
    correct(old, Decimal(12), by=None, source="акт")
    with pytest.raises(AlreadyReplaced):
        correct(old, Decimal(13), by=None)
    assert results_of(case)[0].actual == Decimal(12)


def test_a_shorter_results_table_loses_its_last_rows(case):
    rows = [IndicatorText("Бир"), IndicatorText("Эки")]
    write_indicators(case, rows, by=None)
    write_indicators(case, rows[1:], by=None)
    assert [result.indicator.title_ky for result in results_of(case)] == ["Эки"]
    assert results_of(case)[0].actual is None
