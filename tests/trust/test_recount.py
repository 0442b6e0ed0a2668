"""P19: anybody counts the ranking again from what is published, without Ashar."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

pytestmark = pytest.mark.django_db
SCRIPT = Path(settings.BASE_DIR) / "tools" / "recount.py"


def published(play, stage):
    """The scores of the contest, as a stranger fetches them."""
    call = play(stage).call
    return Client().get(f"/ky/calls/{call.case.ref}/scores.json")


def counted(scores, folder):
    """Run the script as anybody would: alone, away from Ashar and its libraries."""
    file = folder / "scores.json"
    file.write_text(json.dumps(scores), "utf-8")
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(SCRIPT), str(file)],
        capture_output=True, text=True, check=False, cwd=folder,
    )  # fmt: skip
    return done.returncode, done.stdout


@pytest.mark.parametrize("stage", ["decided", "complaints_over", "awarded", "signed"])
def test_p19_a_stranger_counts_the_same(play, tmp_path, stage):
    answer = published(play, stage)
    code, said = counted(answer.json(), tmp_path)
    assert (code, said.splitlines()[-1]) == (0, "As published.")


@pytest.mark.parametrize("stage", ["open", "handed_in", "admission", "scoring", "scored"])
def test_p19_nothing_is_published_before_the_decision(play, stage):
    assert published(play, stage).status_code == 404


def _points(scores):
    scores["proposals"][0]["sheets"][0]["points"]["cost"] -= 1


def _places(scores):
    first, second = scores["proposals"]
    first["place"], second["place"] = second["place"], first["place"]


def _weight(scores):
    scores["criteria"][0]["weight"] = "26"


def _sheet_gone(scores):
    first, second = scores["proposals"]
    first["sheets"][0]["points"] = dict.fromkeys(first["sheets"][0]["points"], 1)
    del second["sheets"][0]


def _sheet_twice(scores):
    sheets = scores["proposals"][0]["sheets"]
    sheets.append(copy.deepcopy(sheets[0]))


def _interest(scores):
    scores["proposals"][0]["excused"] = [scores["proposals"][0]["sheets"][0]["member"]]


def _winner(scores):
    scores["proposals"][0]["won"], scores["proposals"][1]["won"] = False, True


FAULTS = (_points, _places, _weight, _sheet_gone, _sheet_twice, _interest, _winner)


@pytest.mark.parametrize("fault", FAULTS)
def test_p19_notices_when_the_published_outcome_is_not_what_was_given(play, tmp_path, fault):
    scores = published(play, "awarded").json()
    fault(scores)
    code, said = counted(scores, tmp_path)
    assert (code, "DIFFERS" in said) == (1, True)


def test_p19_notices_when_the_product_counts_wrongly(play, tmp_path):
    begun = play("decided")
    first = begun.call.proposals.get(rank=1)
    type(first).objects.filter(pk=first.pk).update(total_score=first.total_score + 1)
    scores = Client().get(f"/ky/calls/{begun.call.case.ref}/scores.json").json()
    assert counted(scores, tmp_path)[0] == 1


def test_p19_a_member_is_not_named(play):
    begun = play("decided")
    body = published(lambda _stage: begun, "decided").content.decode()
    people = [account.person for account in begun.world.people.values()]
    assert not [one for one in people if one.ref in body or f'"{one.name}"' in body]


@pytest.mark.parametrize("text", ["", "[]", '{"format": "other"}', "\x00"])
def test_an_unreadable_file_is_refused_in_words(tmp_path, text):
    file = tmp_path / "scores.json"
    file.write_text(text, "utf-8")
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(SCRIPT), str(file)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout.startswith("This file cannot be counted")) == (2, True)
