"""P36: no input gives a server error, wherever it stands: address, question, form, file, cookie."""

from __future__ import annotations

import json
import logging
import os
import re
from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import override_settings
from django.urls import URLPattern, get_resolver

from ashar.documents import views as document_views
from tests.hostile.stage import FIGURES, Stage, demonstration, forms_of, kind_of

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

DEEP = b"[" * 100_000
NASTY = {
    "nul": b"a\x00b",
    "half a letter": b"\xed\xa0\x80",
    "no letters": b"\xff\xfe\xc3\x28",
    "a number of 31 figures": b"1" + b"0" * 30,
    "a number of 5,000 figures": b"9" * 5_000,
    "minus one": b"-1",
    "nothing": b"",
    "zero": b"0",
    "no number": b"NaN",
    "infinite": b"1e400",
    "deep JSON": DEEP,
    "deep objects": b'{"a":' * 50_000,
    "half a letter in JSON": b'"\\ud800\\u0000"',
    "very long": "ң".encode() * 50_000,
    "right to left": "\u202eمرحبا\u202c".encode(),
    "emoji": "👩🏽‍🦽🇰🇬".encode(),
    "markup": b"<script>alert(1)</script>{{7*7}}{% now %}%s%(a)s${x}",
    "quotes": b"' OR 1=1; --\"\\",
    "a new line in a head": b"a\r\nSet-Cookie: b=c",
    "a way out": b"../../../../etc/passwd",
    "full width": "＝１＋１".encode(),
    "unseen": "\ufeff\u200b\u2028\ufffe".encode(),
    "a day of no calendar": b"31.02.2026",
    "a moment too late": b"31.12.9999 23:59",
}
FEW = ("nul", "half a letter", "a number of 31 figures", "minus one", "deep JSON")
ASKED = ("page", "sort", "to", "q", "next", "save", "mark", "code", "language", "case", "stage")
CAST = ("", "zamir", "aigul", "kanat", "bakyt", "begimai", "chinara", "jamila", "murat", "daniyar",
        "elmira", "farid")  # fmt: skip
IN_ADDRESS = 2_000  # signs; servers refuse longer addresses themselves


@pytest.fixture(scope="module")
def media(tmp_path_factory):
    return tmp_path_factory.mktemp("media")


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker, media):
    with django_db_blocker.unblock(), demonstration(media) as found:
        yield found


