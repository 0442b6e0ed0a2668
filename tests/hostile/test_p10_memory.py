"""P10: what is sent is never written to the disk before it was looked at, however large."""

from __future__ import annotations

import sys
from contextlib import contextmanager

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.test import Client

from ashar.cases.models import CaseDocument
from ashar.documents.models import Document
from ashar.documents.queries import documents_without_file
from ashar.interface.uploads import DroppedUpload
from tests.calls import contest
from tests.people import build_world

pytestmark = pytest.mark.django_db
CANARY = b"kanareika-7f3a"
DEFAULT = "django.core.files.uploadhandler.TemporaryFileUploadHandler"
MEGABYTE = 1024 * 1024
_opened: list[str] | None = None


def _listen(event, arguments):
    if _opened is not None and event == "open":
        path, mode, flags = arguments
        if (isinstance(mode, str) and set(mode) & set("wxa+")) or (flags or 0) & 3:
            _opened.append(str(path))


sys.addaudithook(_listen)


@contextmanager
def written():
    """Every file that Python opens for writing."""
    global _opened  # noqa: PLW0603 - a hook of the interpreter cannot be taken off
    _opened = []
    try:
        yield _opened
    finally:
        _opened = None


@pytest.fixture
def world(db):
    return build_world()


@pytest.fixture
def call(world):
    return contest.prepared(world)


@pytest.fixture
def clerk(world):
    client = Client()
    client.force_login(world.people["aigul"])
    return client


def send(clerk, call, *files, **typed):
    data = {"kind": "other", "title": "Кулактандыруу", "file": files[0], **typed}
    for number, file in enumerate(files[1:]):
        data[f"more-{number}"] = file
    return clerk.post(f"/ky/cases/{call.case.ref}/papers/add/", data)


def pdf(size):
    start = b"%PDF-1.7\n1 0 obj <<>> endobj\n"
    return start + CANARY * ((size - len(start)) // len(CANARY)) + b"\n%%EOF\n"


def files_touched(clerk, call, content):
    """Files written while a paper that will be refused is sent, and what they say."""
    with written() as opened:
        answer = send(clerk, call, SimpleUploadedFile("a.pdf", content))
    assert answer.status_code == 200
    return opened


def test_p10_a_refused_file_never_touches_the_disk(clerk, call):
    refused = pdf(3 * MEGABYTE).replace(b"<<>>", b"<</Launch 1>>", 1)
    assert files_touched(clerk, call, refused) == []
    assert Document.objects.count() == 0


def test_p10_notices_the_handler_that_writes_to_a_temporary_folder(clerk, call, settings):
    settings.FILE_UPLOAD_HANDLERS = [DEFAULT]
    assert TemporaryFileUploadHandler.__name__ in DEFAULT
    refused = pdf(3 * MEGABYTE).replace(b"<<>>", b"<</Launch 1>>", 1)
    assert any(name.endswith(".upload.pdf") for name in files_touched(clerk, call, refused))


def test_p10_an_accepted_file_is_written_once_where_it_is_kept(clerk, call, settings):
    with written() as opened:
        answer = send(clerk, call, SimpleUploadedFile("a.pdf", pdf(3 * MEGABYTE)))
    assert answer.status_code == 302
    paths = [name for name in opened if not name.isdigit()]  # a number is a file opened before
    assert len(paths) == 1
    assert paths[0].startswith(str(settings.MEDIA_ROOT))
    assert documents_without_file() == []


def test_a_file_too_large_is_not_kept_in_memory_and_the_rest_comes_back(clerk, call):
    answer = send(clerk, call, SimpleUploadedFile("a.pdf", pdf(21 * MEGABYTE)))
    form = answer.context["form"]
    assert type(form.files["file"]) is DroppedUpload
    assert form.files["file"].size > 20 * MEGABYTE
    assert "10 мегабайттан чоң" in str(form.errors["file"])
    assert "Кулактандыруу" in answer.content.decode()
    assert CaseDocument.objects.count() == 0


def test_files_too_large_together_are_refused_with_a_sentence(clerk, call, settings):
    settings.REQUEST_MAX_BYTES = 2 * MEGABYTE
    large = [SimpleUploadedFile(f"{n}.pdf", pdf(MEGABYTE * 3 // 2)) for n in range(2)]
    answer = send(clerk, call, large[1], large[0])
    assert answer.status_code == 302  # the first still fits
    data = {"kind": "other", "title": "Кулактандыруу", "before": large[0], "file": large[1]}
    for file in large:
        file.seek(0)
    answer = clerk.post(f"/ky/cases/{call.case.ref}/papers/add/", data)
    assert "2 мегабайттан чоң болуп калды" in str(answer.context["form"].errors["file"])
    assert "Кулактандыруу" in answer.content.decode()


def test_too_many_files_and_too_much_text_are_refused_not_broken(clerk, call):
    many = [SimpleUploadedFile(f"{n}.pdf", b"%PDF-") for n in range(30)]
    assert send(clerk, call, *many).status_code == 400
    assert send(clerk, call, many[0], title="ң" * 2_000_000).status_code == 400
