"""Hands proposals in by every way in a process of its own, then searches all it ever wrote.

    python tests/calls/plaintext_hunt.py FOLDER [planted]

FOLDER becomes the process's VAR, its temporary folder and the place of its log; DATABASE_URL is
as outside. Files that are deleted meanwhile are kept aside: a disk forgets nothing. Prints how
many bytes were searched, and a line for every place at which a canary was found.
"""

# ruff: noqa: PLC0415 - Django starts after its folders are named
from __future__ import annotations

import contextlib
import os
import sys
from base64 import b64encode
from pathlib import Path

FOLDER, IS_PLANTED = Path(sys.argv[1]).resolve(), "planted" in sys.argv[2:]
(FOLDER / "var").mkdir(parents=True)
(FOLDER / "temporary").mkdir()
(FOLDER / "deleted").mkdir()
os.environ |= {
    "ASHAR_VAR": str(FOLDER / "var"),
    "ASHAR_KEYS": str(FOLDER / "keys"),
    "TMPDIR": str(FOLDER / "temporary"),
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "ASHAR_DEBUG": "no",
}
unlink = os.unlink
kept = iter(range(10**6))
nameless: list[str] = []


def keep_aside(path, *arguments, **options):
    """Delete a file as it is asked, but keep its bytes where the search finds them."""
    with contextlib.suppress(OSError, TypeError):
        where = Path(os.fspath(path))
        if FOLDER in where.resolve().parents and where.is_file():
            os.link(where, FOLDER / "deleted" / f"{next(kept)}")
    unlink(path, *arguments, **options)


def watch(event, arguments):
    """Files without a name cannot be searched afterwards: none may be opened."""
    is_nameless = event == "open" and (arguments[2] or 0) & os.O_TMPFILE == os.O_TMPFILE
    if is_nameless:
        nameless.append(str(arguments[0]))


os.unlink = os.remove = keep_aside
sys.addaudithook(watch)

import django  # noqa: E402 - the folder is named first
from django.conf import settings  # noqa: E402