@pytest.fixture(autouse=True)
def _quiet(caplog):
    """Thousands of refusals are right; only what broke is said."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def stage(pages, settings, media):
    settings.MEDIA_ROOT = media  # each test has its own; the demonstration's files lie here
    return Stage(pages)


def patterns(resolver=None, before=""):
    """Every address of the table, its parts as gaps: `calls/{}/edit/`."""
    for one in (resolver or get_resolver()).url_patterns:
        text = before + re.sub(r"<[^>]+>|\(\?P[^)]*\)", "{}", str(one.pattern)).strip("^$")
        if isinstance(one, URLPattern):
            yield f"/{text}".replace("//", "/").replace("\\Z", "")
        else:
            yield from patterns(one, text)


def ask_addresses(stage, client, nasty):
    """Put each string into each gap of each address."""
    for pattern in sorted(set(patterns())):
        gaps = pattern.count("{}")
        for what, value in nasty.items():
            for gap in range(gaps):
                parts = ["1"] * gaps
                parts[gap] = quote(value[:IN_ADDRESS], safe="")
                stage.ask(client, "GET", pattern.format(*parts), what)
                if gap == 0:
                    stage.post(client, pattern.format(*parts), {}, what)


def ask_questions(stage, client, nasty):
    """Put each string into every question that an address may carry."""
    names = {}
    for label, method, _target, fields in forms_of(stage, client, 1):
        if method == "get":
            names.setdefault(label, set()).update(fields)
    seen = set()
    for label, address in stage.pages:
        kind = kind_of(label)
        if kind in seen:
            continue
        seen.add(kind)
        asked = sorted({*ASKED, *names.get(kind, ())})
        for what, value in nasty.items():
            said = quote(value[:IN_ADDRESS], safe="")
            stage.ask(client, "GET", f"{address}?{'&'.join(f'{n}={said}' for n in asked)}", what)
            for name in names.get(kind, ()):
                stage.ask(client, "GET", f"{address}?{name}={said}", f"{name} {what}")
            stage.ask(client, "GET", f"{address}?{said}={said}", f"name {what}")


def send_forms(stage, client, nasty, *, each_field, tried=None):
    """Put each string into all fields of each form at once, then into each field alone."""
    tried = set() if tried is None else tried
    for label, method, target, fields in forms_of(stage, client, 2):
        if method != "post":
            continue
        texts = [name for name, value in fields.items()
                 if value is not None and name != "csrfmiddlewaretoken"]  # fmt: skip
        for what, value in nasty.items():
            short = value[:20_000]
            stage.post(client, target, {**fields, **dict.fromkeys(texts, short)}, what)
            for name in texts if each_field else ():
                if (label, FIGURES.sub("#", name), what) not in tried:
                    tried.add((label, FIGURES.sub("#", name), what))
                    stage.post(client, target, {**fields, name: value}, f"{name} {what}")
        if None in fields.values():
            for upload in (("a\x00\u202e.pdf", b"%PDF-"), ("ң" * 400 + ".pdf", b"\x00" * 50),
                           ("../../a.docx", b"PK\x03\x04"), (" ", b"x")):  # fmt: skip
                stage.post_file(client, target, fields, upload, repr(upload[0][:10]))
        stage.ask(client, "POST", target, "broken form", data=b"--x\r\n\x00",
                  content_type="multipart/form-data; boundary=x")  # fmt: skip
        stage.ask(client, "POST", target, "JSON", data=DEEP, content_type="application/json")


def ask_heads(stage, client):
    """Put strings into cookies and into what a browser says of itself."""
    octal = '"' + "\\000" * 32 + '"'
    for name in ("sessionid", "csrftoken", "django_language", "messages"):
        for value in (octal, '"\\355\\240\\200"', "a" * 5_000):
            stage.ask(client, "GET", "/ky/", name, HTTP_COOKIE=f"{name}={value}")
    for head in ("HTTP_ACCEPT_LANGUAGE", "HTTP_REFERER", "HTTP_USER_AGENT", "HTTP_HX_REQUEST",
                 "HTTP_X_FORWARDED_FOR", "HTTP_HX_CURRENT_URL", "HTTP_IF_MODIFIED_SINCE"):  # fmt: skip
        for value in ("\x00", "ÿ" * 3_000, "-1", "1" * 400):
            stage.ask(client, "GET", "/ky/", head, **{head: value})


@pytest.mark.trust
def test_p36_addresses_questions_heads_and_whole_forms_a_few(stage):
    few = {what: NASTY[what] for what in FEW[:3]}
    clerk = stage.person("aigul")
    ask_addresses(stage, clerk, few)
    ask_questions(stage, clerk, {what: NASTY[what] for what in FEW[:1]})
    ask_heads(stage, stage.person(""))
    assert stage.broken == []
    assert stage.asked > 500


def test_p36_forms_a_few(stage):
    send_forms(
        stage, stage.person("aigul"), {what: NASTY[what] for what in FEW[:2]}, each_field=False
    )
    assert stage.broken == []


@pytest.mark.trust
@pytest.mark.parametrize("name", CAST)
def test_p36_every_string_everywhere(stage, name):
    client = stage.person(name)
    ask_addresses(stage, client, NASTY if name in {"", "aigul"} else {"nul": NASTY["nul"]})
    ask_questions(stage, client, NASTY)
    send_forms(stage, client, NASTY, each_field=True)
    ask_heads(stage, client)
    print(f"{name or 'nobody'}: {stage.asked} requests, {len(stage.broken)} server errors")  # noqa: T201
    assert stage.broken == []


def test_p36_notices_a_page_that_breaks(stage, monkeypatch):
    monkeypatch.setattr(document_views, "tidy_code", lambda typed: str(int(typed[:400])))
    ask_addresses(stage, stage.person(""), {"no number": b"NaN"})
    assert any("/verify/NaN" in one for one in stage.broken)


@pytest.mark.postgres
@pytest.mark.skipif("postgres" not in os.environ.get("DATABASE_URL", ""), reason="PostgreSQL only")
def test_p36_notices_on_postgresql_when_nul_is_let_through(stage):
    weaker = [one for one in settings.MIDDLEWARE if not one.endswith("readable_only")]
    with override_settings(MIDDLEWARE=weaker):
        client = stage.person("aigul")
        ask_addresses(stage, client, {"nul": NASTY["nul"]})
        ask_heads(stage, client)
    assert stage.broken != []


def test_p36_a_sign_that_is_lost_is_said_in_a_sentence(stage):
    client = stage.person("chinara")
    answer = stage.post(client, "/ky/journal/", {"note": b"K7M2\x009QXDT"}, "nul")
    assert "көрүнбөгөн белгилер" in answer.content.decode()
    assert "K7M2\ufffd9QXDT" in answer.content.decode()
    assert client.get("/ky/verify/a%00b/").status_code == 404
    bad = json.dumps({"a": "\x00"})
    assert client.post("/ky/verify/", bad, content_type="application/json").status_code == 400
