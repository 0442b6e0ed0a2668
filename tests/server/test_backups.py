"""A back-up restores whole, is locked, and its damage shows (P29)."""

from __future__ import annotations

import gzip
import json
import subprocess
from datetime import timedelta
from io import StringIO
from pathlib import Path
from shutil import which

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from ashar.server.backups import archive, folder, schedule, taking
from ashar.server.backups.drilling import drill
from ashar.server.backups.errors import BackupRefused
from ashar.server.backups.portrait import Portrait
from ashar.server.backups.taking import new_key, take
from ashar.server.models import Beat, SentForm

pytestmark = pytest.mark.django_db(transaction=True)
CANARY = "Canary 12345678901234"


@pytest.fixture
def safe(settings, tmp_path):
    """The settings of a machine that takes back-ups, and the key in its safe."""
    identity, recipient = new_key()
    settings.VAR_DIR = tmp_path / "var"
    settings.BACKUP_FOLDER = tmp_path / "backups"
    settings.BACKUP_RECIPIENTS = [recipient]
    settings.BACKUP_SECOND_FOLDER = ""
    settings.ASHAR_DEMONSTRATION = False
    media = Path(settings.MEDIA_ROOT)
    media.mkdir(parents=True)
    (media / "paper.pdf").write_text(CANARY)
    key = tmp_path / "safe.txt"
    key.write_text(f"# key to the back-ups\n{identity}\n")
    for number in range(3):
        SentForm.objects.create(digest=f"{number}", answer=CANARY)
    return key


def test_p29_a_drill_restores_and_compares(safe):
    shown = drill(take().file, identity=safe)
    assert (shown.rows >= 3, shown.files) == (True, 2)


def drilled(key, change):
    """Take a back-up, damage it, and return why the drill refuses it."""
    backup = take()
    change(backup.file)
    with pytest.raises(BackupRefused) as refused:
        drill(backup.file, identity=key)
    return str(refused.value)


def _flip(file):
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def _flip_without_label(file):
    _flip(file)
    file.with_name(file.name + ".json").unlink()


def _cut(file):
    file.write_bytes(file.read_bytes()[:-100])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_flip, "not as it was written"),
        (_flip_without_label, "damaged"),
        (_cut, "length"),
        (Path.unlink, "missing"),
    ],
)
def test_p29_notices_when_a_backup_is_damaged(safe, change, words):
    assert words in drilled(safe, change)


def test_p29_notices_when_the_copy_missed_a_row(safe, monkeypatch):
    """What a copy of the main file alone does: rows of the write-ahead log are not in it."""
    real = taking.copy_database

    def copy_then_work(work):
        file, drawn = real(work)
        more = {**drawn.counts, "server_sentform": drawn.counts["server_sentform"] + 1}
        return file, Portrait(more, drawn.contents, drawn.head, drawn.migrations)

    monkeypatch.setattr(taking, "copy_database", copy_then_work)
    assert "server_sentform: 4 rows became 3" in drilled(safe, lambda file: None)


def test_p29_notices_when_a_value_is_another(safe, monkeypatch):
    real = taking.copy_database

    def other_content(work):
        file, drawn = real(work)
        return file, Portrait(drawn.counts, {**drawn.contents, "server_sentform": "0"})

    monkeypatch.setattr(taking, "copy_database", other_content)
    assert "server_sentform: rows are not the same" in drilled(safe, lambda file: None)