CANARIES = [
    f"CANARY{part}{os.urandom(6).hex().upper()}" for part in ("TITLE", "PRICE", "PAPER", "NAME")
]
TITLE, PRICE, PAPER, NAME = CANARIES
LARGE = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n"
    + (PAPER.encode() + b"\n") * (3 * 1024 * 1024 // (len(PAPER) + 1))
    + b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


class NoMigrations(dict):
    """Tables straight from the models: the search does not wait for their history."""

    def __contains__(self, _room):
        return True

    def __getitem__(self, _room):
        return None


def prepare():
    """An empty installation with the cast and a contest closed with keys."""
    settings.MIGRATION_MODULES = NoMigrations()
    settings.ALLOWED_HOSTS = ["*"]
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if IS_PLANTED:
        settings.FILE_UPLOAD_HANDLERS = [
            "django.core.files.uploadhandler.MemoryFileUploadHandler",
            "django.core.files.uploadhandler.TemporaryFileUploadHandler",
        ]
    django.setup()
    from django.core.management import call_command

    call_command("migrate", run_syncdb=True, verbosity=0)
    from ashar.cases import effects
    from tests.calls import sealed
    from tests.people import build_world

    effects.documents.make_paper = lambda *_a, **_k: []
    world = build_world()
    return world, sealed.sealed_contest(world)


def typed():
    from tests.calls import contest

    line = {**contest.TYPED["budget"][0], "title": PRICE}
    return {**contest.TYPED, "title": TITLE, "summary": TITLE, "budget": [line]}


def weaker(world, found):
    """All words and the large paper arrive readable; once the page breaks in the middle."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from ashar.calls.views import weaker as page
    from tests.calls import sealed
    from tests.calls.test_sealed_ways import fields, url

    proposal = sealed.started(world, found)
    client = sealed.signed_in(world, "chinara")
    client.raise_request_exception = False
    answers = [client.post(url("write_weaker", proposal), fields(typed(), draft_version=0))]
    code = client.cookies["proposal_code_ky"].value
    for name in (f"{NAME}.pdf", f"{NAME}.exe"):
        upload = SimpleUploadedFile(name, LARGE, "application/pdf")
        paper = {"kind": "other", "title": NAME, "file": upload}
        answers.append(client.post(url("weaker_paper", proposal), paper))
    encrypt = page.encrypt
    page.encrypt = lambda *_a: 1 / 0
    answers.append(client.post(url("write_weaker", proposal), fields(typed(), draft_version=2)))
    page.encrypt = encrypt
    client.get(url("hand_in", proposal))
    proposal.case.refresh_from_db()
    answers.append(client.post(url("hand_in", proposal), {"version": proposal.case.version}))
    client.get(url("receipt", proposal, 1))
    assert [one.status_code for one in answers] == [302, 302, 200, 500, 302], answers
    return code


def sealed_in_browser(world, found):
    """The browser's ways and the file of the offline page: only locked bytes are sent."""
    import json

    from django.core.files.uploadedfile import SimpleUploadedFile

    from ashar.seals.core import encrypt, new_identity, recipient_of
    from tests.calls import sealed
    from tests.calls.test_sealed_ways import envelope_fields, offline_file, url

    proposal = sealed.started(world, found, "jamila", "meerim")
    client = sealed.signed_in(world, "jamila")
    identity = new_identity()
    lock = lambda content: SimpleUploadedFile("sealed", encrypt(content, recipient_of(identity)))  # noqa: E731
    draft = {"recipient": recipient_of(identity), "version": "0"}
    answers = [
        client.post(
            url("sealed_draft", proposal),
            {**draft, "ciphertext": lock(json.dumps(typed()).encode())},
        ),
        client.post(url("sealed_papers", proposal), {"ciphertext": lock(LARGE)}),
        client.post(url("hand_in_envelope", proposal), envelope_fields(found, proposal, typed())),
        client.post(
            url("upload_envelope", proposal),
            {"file": SimpleUploadedFile("a.ashar", offline_file(found, proposal, [LARGE]))},
        ),
    ]
    assert [one.status_code for one in answers] == [200, 200, 200, 302], answers
    return identity


def forms_of(word):
    """How a word may stand in a file: as it is, as numbers, in base 64, two bytes a sign."""
    raw = word.encode()
    yield from (raw, raw.hex().encode(), raw.hex().upper().encode(), word.encode("utf-16-le"))
    for shift in range(3):
        whole = b64encode(b"x" * shift + raw)
        yield whole[4 : len(whole) // 4 * 4 - 4]


def everything():
    """Every byte that was ever written: files, what was deleted, the database from inside."""
    from django.db import connection

    for path in sorted(FOLDER.rglob("*")):
        if path.is_file():
            yield str(path.relative_to(FOLDER)), path.read_bytes()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names of our own tables
            for row in cursor.fetchall():
                whole = b"\0".join(
                    bytes(one) if isinstance(one, bytes | memoryview) else str(one).encode()
                    for one in row
                )
                yield f"table {table}", whole
        if connection.vendor == "postgresql":
            cursor.execute("CHECKPOINT")
            cursor.execute("SHOW data_directory")
            yield from _server_files(Path(cursor.fetchone()[0]))


def _server_files(folder):
    """The files of PostgreSQL itself, its write-ahead log first, where we may read them."""
    for path in sorted((folder / "pg_wal").glob("*")) if os.access(folder, os.R_OK) else ():
        if path.is_file():
            yield f"pg_wal/{path.name}", path.read_bytes()


def main():
    log = os.open(FOLDER / "log", os.O_WRONLY | os.O_CREAT)
    told, _ = os.dup(1), (os.dup2(log, 1), os.dup2(log, 2))
    world, found = prepare()
    codes = [weaker(world, found), sealed_in_browser(world, found)]
    words = [form for canary in (*CANARIES, *codes) for form in forms_of(canary)]
    searched, hits = 0, [f"a file without a name in {where}" for where in nameless]
    for where, content in everything():
        searched += len(content)
        hits += [where] * any(word in content for word in words)
    os.dup2(told, 1)
    print(f"{searched} bytes searched")  # noqa: T201
    print("\n".join(sorted(set(hits))))  # noqa: T201


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    main()
