"""No file without its record, no record without its file: after a refusal, after a crash."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import transaction

from ashar.documents import actions
from ashar.documents.actions import make_paper, store_upload, sweep_orphans
from ashar.documents.models import Document
from ashar.documents.queries import documents_without_file
from tests.documents.papers import PROTOCOL
from tests.hostile.corpus import PDF


def kept(settings):
    root = Path(settings.MEDIA_ROOT)
    return sorted(p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file())


def faults(settings):
    """Files without a record, records without their file."""
    gc.collect()
    named = set(Document.objects.values_list("file", flat=True))
    return [*(set(kept(settings)) - named), *documents_without_file()]


def upload():
    sent = SimpleUploadedFile("a.pdf", PDF)
    return store_upload(sent, kind="x", title="x", by=None, visibility="parties")


def paper():
    return make_paper("gathering_protocol", {"ky": PROTOCOL}, by=None, visibility="public")


class Planned(Exception):
    pass


def given_up(write):
    """Write, then take everything back."""

    def deed():
        with transaction.atomic():
            write()
            raise Planned

    with pytest.raises(Planned):
        deed()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("write", [upload, paper])
def test_a_deed_that_is_taken_back_leaves_no_file(settings, write):
    given_up(write)
    assert Document.objects.count() == 0
    assert faults(settings) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("write", [upload, paper])
def test_a_deed_that_stands_keeps_its_files(settings, write):
    write()
    assert len(kept(settings)) == Document.objects.count() > 0
    assert faults(settings) == []


@pytest.mark.django_db(transaction=True)
def test_what_was_taken_back_inside_a_larger_deed_leaves_no_file(settings):
    with transaction.atomic():
        upload()
        given_up(upload)
    assert Document.objects.count() == len(kept(settings)) == 1


@pytest.mark.django_db(transaction=True)
def test_notices_when_files_are_forgotten(settings, monkeypatch):
    monkeypatch.setattr(actions._WrittenFile, "__del__", lambda _self: None)
    given_up(upload)
    assert len(faults(settings)) == 1


@pytest.mark.django_db(transaction=True)
def test_a_file_is_on_the_disk_before_its_record(settings, monkeypatch):
    done = []
    real = actions._put_to_disk

    def put(path):
        done.append((Path(path).is_dir(), Document.objects.count()))
        real(path)

    monkeypatch.setattr(actions, "_put_to_disk", put)
    upload()
    assert done == [(False, 0), (True, 0)]


@pytest.mark.django_db(transaction=True)
def test_orphans_are_swept_and_young_ones_spared(settings, capsys):
    upload()
    orphan = Path(settings.MEDIA_ROOT) / "documents" / "ff" / "orphan"
    orphan.parent.mkdir(parents=True, exist_ok=True)
    orphan.write_bytes(b"x")
    call_command("documents", "sweep")
    assert orphan.exists()
    assert sweep_orphans(timedelta(0)) == [orphan]
    assert faults(settings) == []
    call_command("documents", "check")
    assert "unchanged" in capsys.readouterr().out


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("change", [Path.unlink, lambda path: path.write_bytes(b"other")])
def test_a_missing_or_changed_file_is_found(change):
    document = upload()
    change(Path(document.file.path))
    with pytest.raises(CommandError, match=document.ref):
        call_command("documents", "check")


CRASH = """
import os, sys, django
django.setup()
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from ashar.documents import actions
from tests.hostile.corpus import PDF
moment = sys.argv[1]
def end(*_arguments, **_options):
    os._exit(9)
if moment == "file written":
    actions._put_to_disk = end
elif moment == "before the record":
    actions.Document.save = end
elif moment == "before the end":
    real = actions.Document.save
    def save(self, **options):
        real(self, **options)
        end()
    actions.Document.save = save
actions.store_upload(SimpleUploadedFile("a.pdf", PDF), kind="x", title="x", by=None,
    visibility="parties")
end()
"""


@pytest.mark.faults
def test_a_crash_at_any_moment_leaves_no_record_without_its_file(tmp_path):
    environment = {**os.environ, "ASHAR_VAR": str(tmp_path), "DATABASE_URL": "",
                   "DJANGO_SETTINGS_MODULE": "config.settings"}  # fmt: skip

    def run(*command):
        done = subprocess.run(
            [sys.executable, *command], env=environment, capture_output=True, text=True, check=False
        )
        return done.returncode, done.stdout + done.stderr

    assert run("manage.py", "migrate", "--verbosity", "0")[0] == 0
    for moment in ("file written", "before the record", "before the end", "after the end"):
        assert run("-c", CRASH, moment)[0] == 9
        assert run("manage.py", "documents", "check")[0] == 0, moment
    code, said = run("manage.py", "documents", "sweep", "--minutes", "0")
    assert (code, "3 files" in said) == (0, True), said
    assert run("manage.py", "documents", "check")[0] == 0
    assert len([p for p in (tmp_path / "media").rglob("*") if p.is_file()]) == 1
