"""P33: hostile files do nothing. A corpus of kinds, and many damaged copies of each."""

from __future__ import annotations

import os
import random
import socket
import struct
import threading
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ashar.documents.actions import RefusedUpload, store_upload
from ashar.documents.core import RefusedFile, archives, check_upload, office, pdfs
from ashar.documents.core.uploads import safe_name
from ashar.documents.models import Document
from tests.hostile.corpus import PDF, Hostile, corpus, eicar, open_document, sheet_file, word_file

LONGEST = 1.0  # seconds for one file
MUTATIONS = int(os.environ.get("ASHAR_MUTATIONS", "50000"))
HONEST = {
    "Арыз.pdf": PDF,
    "сметасы 2026.docx": word_file(),
    "тизме.xlsx": sheet_file(2_000),
    "кат.odt": open_document("<x>http://asel.kg <a/></x>"),
}


def faults(kinds, guard=check_upload):
    """What went wrong: accepted, broke with another error, took too long."""
    found = []
    for kind, file in kinds.items():
        start = time.monotonic()
        try:
            kept = guard(file.name, file.content)
        except RefusedFile:
            pass
        except Exception as fault:  # noqa: BLE001 - just this is counted
            found.append((kind, f"broke: {type(fault).__name__}"))
        else:
            # A picture is written anew; of everything else the very bytes are kept.
            is_whole = kind in corpus() and kept.content == file.content
            if is_whole or file.is_harmful(kept.content):
                found.append((kind, "accepted"))
        if time.monotonic() - start > LONGEST:
            found.append((kind, f"slow: {time.monotonic() - start:.1f} s"))
    return found


def mutated(random_, content):
    """One to eight small damages: signs changed, cut out, doubled, moved."""
    made = bytearray(content)
    for _damage in range(random_.randint(1, 8)):
        if not made:
            break
        place, length = random_.randrange(len(made)), random_.randint(1, 40)
        match random_.randrange(5):
            case 0:
                made[place] = random_.randrange(256)
            case 1:
                del made[place : place + length]
            case 2:
                made[place:place] = made[place : place + length]
            case 3:
                made[place:place] = random_.randbytes(length)
            case _:
                del made[place:]
    return bytes(made)


def mutations(seed, count):
    """Damaged copies of kinds that are not large in themselves."""
    random_ = random.Random(seed)  # noqa: S311 - repeatable, not secret
    kinds = [(kind, file) for kind, file in corpus().items() if len(file.content) < 200_000]
    for number in range(count):
        kind, file = kinds[number % len(kinds)]
        yield (
            f"{kind} {number}",
            Hostile(file.name, mutated(random_, file.content), file.is_harmful),
        )


def test_p33_there_are_at_least_eighteen_kinds():
    assert len(corpus()) >= 18


def test_p33_no_hostile_file_is_accepted_none_breaks_the_guard_none_takes_long():
    assert faults(corpus()) == []


@pytest.mark.parametrize("name", HONEST)
def test_p33_an_honest_file_is_kept(name):
    assert check_upload(name, HONEST[name]).content == HONEST[name]


def test_p33_damaged_copies_a_few():
    assert faults(dict(mutations(1, 1_500))) == []


@pytest.mark.faults
def test_p33_damaged_copies_fifty_thousand():
    found = []
    for start in range(0, MUTATIONS, 2_000):
        found += faults(dict(mutations(start, min(2_000, MUTATIONS - start))))
    print(f"{MUTATIONS} damaged copies of {len(corpus())} kinds: {len(found)} faults")  # noqa: T201
    assert found == []


@pytest.mark.parametrize(
    ("room", "name", "weaker", "kind"),
    [
        (pdfs, "_packed_objects", lambda _content: [], "packed script in a PDF"),
        (office, "_check_links", lambda _relations: None, "external template by number"),
        (archives, "_check_names", lambda _parts, _names: None, "data connection"),
        (office, "_has_fetching_field", lambda _said: False, "order in two halves"),
    ],
)
def test_p33_notices_when_a_part_of_the_guard_is_gone(monkeypatch, room, name, weaker, kind):
    monkeypatch.setattr(room, name, weaker)
    assert (kind, "accepted") in faults({kind: corpus()[kind]})


def test_p33_notices_when_the_guard_breaks_or_sleeps(monkeypatch):
    def breaks(_name, _content):
        raise KeyError

    def sleeps(_name, _content):
        time.sleep(LONGEST + 0.05)
        raise RefusedFile("empty")

    one = {"EICAR": corpus()["EICAR"]}
    assert faults(one, breaks) == [("EICAR", "broke: KeyError")]
    assert faults(one, sleeps)[0][1].startswith("slow")


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\a\\смета.xlsx", "смета.xlsx"),
        ("con.pdf", "con_.pdf"),
        ('a<b>:"|?*.pdf', "a_b______.pdf"),
        ("a\x00\u202e\u200b\ud800.pdf", "a.pdf"),
        ("  .. a.pdf .", "a.pdf"),
    ],
)  # fmt: skip
def test_p33_a_name_is_only_a_name(sent, kept):
    assert safe_name(sent) == kept


# The scanner


@pytest.fixture
def scanner(tmp_path):
    """A scanner that speaks clamd's own words and knows EICAR alone."""
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(tmp_path / "clamd.ctl"))
        door.listen()

        def serve():
            while True:
                try:
                    line, _from = door.accept()
                except OSError:
                    return
                with line, line.makefile("rb") as sent:
                    assert sent.read(10) == b"zINSTREAM\0"
                    content = b""
                    while size := struct.unpack("!L", sent.read(4))[0]:
                        content += sent.read(size)
                    bad = eicar() in content
                    line.sendall(b"stream: Eicar-Signature FOUND\0" if bad else b"stream: OK\0")

        threading.Thread(target=serve, daemon=True).start()
        yield str(tmp_path / "clamd.ctl")
        door.shutdown(socket.SHUT_RDWR)


def sent(content):
    return store_upload(
        SimpleUploadedFile("a.pdf", content), kind="x", title="x", by=None, visibility="parties"
    )


@pytest.mark.django_db
def test_p33_where_a_scanner_runs_it_is_asked(settings, scanner):
    settings.ASHAR_VIRUS_SCANNER = scanner
    assert sent(PDF).pk
    with pytest.raises(RefusedUpload) as refused:
        sent(PDF.replace(b"%%EOF", eicar() + b"\n%%EOF"))
    assert refused.value.reason == "infected"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/nowhere/clamd.ctl", "127.0.0.1:1", "nonsense"])
def test_p33_a_scanner_that_does_not_answer_lets_nothing_in(settings, address):
    settings.ASHAR_VIRUS_SCANNER = address
    with pytest.raises(RefusedUpload) as refused:
        sent(PDF)
    assert refused.value.reason == "no_scanner"
    assert "администратор" in str(refused.value)
    assert Document.objects.count() == 0
