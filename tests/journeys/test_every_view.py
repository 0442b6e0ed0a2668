"""Every address with the objects of the demonstration, for each of the cast: nothing breaks.

Who gets which answer is kept in every_view.csv. After a change that was meant, write it anew:
    ASHAR_WRITE_TABLE=yes pytest tests/journeys/test_every_view.py
and read the difference before it is committed.
"""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.utils import translation

from ashar.desk.actions.cast import enter_cast
from ashar.desk.actions.script import play
from ashar.parties.models import Account
from ashar.places.actions import load_places
from tests.journeys.addresses import addresses

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

TABLE = Path(__file__).with_name("every_view.csv")
NOBODY = "nobody"
CAST = (
    *(NOBODY, "zamir", "aigul", "kanat", "bakyt", "begimai", "chinara", "jamila", "murat"),
    *("daniyar", "elmira", "farid"),
)
# What everybody who signed in may open although an outsider may not.
FOR_ACCOUNTS = (
    *("desk:", "sign-out", "calls:proposals", "calls:ask "),
    *("mfa_index", "mfa_list_webauthn", "socialaccount_connections"),
    *("entrance:password", "account_reauthenticate"),
    *("parties:mandates", "privacy:my_"),  # one's own, empty for who has none
)


@pytest.fixture(scope="module")
def answers(django_db_setup, django_db_blocker, tmp_path_factory):
    """Play the demonstration once and ask for every page as each of the cast."""
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "MEDIA_ROOT", tmp_path_factory.mktemp("media"))
        patch.setattr(
            settings, "PASSWORD_HASHERS", ["django.contrib.auth.hashers.MD5PasswordHasher"]
        )
        load_places(Path(settings.BASE_DIR) / "data" / "places")
        play(enter_cast(), "complete", tell=lambda _line: None)
        with translation.override("ky"):
            pages = sorted(addresses())
        yield {name: _ask(name, pages) for name in CAST}
        transaction.set_rollback(True)


def _ask(name, pages):
    client = Client(raise_request_exception=False)
    if name != NOBODY:
        client.force_login(Account.objects.get(username=name))
    answers = {}
    for label, address in pages:
        with transaction.atomic():
            answer = client.get(address)
            answers[label] = answer.status_code
            if answer.streaming:
                answer.getvalue()  # a file is closed once it was read
        if name != NOBODY and label == "sign-out":
            client.force_login(Account.objects.get(username=name))
    return answers


def test_nothing_breaks(answers):
    broken = [
        (name, label)
        for name, given in answers.items()
        for label, status in given.items()
        if status >= 500
    ]
    assert broken == []


def test_who_has_no_mandate_reads_only_what_is_published(answers):
    zamir, outsider = answers["zamir"], answers[NOBODY]
    seen = {
        label
        for label, status in zamir.items()
        if status == 200 and outsider[label] != 200 and not label.startswith(FOR_ACCOUNTS)
    }
    assert seen == set()
    assert set(zamir.values()) <= {200, 302, 403, 404, 405}


def test_who_is_not_signed_in_is_led_to_the_door_or_finds_nothing(answers):
    # A closed account is told so at the door, whoever opens that page.
    told = {status for label, status in answers[NOBODY].items() if label != "account_inactive"}
    assert told <= {200, 302, 404, 405}


def test_everybody_gets_the_answers_of_the_table(answers):
    labels = sorted(answers[NOBODY])
    now = [["page", *CAST], *([label, *(str(answers[n][label]) for n in CAST)] for label in labels)]
    if os.environ.get("ASHAR_WRITE_TABLE"):
        with TABLE.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(now)
    with TABLE.open(encoding="utf-8", newline="") as file:
        assert now == list(csv.reader(file))
