"""Papers are kept, read by those who may, and verified by anybody."""

from __future__ import annotations

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404

from ashar.documents import access
from ashar.documents.access import document_for
from ashar.documents.actions import MissingKyrgyz, RefusedUpload, make_paper, store_upload
from ashar.documents.core import digest
from ashar.documents.models import Document
from ashar.documents.queries import tidy_code, verified_paper
from ashar.parties.models import Account
from tests.documents.papers import AGREEMENT, PROTOCOL
from tests.documents.test_uploads import PDF

pytestmark = pytest.mark.django_db
RUSSIAN = {"ky": PROTOCOL, "ru": AGREEMENT}


@pytest.fixture
def aigul():
    return Account.objects.create_user("aigul")


@pytest.fixture
def zamir():
    return Account.objects.create_user("zamir")


@pytest.fixture(autouse=True)
def readers(monkeypatch):
    kept = []
    monkeypatch.setattr(access, "_readers", kept)
    return kept


def made(by, visibility="public"):
    return make_paper("gathering_protocol", RUSSIAN, by=by, visibility=visibility)


def content_of(document):
    with document.file.open("rb") as file:
        return file.read()


def test_a_paper_becomes_four_files_of_one_snapshot_under_one_code(aigul):
    files = made(aigul)
    assert [f.file_name.rpartition("-")[2] for f in files] == [
        "ky.docx", "ky.pdf", "ru.docx", "ru.pdf",
    ]  # fmt: skip
    assert len({f.verification_code for f in files}) == 1
    assert len({f.made_from_sha256 for f in files}) == 1
    assert len({f.ref for f in files}) == 4
    for file in files:
        assert file.sha256 == hashlib.sha256(content_of(file)).hexdigest()
        assert "gathering" not in file.file.name


def test_the_snapshot_survives_the_database(aigul):
    ref = made(aigul)[0].ref
    kept = Document.objects.get(ref=ref)
    assert kept.made_from_sha256 == digest(kept.made_from)


def test_nothing_is_published_without_kyrgyz(aigul):
    with pytest.raises(MissingKyrgyz):
        make_paper("agreement", {"ru": AGREEMENT}, by=aigul, visibility="public")
    assert Document.objects.count() == 0


def test_an_upload_is_kept_and_a_bad_one_refused_in_the_readers_language(aigul):
    kept = store_upload(
        SimpleUploadedFile("Арыз.pdf", PDF), kind="application", title="Арыз", by=aigul,
        visibility="parties",
    )  # fmt: skip
    assert (kept.title_ky, kept.file_name, kept.size, kept.made_from) == (
        "Арыз", "Арыз.pdf", len(PDF), None,
    )  # fmt: skip
    with pytest.raises(RefusedUpload) as refused:
        store_upload(
            SimpleUploadedFile("a.exe", b"MZ"), kind="x", title="", by=aigul, visibility="parties"
        )
    assert refused.value.reason == "runnable"
    assert "программа" in str(refused.value)


def test_who_may_not_read_a_file_may_not_learn_that_it_exists(aigul, zamir, client, readers):
    readers.append(lambda user, _document: user == aigul)
    document = made(aigul, "parties")[1]
    assert document_for(aigul, document.ref) == document
    with pytest.raises(Http404):
        document_for(zamir, document.ref)
    assert client.get(document.get_absolute_url()).status_code == 404
    client.force_login(zamir)
    assert client.get(document.get_absolute_url()).status_code == 404
    client.force_login(aigul)
    answer = client.get(document.get_absolute_url())
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"


def test_a_public_file_is_read_by_everybody(aigul, client):
    answer = client.get(made(aigul)[0].get_absolute_url())
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    b"".join(answer.streaming_content)


@pytest.mark.parametrize(
    ("typed", "code"),
    [("k7m2-9qxdt", "K7M2-9QXDT"), (" K7M2 9QXDT ", "K7M2-9QXDT"), ("К7М2-9QХDТ", "K7M2-9QXDT"),
     ("AEIOU", ""), ("", "-")],
)  # fmt: skip
def test_a_code_is_read_however_it_is_typed(typed, code):
    assert tidy_code(typed) == code


def test_anybody_sees_what_a_public_paper_says(aigul, client):
    code = made(aigul)[0].verification_code
    answer = client.get(f"/v/{code.lower()}/")
    assert answer["Location"] == f"/ky/verify/{code}/"
    page = client.get(answer["Location"]).content.decode()
    for part in ("Жарандардын жыйынынын протоколу", "147 адам", code, "Үлгү айыл өкмөтү"):
        assert part in page
    assert "1\u00a0146\u00a0000,00" in client.get(f"/ru/verify/{code}/").content.decode()


def test_of_a_private_paper_only_its_existence_is_told(aigul, zamir, client):
    code = made(aigul, "parties")[0].verification_code
    client.force_login(zamir)
    page = client.get(f"/ky/verify/{code}/").content.decode()
    assert "Мындай документ бар" in page
    assert "Үлгү айыл өкмөтү" in page
    for part in ("протокол", "147 адам", "/documents/"):
        assert part not in page
    assert verified_paper(code, "ky").lines == ()


def test_a_file_is_compared_with_the_one_kept(aigul, client):
    document = made(aigul)[1]
    address = f"/ky/verify/{document.verification_code}/"
    content = content_of(document)
    same = client.post(address, {"file": SimpleUploadedFile("x.pdf", content)})
    assert document.file_name in same.content.decode()
    other = client.post(address, {"file": SimpleUploadedFile("x.pdf", content + b" ")})
    assert "Файл башка." in other.content.decode()
    none = client.post(address)
    assert none.context["form"].errors.keys() == {"file"}


def test_an_unknown_code_is_answered_clearly(client):
    answer = client.get("/ky/verify/K7M2-9QXDT/")
    assert answer.status_code == 404
    assert "Мындай коду бар документ жок" in answer.content.decode()
    assert "«K7M2-9QXDT»" in answer.content.decode()
    assert client.get("/v/%3Cscript%3E/")["Location"] == "/ky/verify/unknown/"
    nothing = client.get("/ky/verify/unknown/").content.decode()
    assert "«unknown»" not in nothing
    assert "«ky»" not in nothing


def test_a_code_is_asked_for(client):
    answer = client.post("/ru/verify/", {"code": "к7м2 9qxdt"})
    assert answer["Location"] == "/ru/verify/K7M2-9QXDT/"
    wrong = client.post("/ru/verify/", {"code": "HELLO"})
    assert wrong.context["form"].errors.keys() == {"code"}
