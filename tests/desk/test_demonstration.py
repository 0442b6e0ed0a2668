"""The demonstration is played by the same actions as real work, up to any stage."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from ashar.agreements.models import Agreement, Finding
from ashar.calls.models import Call, Proposal
from ashar.cases.models import Case
from ashar.desk.actions.cast import enter_cast
from ashar.desk.actions.script import STAGES, play
from ashar.places.actions import load_places
from ashar.reviews.models import Review, Score

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

EXPECTED = {
    "study": {("study", "ranked")},
    "gathering": {("study", "concluded"), ("gathering", "decided")},
    "programme": {("programme", "approved")},
    "call": {("call", "open"), ("proposal", "submitted")},
    "admission": {("call", "admission"), ("proposal", "submitted")},
    "scoring": {("call", "scoring"), ("proposal", "admitted"), ("proposal", "not_admitted")},
    "decided": {("call", "decided"), ("complaint", "rejected")},
    "agreement": {("call", "awarded"), ("agreement", "running"), ("proposal", "not_awarded")},
    "report": {("tranche", "paid"), ("report", "accepted")},
    "complete": {("evaluation", "continued"), ("call", "open"), ("call", "scoring")},
}


# Every stage by itself takes minutes; the last one walks through all of them.
EVERY = [stage if stage in {"open", "complete"} else pytest.param(stage, marks=pytest.mark.trust)
         for stage in STAGES]  # fmt: skip


@pytest.mark.parametrize("stage", EVERY)
def test_each_stage_is_reached(stage):
    load_places(Path(settings.BASE_DIR) / "data" / "places")
    play(enter_cast(), stage, tell=lambda _line: None)
    stands = set(Case.objects.values_list("track", "stage"))
    assert EXPECTED[stage] <= stands


def test_each_call_has_its_own_words_and_the_agreement_keeps_the_term_of_its_call():
    load_places(Path(settings.BASE_DIR) / "data" / "places")
    play(enter_cast(), "complete", tell=lambda _line: None)
    calls = list(Call.objects.select_related("case"))
    for part in ("goal_ky", "tasks_ru", "problem_ky", "target_group_ru", "results_ky", "maximum"):
        assert len({getattr(one, part) for one in calls}) == 3, part
    assert Proposal.objects.count() == 9
    # Those of the open call are sealed: nobody, not even this test, can read a title there.
    opened = Proposal.objects.filter(counted__isnull=False)
    assert opened.values("title").distinct().count() == opened.count() == 6
    assert set(Proposal.objects.filter(counted=None).values_list("title", flat=True)) == {""}
    for score in Score.objects.all():
        assert score.comment
    decided = Call.objects.get(case__stage="awarded")
    sheets = Review.objects.filter(case__parent=decided.case).prefetch_related("scores")
    said = [{one.comment for one in sheet.scores.all()} for sheet in sheets]
    assert {len(comments) for comments in said} == {6}
    agreement = Agreement.objects.get()
    term = (agreement.starts_on, agreement.ends_on)
    assert term == (decided.starts_on, decided.ends_on)
    assert Finding.objects.get().clause == "accessible_rooms"
