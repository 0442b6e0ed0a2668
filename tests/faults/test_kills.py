"""P25, P1, P17: kill -9 loses nothing acknowledged, tears nothing, and nothing happens twice."""

from __future__ import annotations

import random
import time

import pytest

from tests.faults.crowd import Crowd, look, lost_or_torn

pytestmark = pytest.mark.slow


def killed(machine, crowd, times):
    """Kill every process of the server so many times under load; return the seconds to be back."""
    back = []
    for _time in range(times):
        if machine.server is None:
            machine.start("--no-clock")
        crowd.begin()
        time.sleep(random.uniform(0.3, 1.2))  # noqa: S311 - any moment will do
        machine.kill()
        crowd.end()
        back.append(machine.start("--no-clock"))
    return sorted(back)


def run(machines, times, size=8):
    machine = machines("killed")
    machine.start("--no-clock")
    crowd = Crowd(machine, size)
    back = killed(machine, crowd, times)
    found = look(machine)
    faults = lost_or_torn(crowd, found)
    unasked = len(crowd.unanswered)
    twice = crowd.repeat()
    after = look(machine)
    faults += lost_or_torn(crowd, after)
    titles = len(after["rows"])
    return {
        "kills": times,
        "acknowledged": len(crowd.acknowledged) - unasked,
        "unanswered": unasked,
        "present but unanswered": twice,
        "faults": faults,
        "rows over": titles - len(set(crowd.acknowledged)),
        "back after, median s": round(back[len(back) // 2], 1),
    }


@pytest.mark.faults
def test_p25_p1_p17_two_kills(machines, capsys):
    told = run(machines, 2, size=4)
    with capsys.disabled():
        print(f"\n  {told}")  # noqa: T201 - figures of the promise
    assert (told["faults"], told["rows over"], told["acknowledged"] > 0) == ([], 0, True)


@pytest.mark.faults
def test_p25_p1_p17_fifty_kills(machines, capsys):
    told = run(machines, 50)
    with capsys.disabled():
        print(f"\n  {told}")  # noqa: T201 - figures of the promise
    assert (told["faults"], told["rows over"]) == ([], 0)


def test_p25_p1_notices_what_is_lost_or_torn():
    """The judge of these tests is shown a lost row, a row without entry and one without row."""
    crowd = Crowd.__new__(Crowd)
    crowd.acknowledged = {"N1": "/ky/programmes/A/", "N2": "/ky/programmes/B/"}
    found = {"rows": {"N1": "A"}, "cases": ["A"], "journaled": ["C"], "whole": False}
    assert lost_or_torn(crowd, found) == [
        "lost: N2",
        "not journaled: A",
        "journaled, not there: C",
        "the journal does not hold",
    ]


# The server dies at the last moment: what the form did is committed, nobody heard of it.
DIE = """
import os, signal
def die(get_response):
    def pass_on(request):
        response = get_response(request)
        if request.method == "POST":
            os.kill(os.getpid(), signal.SIGKILL)
        return response
    return pass_on
"""
SEND = """
import sys
from django.conf import settings
if sys.argv[1] == "die":
    sys.path.insert(0, sys.argv[3])
    settings.MIDDLEWARE = ["dying.die", *settings.MIDDLEWARE]
if sys.argv[2] == "unmarked":
    settings.MIDDLEWARE = [m for m in settings.MIDDLEWARE if not m.endswith("FormsOnce")]
settings.ALLOWED_HOSTS = ["*"]
from django.test import Client
from ashar.parties.models import Account
from ashar.server.models import Beat
from django.urls import path
from django.http import HttpResponseRedirect
import config.urls
def careless(request):
    Beat.objects.create(name=f"written {Beat.objects.count()}")
    return HttpResponseRedirect("/done/")
config.urls.urlpatterns.insert(0, path("careless/", careless))
client = Client()
client.force_login(Account.objects.get(username="aigul"))
print(client.post("/careless/", {"form_mark": "m", "title": "x"})["Location"])
print(Beat.objects.filter(name__startswith="written").count())
"""


def written_after_a_death(machine, tmp_path, marked):
    """Send a form, die between commit and answer, send it again; return the lines that stand."""
    (tmp_path / "dying.py").write_text(DIE)
    first = machine._run("-c", _lines(SEND), "die", marked, str(tmp_path), check=False)
    assert first.returncode == -9
    second = machine.python(SEND, "live", marked, str(tmp_path)).split()
    assert second[0] == "/done/"
    return int(second[1])


def _lines(code):
    return f"import django, sys\ndjango.setup()\n{code}"


@pytest.mark.faults
def test_p17_killed_between_commit_and_answer(machines, tmp_path):
    assert written_after_a_death(machines("died"), tmp_path, "marked") == 1


@pytest.mark.faults
def test_p17_notices_when_forms_have_no_marks(machines, tmp_path):
    assert written_after_a_death(machines("died"), tmp_path, "unmarked") == 2
