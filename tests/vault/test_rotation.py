"""P23: keys are changed while people work; one person can be forgotten, in old copies too."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings

from ashar.vault.core import ring

PEOPLE = 32_000
MOST_SECONDS = 10
ROOT = Path(__file__).resolve().parents[2]


class Stage:
    """A database and a ring of keys of its own, worked by processes that can be killed."""

    def __init__(self, folder):
        self.keys = folder / "keys"
        self.surroundings = {**os.environ, "ASHAR_VAR": str(folder), "PYTHONPATH": str(ROOT)}
        self.surroundings["ASHAR_DEMONSTRATION"] = "yes"
        self.name = None
        if "postgresql" in settings.DATABASES["default"]["ENGINE"]:
            self._own_postgresql()
        else:
            self.surroundings.pop("DATABASE_URL", None)
            self.file = folder / "ashar.sqlite3"

    def _own_postgresql(self):
        parts = urlsplit(os.environ["DATABASE_URL"])
        self.server = parts._replace(path="/postgres").geturl()
        self.name = f"ashar_p23_{os.getpid()}"
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {self.name}")
            connection.execute(f"CREATE DATABASE {self.name}")
        self.surroundings["DATABASE_URL"] = parts._replace(path=f"/{self.name}").geturl()

    def begin(self, *arguments):
        command = [sys.executable, "-m", "tests.vault.stage", *map(str, arguments)]
        return subprocess.Popen(
            command, cwd=ROOT, env=self.surroundings, stdout=subprocess.PIPE, text=True
        )

    def run(self, *arguments):
        process = self.begin(*arguments)
        said, _ = process.communicate()
        assert process.returncode == 0
        return json.loads(said.strip().splitlines()[-1])

    def killed_after(self, batches):
        """Renew, and kill the process after some batches, wherever it stands."""
        process = self.begin("renew")
        for _ in range(batches):
            process.stdout.readline()
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()

    def copy(self, folder):
        """An old back-up: the database as it is now."""
        if self.name:
            return self._copy_postgresql()
        folder.mkdir()
        for file in self.file.parent.glob("ashar.sqlite3*"):
            shutil.copy(file, folder)
        return {"ASHAR_VAR": str(folder)}

    def _copy_postgresql(self):
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {self.name}_old TEMPLATE {self.name}")
        address = urlsplit(self.surroundings["DATABASE_URL"])._replace(path=f"/{self.name}_old")
        return {"DATABASE_URL": address.geturl()}

    def end(self):
        if self.name:
            with psycopg.connect(self.server, autocommit=True) as connection:
                for name in (self.name, f"{self.name}_old"):
                    connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture
def stage(tmp_path):
    made = Stage(tmp_path / "var")
    yield made
    made.end()


def whole(stage, number):
    """Return what is wrong after a renewal."""
    counted = stage.run("count")
    wanted = {"read": number, "unreadable": 0, "waiting": 0, "forgotten": 0}
    return {name: counted[name] for name in wanted if counted[name] != wanted[name]}


@pytest.mark.trust
def test_p23_keys_are_renewed_though_killed_in_the_middle(stage):
    stage.run("fill", PEOPLE)
    ring.add(stage.keys)
    for batches in (3, 20):
        stage.killed_after(batches)
        between = stage.run("count")
        assert (between["read"], between["unreadable"]) == (PEOPLE, 0)
        assert 0 < between["waiting"] < PEOPLE
    stage.run("renew")
    assert whole(stage, PEOPLE) == {}
    old = ring.from_folder(stage.keys)
    ring.destroy(stage.keys, next(name for name in old.keys if name != old.current))
    assert whole(stage, PEOPLE) == {}
    ring.add(stage.keys)
    done = stage.run("renew")
    assert done["renewed"] == PEOPLE
    assert done["worked"] <= MOST_SECONDS


@pytest.mark.slow
def test_p23_notices_when_a_batch_is_not_one_transaction(stage, monkeypatch):
    """The planted fault: fields and their key are written apart, and the process is killed."""
    stage.run("fill", 600)
    ring.add(stage.keys)
    stage.surroundings["ASHAR_PLANTED"] = "split"
    process = stage.begin("renew")
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert whole(stage, 600)["unreadable"] > 0


@pytest.mark.slow
def test_p23_one_person_is_forgotten_in_old_copies_too(stage, tmp_path):
    stage.run("fill", 20)
    copy = stage.copy(tmp_path / "old")
    keys_of_then = tmp_path / "keys-of-then"
    shutil.copytree(stage.keys, keys_of_then)
    stage.run("forget", 7)
    assert stage.run("count") == {"read": 19, "unreadable": 1, "waiting": 0, "forgotten": 1}

    def read_copy(keys):
        kept = stage.surroundings
        stage.surroundings = {**kept, **copy, "ASHAR_KEYS": str(keys)}
        try:
            return stage.run("count")["read"]
        finally:
            stage.surroundings = kept

    # The planted fault and the reason for changing keys: with the old key the copy tells all.
    assert read_copy(keys_of_then) == 20
    old = ring.from_folder(stage.keys).current
    ring.add(stage.keys)
    stage.run("renew")
    ring.destroy(stage.keys, old)
    assert read_copy(stage.keys) == 0
    assert stage.run("count") == {"read": 19, "unreadable": 1, "waiting": 0, "forgotten": 1}
