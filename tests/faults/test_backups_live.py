"""P29: a back-up taken at any moment restores whole; P31: losing the disk costs little."""

from __future__ import annotations

import json
import shutil
import sqlite3
import time
from pathlib import Path

import pytest
from pyrage import x25519

from tests.faults.conftest import ON_POSTGRESQL
from tests.faults.crowd import Crowd, look, lost_or_torn

pytestmark = pytest.mark.slow


@pytest.fixture
def safe(tmp_path):
    """A key in its safe, and the setting that locks to it."""
    identity = x25519.Identity.generate()
    key = tmp_path / "safe.txt"
    key.write_text(str(identity))
    return key, str(identity.to_public())


def taken_under_load(machine, folder, times):
    """Take back-ups while people write; return each file with what was acknowledged before it."""
    crowd = Crowd(machine, 2)
    crowd.begin()
    taken = []
    for _time in range(times):
        time.sleep(0.5)
        before = dict(crowd.acknowledged)
        said = machine.run("backup", "--to", str(folder)).stdout
        taken.append((Path(said.splitlines()[0]), before))
    crowd.end()
    return crowd, taken


def missing(before, machine):
    """What was acknowledged before the back-up began and is not in what was restored."""
    crowd = Crowd.__new__(Crowd)
    crowd.acknowledged = before
    return lost_or_torn(crowd, look(machine))


def restored(machines, file, key, number):
    target = machines(f"restored{number}", empty=True)
    began = time.monotonic()
    said = target.run("restore", str(file), "--identity", str(key)).stdout
    assert "Restored and compared" in said
    return target, time.monotonic() - began


def run(machines, safe, tmp_path, times):
    key, recipient = safe
    machine = machines("writing", ASHAR_BACKUP_RECIPIENT=recipient)
    machine.start("--no-clock")
    crowd, taken = taken_under_load(machine, tmp_path / "backups", times)
    machine.kill()
    told = []
    for number, (file, before) in enumerate(taken):
        drilled = machine.run("backup", "drill", str(file), "--identity", str(key)).stdout
        assert "restores whole" in drilled
        target, seconds = restored(machines, file, key, number)
        told.append((len(before), missing(before, target), round(seconds, 1)))
    return len(crowd.acknowledged), told


def test_p29_one_backup_under_two_writers(machines, safe, tmp_path, capsys):
    acknowledged, told = run(machines, safe, tmp_path, 1)
    with capsys.disabled():
        print(f"\n  {acknowledged} acknowledged; known before, missing, seconds: {told}")  # noqa: T201
    assert [faults for _known, faults, _seconds in told] == [[]]


@pytest.mark.faults
def test_p29_p31_twenty_backups_under_two_writers(machines, safe, tmp_path, capsys):
    acknowledged, told = run(machines, safe, tmp_path, 20)
    whole = sum(not faults for _known, faults, _seconds in told)
    slowest = max(seconds for *_rest, seconds in told)
    with capsys.disabled():
        print(f"\n  {acknowledged} acknowledged, {whole} of 20 whole, slowest restore {slowest} s")  # noqa: T201
    assert (whole, slowest < 300) == (20, True)


@pytest.mark.faults
@pytest.mark.skipif(ON_POSTGRESQL, reason="says something about SQLite only")
def test_p29_notices_a_copy_of_the_main_file(machines, tmp_path):
    """What `cp` takes while people write misses what stands in the write-ahead log."""
    machine = machines("writing")
    machine.start("--no-clock")
    crowd = Crowd(machine, 2)
    crowd.begin()
    time.sleep(1.5)
    before = dict(crowd.acknowledged)
    copy = machines("copied", empty=True)
    shutil.copy(machine.folder / "ashar.sqlite3", copy.folder)
    crowd.end()
    assert before
    try:
        found = missing(before, copy)
    except AssertionError:
        found = ["it cannot even be read"]
    assert found != []


@pytest.mark.faults
def test_a_restore_replaces_only_when_asked_and_puts_aside(machines, safe, tmp_path):
    key, recipient = safe
    machine = machines("full", ASHAR_BACKUP_RECIPIENT=recipient)
    file = machine.run("backup", "--to", str(tmp_path / "backups")).stdout.splitlines()[0]
    refused = machine.run("restore", file, "--identity", str(key), check=False)
    assert "There is data here already" in refused.stderr
    machine.python('from ashar.server.models import Beat; Beat.objects.create(name="later")')
    done = machine.run("restore", file, "--identity", str(key), "--replace", "--yes").stdout
    assert "put aside" in done
    count = "from ashar.server.models import Beat; print(Beat.objects.filter(name='later').count())"
    assert machine.python(count).strip() == "0"


@pytest.mark.faults
@pytest.mark.skipif(ON_POSTGRESQL, reason="says something about SQLite only")
def test_a_restore_beside_a_running_server_is_refused(machines, safe, tmp_path):
    key, recipient = safe
    machine = machines("running", ASHAR_BACKUP_RECIPIENT=recipient)
    file = machine.run("backup", "--to", str(tmp_path / "backups")).stdout.splitlines()[0]
    machine.start("--no-clock")
    (browser,) = machine.sessions("aigul", 1)
    browser.get("/ky/programmes/begin/")
    done = machine.run("restore", file, "--identity", str(key), "--replace", "--yes", check=False)
    assert "still running" in done.stderr
    assert sqlite3.connect(machine.folder / "ashar.sqlite3").execute("SELECT 1").fetchone()


@pytest.mark.faults
def test_p29_a_restore_that_fails_puts_everything_back(machines, safe, tmp_path):
    """A back-up whose manifest promises another row: nothing is lost by trying it."""
    key, recipient = safe
    machine = machines("full", ASHAR_BACKUP_RECIPIENT=recipient)
    lie = """
import sys
from pathlib import Path
from ashar.server.backups import taking
from ashar.server.backups.portrait import Portrait
real = taking.copy_database
def lying(work):
    file, drawn = real(work)
    return file, Portrait({**drawn.counts, "server_beat": 99}, drawn.contents, drawn.head,
                          drawn.migrations)
taking.copy_database = lying
print(taking.take(Path(sys.argv[1])).file)
"""
    file = machine.python(lie, str(tmp_path / "backups")).split()[-1]
    refused = machine.run(
        "restore", file, "--identity", str(key), "--replace", "--yes", check=False
    )
    assert "not what was copied" in refused.stderr
    count = "from ashar.parties.models import Account; print(Account.objects.count())"
    assert int(machine.python(count)) > 5
    assert json.loads(Path(file + ".json").read_text())["rows"]
