"""The demonstration is played by the same actions as real work, up to any stage."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from ashar.cases.models import Case
from ashar.desk.actions.cast import enter_cast
from ashar.desk.actions.script import STAGES, play
from ashar.places.actions import load_places

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


@pytest.mark.parametrize("stage", STAGES)
def test_each_stage_is_reached(stage):
    load_places(Path(settings.BASE_DIR) / "data" / "places")
    play(enter_cast(), stage, tell=lambda _line: None)
    stands = set(Case.objects.values_list("track", "stage"))
    assert EXPECTED[stage] <= stands