def test_another_key_does_not_open_it(safe, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text(new_key()[0])
    with pytest.raises(BackupRefused, match="not the key"):
        drill(take().file, identity=other)
    with pytest.raises(BackupRefused, match="--identity"):
        drill(take().file)


def test_p21_nothing_can_be_read_in_it_and_no_plain_copy_stays(safe, settings):
    backup = take()
    left = [path for path in Path(settings.VAR_DIR).rglob("*") if path.is_file()]
    assert CANARY.encode() not in backup.file.read_bytes()
    assert CANARY not in json.dumps(backup.label)
    assert left == []


def test_p21_notices_when_it_is_not_locked(safe, settings):
    settings.ASHAR_DEMONSTRATION = True
    backup = take(plain=True)
    assert CANARY.encode() in gzip.decompress(backup.file.read_bytes())


def test_an_unlocked_backup_is_refused_outside_the_demonstration(safe, settings):
    settings.BACKUP_RECIPIENTS = []
    for words in ({}, {"plain": True}):
        with pytest.raises(BackupRefused, match="--new-key"):
            take(**words)


def test_the_programs_of_debian_open_it_too(safe, tmp_path):
    age, tar = which("age"), which("tar")
    if age is None or tar is None:
        pytest.skip("age is not installed")
    plain = subprocess.run(
        [age, "--decrypt", "--identity", safe, take().file], capture_output=True, check=True
    ).stdout
    listed = subprocess.run([tar, "-tz"], input=plain, capture_output=True, check=True).stdout
    assert listed.decode().splitlines()[1:] == ["media/paper.pdf", "manifest.json"]


def test_keys_go_in_only_when_asked_and_that_is_said(safe, settings, tmp_path):
    settings.KEYS_DIR = tmp_path / "keys"
    settings.KEYS_DIR.mkdir()
    (settings.KEYS_DIR / "people").write_text("secret")
    said, loud = StringIO(), StringIO()
    call_command("backup", stdout=said, stderr=loud)
    assert "THE KEYS ARE NOT INSIDE" in loud.getvalue()
    with_keys = take(with_keys=True)
    work = folder.work_folder("tried")
    files = archive.unpack(with_keys.file, work, archive.identities_of(safe))["files"]
    assert "keys/people" in files


def test_a_new_key_is_printed_and_kept_nowhere(safe, settings):
    said = StringIO()
    call_command("backup", new_key=True, stdout=said)
    assert "AGE-SECRET-KEY-1" in said.getvalue()
    assert "ASHAR_BACKUP_RECIPIENT=age1" in said.getvalue()
    assert not Path(settings.VAR_DIR).exists()


def test_a_restore_into_a_full_place_is_refused(safe):
    backup = take()
    with pytest.raises(CommandError, match="There is data here already"):
        call_command("restore", str(backup.file), identity=safe)


def test_a_hostile_name_inside_is_refused(tmp_path):
    source = tmp_path / "x.tar.gz"
    (tmp_path / "y").write_text("y")
    with source.open("wb") as out:
        archive.pack(out, [("../outside", tmp_path / "y")], {}, [])
    with pytest.raises(BackupRefused, match="name"):
        archive.unpack(source, tmp_path / "into", [])
    assert not (tmp_path / "outside").exists()


def test_the_second_folder_gets_its_copy_and_must_be_there(safe, settings, tmp_path):
    settings.BACKUP_SECOND_FOLDER = str(tmp_path / "stick")
    with pytest.raises(BackupRefused, match="plugged in"):
        take()
    (tmp_path / "stick").mkdir()
    backup = take()
    (copied,) = folder.backups_in(tmp_path / "stick")
    assert (copied.label, copied.faults()) == (backup.label, [])


def test_the_last_ones_and_one_of_each_day_are_kept(safe, settings):
    backup = take()
    now = timezone.now()
    for hours in (1, 2, 3, 30, 31, 24 * 40):
        name = f"ashar-{hours}.age"
        backup.file.with_name(name).touch()
        at = (now - timedelta(hours=hours)).isoformat()
        folder.write_label(backup.file.with_name(name), {**backup.label, "file": name, "at": at})
    gone = set(folder.sweep(Path(settings.BACKUP_FOLDER), keep=3))
    assert "ashar-960.age" in gone
    assert {"ashar-1.age", "ashar-2.age", "ashar-30.age"} & gone == set()
    assert "ashar-31.age" in gone or "ashar-30.age" not in gone


def test_the_worker_takes_one_when_it_is_due(safe, settings):
    settings.BACKUP_HOURS = 1
    assert (schedule.take_due(), schedule.take_due()) == (1, 0)
    schedule.read_again()
    assert Beat.objects.get(name=schedule.READ).said["faults"] == []
    settings.BACKUP_RECIPIENTS = []
    assert schedule.take_due() == 0


def test_the_worker_notices_a_damaged_backup(safe, settings):
    settings.BACKUP_HOURS = 1
    schedule.take_due()
    _flip(folder.newest().file)
    schedule.read_again()
    assert len(Beat.objects.get(name=schedule.READ).said["faults"]) == 1


def test_without_the_client_programs_it_says_what_to_install(safe, monkeypatch):
    if connection.vendor == "sqlite":
        pytest.skip("says something about PostgreSQL only")
    monkeypatch.setattr("ashar.server.backups.copying.shutil.which", lambda name: None)
    with pytest.raises(BackupRefused, match="postgresql-client"):
        take()


def test_the_settings_name_a_wrong_key(safe, settings):
    settings.BACKUP_RECIPIENTS = ["age1nonsense"]
    with pytest.raises(BackupRefused, match="age1"):
        take()
    assert list(Path(settings.BACKUP_FOLDER).iterdir()) == []
