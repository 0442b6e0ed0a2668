"""A municipality at work is told what it forgot, with a number and a remedy."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings as now
from django.db import connection

from ashar.server import checks, production
from tests.people import build_world
from tests.server.test_checks import _Server

OPERATIONS = Path(now.BASE_DIR) / "docs/operations.md"


@pytest.fixture
def at_work(settings, tmp_path):
    """The settings of a municipality that forgot nothing."""
    (tmp_path / "var").mkdir()
    (tmp_path / "keys").mkdir(mode=0o700)
    (tmp_path / "stick").mkdir()
    settings.ASHAR_DEMONSTRATION = False
    settings.VAR_DIR = tmp_path / "var"
    settings.KEYS_DIR = tmp_path / "keys"
    settings.SECRET_KEY = "x" * 67
    settings.DEBUG = False
    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = True
    settings.ASHAR_ADDRESS = "https://ashar.example.kg"
    settings.ALLOWED_HOSTS = ["ashar.example.kg"]
    settings.EMAIL_HOST = "mail.example.kg"
    settings.BACKUP_RECIPIENTS = ["age1x"]
    settings.BACKUP_SECOND_FOLDER = "/proc"  # another disk
    return settings


def _found():
    return {one.id for one in production.check_settings()}


def test_nothing_is_said_when_nothing_is_forgotten(at_work):
    assert _found() <= {"server.W007"}  # this very machine may have no keeper of the clock


@pytest.mark.parametrize(
    ("name", "value", "number"),
    [
        ("SECRET_KEY", "short", "server.E007"),
        ("DEBUG", True, "server.E008"),
        ("SECURE_SSL_REDIRECT", False, "server.W003"),
        ("ASHAR_ADDRESS", "http://ashar.example.kg", "server.W003"),
        ("ALLOWED_HOSTS", ["*", "ashar.example.kg"], "server.E012"),
        ("ALLOWED_HOSTS", ["other.kg"], "server.W004"),
        ("EMAIL_HOST", "", "server.W005"),
        ("TIME_ZONE", "UTC", "server.W006"),
        ("BACKUP_RECIPIENTS", [], "server.W008"),
        ("BACKUP_SECOND_FOLDER", "", "server.W009"),
    ],
)
def test_each_thing_forgotten_has_its_number(at_work, name, value, number):
    setattr(at_work, name, value)
    assert number in _found()


def test_a_second_folder_on_the_same_disk_is_no_second_disk(at_work, tmp_path):
    at_work.BACKUP_SECOND_FOLDER = str(tmp_path / "stick")
    assert "server.W009" in _found()


def test_keys_that_others_can_read_are_noticed(at_work):
    key = Path(at_work.KEYS_DIR) / "people"
    key.touch(mode=0o600)
    assert "server.E010" not in _found()
    key.chmod(0o640)
    assert "server.E010" in _found()


def test_a_machine_without_a_keeper_of_the_clock(at_work, monkeypatch):
    real = Path.is_dir
    monkeypatch.setattr(
        Path, "is_dir", lambda self: str(self) == "/run/systemd/system" or real(self)
    )
    monkeypatch.setattr(production, "_exists", lambda path: False)
    assert "server.W007" in _found()


def test_reports_without_their_library(at_work, monkeypatch):
    at_work.SENTRY_DSN = "https://x@y/1"
    monkeypatch.setattr(production.importlib.util, "find_spec", lambda name: None)
    assert "server.E013" in _found()


def test_a_demonstration_is_let_off(at_work):
    at_work.ASHAR_DEMONSTRATION = True
    at_work.SECRET_KEY = "short"
    assert _found() == set()


@pytest.mark.django_db
def test_accounts_of_the_demonstration_at_work(at_work):
    assert production.check_accounts(databases=["default"]) == []
    build_world()
    assert [one.id for one in production.check_accounts(databases=["default"])] == ["server.E009"]


@pytest.mark.django_db
def test_the_server_of_the_database_is_asked_too():
    if connection.vendor != "postgresql":
        pytest.skip("says something about PostgreSQL only")
    found = [one.id for one in production.check_server(databases=["default"])]
    assert set(found) <= {"server.W010", "server.W011"}


class _Talkative(_Server):
    def execute(self, question):
        name = question.removeprefix("SHOW ")
        self.answer = self.answers.get(name, self.answers["rights"])


@pytest.mark.parametrize(
    ("verbosity", "rights", "expected"),
    [
        ("terse", False, []),
        ("default", False, ["server.W010"]),
        ("terse", True, ["server.W011"]),
    ],
)
def test_a_talkative_server_or_a_strong_role(monkeypatch, verbosity, rights, expected):
    server = _Talkative({"log_error_verbosity": verbosity, "rights": rights})
    monkeypatch.setattr(production, "connections", {"default": server})
    assert [one.id for one in production.check_server(databases=["default"])] == expected


MOUNTS = """\
22 1 254:0 / / rw shared:1 - ext4 /dev/vda rw
30 22 0:40 / /srv/far rw - nfs4 server:/export rw
31 22 0:41 / /srv/with\\040space rw - cifs //server/share rw
32 22 0:42 / /srv/stick rw - fuse.sshfs me@server: rw
33 30 254:1 / /srv/far/near rw - xfs /dev/vdb rw
"""


@pytest.mark.parametrize(
    ("place", "refused"),
    [
        ("/srv/near/x.sqlite3", False),
        ("/srv/far/x.sqlite3", True),
        ("/srv/far/near/x.sqlite3", False),
        ("/srv/with space/x.sqlite3", True),
        ("/srv/stick/x.sqlite3", True),
        ("/srv/farther/x.sqlite3", False),
    ],
)
def test_p27_a_network_folder_is_refused(tmp_path, monkeypatch, place, refused):
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS)
    monkeypatch.setattr(checks, "MOUNTS", mounts)
    connected = type("Connected", (), {"settings_dict": {"NAME": place}})()
    found = [one.id for one in checks._distance_faults(connected)]
    assert found == ["server.E011"] * refused


def test_every_number_is_explained_in_the_documents():
    rooms = (Path(now.BASE_DIR) / "ashar/server").glob("*.py")
    numbers = {
        number
        for path in rooms
        for number in re.findall(r"\b(?:server\.)?([EW]0\d\d)\b", path.read_text(encoding="utf-8"))
    }
    text = OPERATIONS.read_text(encoding="utf-8")
    assert {number for number in numbers if f"server.{number}" not in text} == set()
