"""What anybody may see of the journal, and how other servers and programs check it."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from ashar.journal.actions import publish_checkpoint, write
from ashar.journal.actions.witnesses import ask_witnesses
from ashar.journal.core import note
from ashar.journal.models import Checkpoint, Cosignature, Entry
from ashar.journal.queries.keys import origin, printed_cosigner_key, printed_key
from ashar.journal.queries.marks import judge_printed, printed_mark
from ashar.journal.views import VERIFIER
from tests.emptying import unguarded
from tests.journal.test_promises import rewrite_from

pytestmark = pytest.mark.django_db
PAGE = "/ky/journal/"


def newest_note():
    return Checkpoint.objects.order_by("-size").first().note


def said(client, text):
    return client.post(PAGE, {"note": text}).content.decode()


def test_the_page_shows_the_newest_mark_to_everybody(history):
    page = Client().get(PAGE).content.decode()
    assert newest_note().split("\n")[2] in page


def test_an_empty_journal_has_a_page_too(db):
    assert Client().get(PAGE).status_code == 200
    assert Client().get(f"{PAGE}checkpoint.txt").status_code == 404


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda text: text, "Белги дал келет."),
        (lambda text: f"\r\n{text.replace(chr(10), chr(13) + chr(10))}\r\n ", "Белги дал келет."),
        (lambda text: text.replace("\n", "\n1", 1), "Бул биздин белги эмес."),
        (lambda _text: "салам", "Бул белги эмес."),
    ],
)
def test_a_mark_that_was_kept_is_compared(history, change, words):
    assert words in said(Client(), change(newest_note()))


def test_a_rewritten_journal_is_shown_up_by_a_mark_that_was_kept(history):
    kept = newest_note()
    with unguarded():
        rewrite_from(3, lambda entry: setattr(entry, "action", "forged"))
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM journal_checkpoint")
    assert "Белги дал келбейт!" in said(Client(), kept)


def test_the_mark_on_paper_is_compared_when_it_is_scanned(history):
    mark = printed_mark()
    assert judge_printed(mark).verdict == "fits"
    size, _point, root = mark.partition(".")
    assert judge_printed(f"{int(size) - 1}.{root}").verdict == "differs"
    assert judge_printed(f"9{mark}").verdict == "ahead"
    for nonsense in ("", "x", "7", "7.", ".abc", "7.%%", f"-{mark}", "\x00.\x00"):
        assert judge_printed(nonsense).verdict == "unreadable"


def run_verifier(*arguments):
    done = subprocess.run(
        [sys.executable, "-I", str(VERIFIER), *map(str, arguments)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout


def test_one_file_checks_the_exported_journal_away_from_here(history, tmp_path):
    exported, kept = tmp_path / "journal.jsonl", tmp_path / "kept.txt"
    call_command("journal", "export", str(exported))
    kept.write_text(newest_note(), encoding="utf-8")
    asked = ("journal", exported, "--note", kept, "--key", printed_key())
    assert run_verifier(*asked)[0] == 0
    lines = exported.read_text(encoding="utf-8").splitlines()
    forged = json.loads(lines[4])
    forged["actor_name"] = "somebody else"
    lines[4] = json.dumps(forged, ensure_ascii=False)
    exported.write_text("\n".join(lines), encoding="utf-8")
    code, words = run_verifier(*asked)
    assert (code, "line 5 is not what was written" in words) == (1, True)


def test_the_verifier_knows_a_foreign_key_and_a_cut_journal(history, tmp_path):
    exported, kept = tmp_path / "journal.jsonl", tmp_path / "kept.txt"
    call_command("journal", "export", str(exported))
    kept.write_text(newest_note(), encoding="utf-8")
    code, words = run_verifier("journal", exported, "--note", kept, "--key", printed_cosigner_key())
    assert (code, "not signed" in words) == (1, True)
    cut = exported.read_text(encoding="utf-8").splitlines()[:10]
    exported.write_text("\n".join(cut), encoding="utf-8")
    assert run_verifier("journal", exported, "--note", kept)[0] == 1
    assert run_verifier("journal", tmp_path / "nowhere")[0] == 2


def test_a_proof_leads_from_an_entry_to_the_mark(history, tmp_path):
    told = Client().get(f"{PAGE}entries/7/proof.json")
    path = tmp_path / "proof.json"
    path.write_text(told.content.decode(), encoding="utf-8")
    assert run_verifier("proof", path, "--key", printed_key())[0] == 0
    forged = {**told.json(), "entry": 8}
    path.write_text(json.dumps(forged), encoding="utf-8")
    assert run_verifier("proof", path)[0] == 1
    assert Client().get(f"{PAGE}entries/{Entry.objects.count()}/proof.json").status_code == 404


@pytest.fixture
def witness(live_server, settings):
    """This server stands for another one that watches the journal."""
    settings.ASHAR_WITNESSES_FOR = {origin(): printed_key()}
    settings.ASHAR_WITNESSES = [f"{live_server.url}/ky/journal/witness/"]
    return settings.ASHAR_WITNESSES[0]


@pytest.mark.django_db(transaction=True)
def test_another_server_cosigns_growth_and_refuses_rewriting(history, witness):
    assert ask_witnesses() == 1
    write("more", subject="case:X", by=None)
    publish_checkpoint()
    assert ask_witnesses() == 1
    assert ask_witnesses() == 0
    signed = Client().get(f"{PAGE}checkpoint.txt").content.decode()
    assert note.is_signed_by(signed, printed_cosigner_key())
    with unguarded():
        rewrite_from(2, lambda entry: setattr(entry, "action", "forged"))
        with connection.cursor() as cursor:
            for table in ("journal_cosignature", "journal_checkpoint"):
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - names of ours
        write("after", subject="case:X", by=None)
        publish_checkpoint()
    assert ask_witnesses() == 0
    assert not Cosignature.objects.exists()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("", 400), ("old x\n\nnote", 400), ("old 0\n\nnote", 400), ("old 0\n%%\n\nx", 400),
        ("old 0\n\nnobody\n1\nAAAA\n\n— nobody " + "A" * 96 + "\n", 404),
    ],
)  # fmt: skip
def test_a_witness_answers_nonsense_with_words(db, body, status):
    told = Client().post(f"{PAGE}witness/", body, content_type="text/plain")
    assert told.status_code == status
    assert told.content
