"""Reports of errors carry no value of anybody (P21); a local catcher looks into each byte."""

from __future__ import annotations

import logging

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from ashar.server import reports

sentry_sdk = pytest.importorskip("sentry_sdk")
CANARY = "12345678901234"


def fails(request):
    name = f"local {CANARY}"
    logging.getLogger("ashar").error("saw %s", name, extra={"pin": CANARY})
    raise ValueError(f"text {name} {request.POST}")


def fine(request):
    return HttpResponse()


urlpatterns = [path("fails/", fails), path("fine/", fine)]


@pytest.fixture
def sent(settings):
    """Report to ourselves; return the bytes that would have left."""
    caught = []

    class Catcher(sentry_sdk.Transport):
        def capture_envelope(self, envelope):
            caught.append(envelope.serialize())

    settings.SENTRY_DSN = "https://public@reports.example/1"
    settings.ROOT_URLCONF = __name__
    assert reports.start(transport=Catcher)
    yield caught
    sentry_sdk.get_client().close()
    sentry_sdk.init(dsn=None, default_integrations=False)


def canaries_in_a_report(sent):
    """Cause an error with values everywhere; return the reports that hold one."""
    client = Client(raise_request_exception=False)
    client.cookies["name"] = CANARY
    address = f"/fails/?pin={CANARY}"
    client.post(address, {"pin": CANARY}, headers={"x-name": CANARY})
    sentry_sdk.flush()
    assert sent
    assert any(b"ValueError" in one for one in sent)
    return [one for one in sent if CANARY.encode() in one]


@pytest.mark.django_db
def test_p21_a_report_says_where_and_of_nobody_what(sent):
    assert canaries_in_a_report(sent) == []


@pytest.mark.django_db
def test_p21_notices_when_reports_are_not_scrubbed(settings, monkeypatch, request):
    monkeypatch.setattr(reports, "scrubbed", lambda event, hint=None: event)
    assert canaries_in_a_report(request.getfixturevalue("sent")) != []


def test_nothing_is_reported_unless_an_address_is_named(settings):
    settings.SENTRY_DSN = ""
    assert reports.start() is False
