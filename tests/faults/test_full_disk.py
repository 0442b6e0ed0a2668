"""P28: a full disk loses nothing, says so in a sentence, and work goes on once there is room."""

from __future__ import annotations

import json
import os
import shutil
import subprocess

import pytest

from tests.faults.conftest import ON_POSTGRESQL

pytestmark = [
    pytest.mark.slow,
    pytest.mark.faults,
    pytest.mark.skipif(os.geteuid() != 0, reason="only root mounts a small disk"),
    pytest.mark.skipif(ON_POSTGRESQL, reason="says something about SQLite only"),
]
FILL = """
import json, sys
from pathlib import Path
from django.db import OperationalError
from django.test import Client
from ashar.journal.actions import deed, write
from ashar.journal.queries.checking import verify
from ashar.server.models import SentForm

def put(number):
    with deed():
        SentForm.objects.create(digest=f"n{number}", answer="x" * 4000)
        write("tried", subject=f"full:{number}", by=None)

acknowledged, refused, number = [], 0, 0
while refused < 50:
    number += 1
    try:
        put(number)
        acknowledged.append(f"n{number}")
    except OperationalError as full:
        refused += 1
page = Client(HTTP_HOST="127.0.0.1").get("/ky/").status_code
ready = Client(HTTP_HOST="127.0.0.1").get("/health/ready").json()["disk"]
Path(sys.argv[1]).unlink()
number += 1
put(number)
acknowledged.append(f"n{number}")
kept = set(SentForm.objects.values_list("digest", flat=True))
print(json.dumps({"acknowledged": len(acknowledged), "refused": refused,
                  "lost": len(set(acknowledged) - kept), "extra": len(kept - set(acknowledged)),
                  "whole": verify().is_whole, "page": page, "ready": ready}))
"""


@pytest.fixture
def small_disk(machines):
    """An installation on a disk of 24 MiB, with a file that can be removed to make room."""
    machine = machines("small")
    content = machine.folder.with_name("content")
    machine.folder.rename(content)
    machine.folder.mkdir()
    mount, leave = shutil.which("mount"), shutil.which("umount")
    tried = subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=24m", "tmpfs", machine.folder], check=False
    )
    if tried.returncode:
        pytest.skip("this machine does not let a disk be mounted")
    shutil.copytree(content, machine.folder, dirs_exist_ok=True)
    (machine.folder / "ballast").write_bytes(b"x" * 8 * 1024 * 1024)
    yield machine
    subprocess.run([leave, machine.folder], check=True)


def filled(machine):
    said = machine.python(FILL, str(machine.folder / "ballast"))
    return json.loads(said.splitlines()[-1])


def test_p28_a_full_disk(small_disk, capsys):
    told = filled(small_disk)
    with capsys.disabled():
        print(f"\n  {told}")  # noqa: T201 - figures of the promise
    assert (told["lost"], told["extra"], told["whole"]) == (0, 0, True)
    assert (told["refused"], told["ready"], told["page"]) == (50, False, 200)
    assert told["acknowledged"] > 100


def test_p28_notices_when_a_refused_write_counts_as_done(small_disk, monkeypatch):
    careless = FILL.replace("refused += 1", "refused += 1; acknowledged.append(f'n{number}')")
    monkeypatch.setitem(globals(), "FILL", careless)
    assert filled(small_disk)["lost"] == 50
