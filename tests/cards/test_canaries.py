"""P21: what was typed about a person is nowhere readable: not in files, logs or error reports."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest
import sentry_sdk
from django.db import connection
from django.test import Client
from django.urls import reverse
from sentry_sdk.transport import Transport

from ashar.people.models import Card
from ashar.privacy import actions as privacy
from tests.people import build_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

CANARIES = {
    "surname": "КАНАРЕЙКИНА", "name": "Сырдуугүл", "patronymic": "Жашырынбековна",
    "pin": "29912199977665", "phone": "0999 777 665", "address": "Жашыруун көчө 77",
}  # fmt: skip
TYPED = {**CANARIES, "born_on": "1999-12-29", "sex": "women"}
FURTHER = ("сырдуу диагноз", "үйүндө урган", "эч кимге айтпа", "арыз менен сурады")
ALL = (*CANARIES.values(), *FURTHER, "КАНАРЕЙКАЛЫ")


def through_every_form(world):
    """Type a person in, open, correct, add particulars and requests, forget her."""
    client = Client(raise_request_exception=False)
    client.force_login(world.aigul)
    client.post(reverse("people:new_card"), {**TYPED, "seen": "pin_date pin_sex"})
    card = Card.objects.get()
    client.post(reverse("people:index"), {"asked": CANARIES["pin"]})
    client.post(reverse("people:index"), {"asked": CANARIES["surname"]})
    client.post(card.get_absolute_url(), {"purpose": "visit", "words": FURTHER[2]})
    client.get(card.get_absolute_url())
    corrected = {**TYPED, "surname": "КАНАРЕЙКАЛЫ", "reason": FURTHER[2], "version": 1,
                 "seen": "pin_date pin_sex same_pin"}  # fmt: skip
    client.post(reverse("people:correct", args=(card.ref,)), corrected)
    _clear(world)
    for kind, text in (("health", FURTHER[0]), ("violence", FURTHER[1])):
        client.post(reverse("people:particulars", args=(card.ref, kind)), {"text": text})
    client.post(reverse("privacy:ask", args=(card.ref, "export")), {"reason": FURTHER[3]})
    privacy.decide(card.requests.get(), is_approved=True, by=world.head)
    client.get(reverse("privacy:copy", args=(card.requests.get().ref, "json")))
    assert card.corrections.count() == 1
    assert card.particulars.count() == 2
    return client, card


def _clear(world):
    from ashar.people.actions import give_clearance  # noqa: PLC0415 - only here

    for kind in ("health", "violence"):
        give_clearance(person=world.aigul.person, organisation=world.bodies["okmotu"], kind=kind,
                       valid_from="2020-01-01", act="№ 1", by=world.head)  # fmt: skip


def canaries_in(content):
    """Return what can be read in these bytes."""
    return [word for word in ALL if word.encode() in content]


def everything_in_the_database():
    """Return every cell of every table as bytes."""
    cells = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names of our own tables
            for row in cursor.fetchall():
                cells += [bytes(c) if isinstance(c, bytes | memoryview) else str(c).encode()
                          for c in row]  # fmt: skip
    return b"\0".join(cells)


def files_below(folder):
    return b"\0".join(path.read_bytes() for path in Path(folder).rglob("*") if path.is_file())


@pytest.fixture
def said(caplog):
    """Every line that any part of the program logs, SQL included."""
    caplog.set_level(logging.INFO)
    return caplog


def test_p21_nothing_typed_about_a_person_can_be_read(settings, tmp_path, said):
    settings.VAR_DIR = tmp_path
    world = build_world()
    through_every_form(world)
    assert canaries_in(everything_in_the_database()) == []
    assert canaries_in(files_below(tmp_path)) == []
    assert canaries_in(files_below(settings.KEYS_DIR)) == []
    assert canaries_in(said.text.encode()) == []


def test_p21_notices_one_field_in_clear():
    world = build_world()
    _client, card = through_every_form(world)
    card.readings.update(purpose="КАНАРЕЙКАЛЫ"[:12])
    assert canaries_in(everything_in_the_database()) == ["КАНАРЕЙКАЛЫ"]


class Caught(Transport):
    """Keeps what would be sent."""

    def __init__(self, options=None):
        super().__init__(options)
        self.sent = []

    def capture_envelope(self, envelope):
        self.sent.append(envelope.serialize())


def broken(found):
    """A page that fails while a card is open in it."""
    card = Card.objects.get(pk=found.pk)
    assert all(bool(one) for one in (card.surname, card.pin, card.key.opened()))
    raise RuntimeError(f"cannot show {card!r}")


def broken_and_careless(found):
    """The planted fault: a name in a variable of its own, and in the text of the error."""
    name = found.surname
    raise RuntimeError(f"cannot show {name}")


def reports_of_an_error(fault, monkeypatch):
    """Let the page of a card fail; return what the report would carry, variables included."""
    world = build_world()
    client, card = through_every_form(world)
    monkeypatch.setattr("ashar.people.views.opening.cleared_kinds", lambda _user, it: fault(it))
    caught = Caught()
    sentry_sdk.init(dsn="http://key@127.0.0.1:9/1", transport=caught, include_local_variables=True)
    try:
        client.get(card.get_absolute_url())
        sentry_sdk.flush(timeout=2)
    finally:
        sentry_sdk.init()
    return caught.sent


def said_in(sent):
    return [json.loads(line) for envelope in sent for line in envelope.splitlines() if line]


def test_p21_an_error_report_carries_no_name(monkeypatch):
    sent = reports_of_an_error(broken, monkeypatch)
    report = json.dumps(said_in(sent), ensure_ascii=False)
    assert "cannot show" in report
    assert canaries_in(report.encode()) == []


def test_p21_notices_a_name_in_an_error(monkeypatch):
    sent = reports_of_an_error(broken_and_careless, monkeypatch)
    assert canaries_in(json.dumps(said_in(sent), ensure_ascii=False).encode()) != []
