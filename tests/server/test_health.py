"""The machine says how it is: shortly to watchers, in sentences to the administrator."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.utils import timezone, translation

from ashar.journal.models import Head
from ashar.parties.models import Account
from ashar.server import health, tasks
from ashar.server.backups import schedule
from ashar.server.backups.folder import write_label
from ashar.server.backups.taking import new_key
from ashar.server.models import Beat

pytestmark = pytest.mark.django_db


@pytest.fixture
def living(settings, tmp_path, monkeypatch):
    """A machine in order: its worker gave a sign of life a moment ago."""
    settings.VAR_DIR = tmp_path
    settings.BACKUP_FOLDER = tmp_path / "backups"
    settings.ASHAR_ADDRESS = "http://127.0.0.1"
    # The tests make their tables without migrations.
    monkeypatch.setattr(health, "_is_migrated", _Yes())
    health.beat()
    return settings


class _Yes:
    def __call__(self):
        return True

    def cache_clear(self):
        return None


def test_live_asks_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/health/live").json() == {"live": True}


def test_ready_when_all_is_in_order(client, living):
    answer = client.get("/health/ready")
    assert (answer.status_code, set(answer.json().values())) == (200, {True})


def _silent_worker(monkeypatch):
    Beat.objects.update(at=timezone.now() - timedelta(minutes=6))


def _full_disk(monkeypatch):
    usage = type("Usage", (), {"free": 1024})
    monkeypatch.setattr(health.shutil, "disk_usage", lambda path: usage)


def _clock_set_back(monkeypatch):
    Head.objects.update_or_create(pk=1, defaults={"at": timezone.now() + timedelta(hours=2)})


def _other_tables(monkeypatch):
    class No(_Yes):
        def __call__(self):
            return False

    monkeypatch.setattr(health, "_is_migrated", No())


def _no_database(monkeypatch):
    class Gone:
        vendor = "sqlite"

        def cursor(self):
            raise DatabaseError("gone")

    monkeypatch.setattr(health, "connection", Gone())


@pytest.mark.parametrize(
    ("fault", "part"),
    [
        (_silent_worker, "worker"),
        (_full_disk, "disk"),
        (_clock_set_back, "clock"),
        (_other_tables, "migrations"),
        (_no_database, "database"),
    ],
)
def test_ready_notices_when_a_part_is_not(client, living, monkeypatch, fault, part):
    fault(monkeypatch)
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert [name for name, good in answer.json().items() if not good] == [part]


@pytest.fixture
def backed_up(living, tmp_path):
    living.BACKUP_RECIPIENTS = [new_key()[1]]
    living.BACKUP_HOURS = 1
    living.MEDIA_ROOT = tmp_path / "media"
    label = {"file": "ashar-1.age", "bytes": 3, "sha256": "x", "at": timezone.now().isoformat()}
    Path(living.BACKUP_FOLDER).mkdir()
    file = Path(living.BACKUP_FOLDER) / "ashar-1.age"
    file.write_text("abc")
    write_label(file, label)
    return file, label


def test_a_fresh_backup_is_good(backed_up):
    assert health.backup().state == "good"


def test_a_missing_old_or_damaged_backup_is_noticed(backed_up):
    file, label = backed_up
    schedule.read_again()
    assert health.backup_read().is_bad
    old = (timezone.now() - timedelta(hours=4)).isoformat()
    write_label(file, {**label, "at": old})
    assert health.backup().is_bad
    file.unlink()
    assert health.backup().is_bad


def test_no_backup_is_bad_at_work_and_a_hint_in_the_demonstration(living):
    living.BACKUP_RECIPIENTS = []
    living.ASHAR_DEMONSTRATION = False
    assert health.backup().is_bad
    living.ASHAR_DEMONSTRATION = True
    assert not health.backup().is_bad


def test_the_page_is_for_the_administrator(client, living):
    someone = Account.objects.create_user(username="someone")
    assert client.get("/ky/health/").status_code == 302
    client.force_login(someone)
    assert client.get("/ky/health/").status_code == 404
    someone.is_staff = True
    someone.save()
    page = client.get("/ru/health/").content.decode()
    assert "govuk-summary-list" in page
    assert "Django" in page


def test_the_terminal_says_the_same_and_ends_with_a_fault(living):
    said = StringIO()
    call_command("health", stdout=said)
    assert "ok    Worker" in said.getvalue()
    Beat.objects.all().delete()
    with pytest.raises(CommandError, match="act now"):
        call_command("health", stdout=StringIO())


def test_a_certificate_that_ends_soon_is_noticed(living):
    living.ASHAR_ADDRESS = "https://ashar.example"
    for days, state in ((60, "good"), (5, "bad")):
        until = (timezone.now() + timedelta(days=days)).isoformat()
        Beat.objects.update_or_create(name=health.CERTIFICATE, defaults={"said": {"until": until}})
        with translation.override("ru"):
            assert health.certificate().state == state


def test_the_worker_beats_and_takes_backups():
    assert "ashar.server.health.beat" in tasks.TASKS
    assert "ashar.server.backups.schedule.take_due" in tasks.TASKS


def _figures(client, **headers):
    return client.get("/metrics", headers=headers).status_code


def test_figures_are_given_to_this_machine_and_to_the_word_agreed_on(client, settings):
    settings.METRICS_TOKEN = "agreed"
    client.get("/health/live")
    text = client.get("/metrics").content.decode()
    assert 'ashar_requests_total{method="GET",route="health/live",status="200"}' in text
    assert _figures(client, x_forwarded_for="10.0.0.1") == 404
    assert _figures(client, x_forwarded_for="10.0.0.1", authorization="Bearer no") == 404
    assert _figures(client, x_forwarded_for="10.0.0.1", authorization="Bearer agreed") == 200
    settings.METRICS_TOKEN = ""
    assert _figures(client, x_forwarded_for="10.0.0.1", authorization="Bearer ") == 404


def test_figures_name_no_case_and_no_person(client):
    client.get("/ky/cases/K7M2-9QXDT/?name=Canary")
    text = client.get("/metrics").content.decode()
    assert ("K7M2" in text, "Canary" in text) == (False, False)
