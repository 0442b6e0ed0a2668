"""The demonstration, and every form of its pages as a browser would send it."""

from __future__ import annotations

import re
from contextlib import contextmanager, suppress
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode

from ashar.desk.actions.cast import enter_cast
from ashar.desk.actions.script import play
from ashar.parties.models import Account
from ashar.places.actions import load_places
from tests.journeys.addresses import _objects as objects_of
from tests.journeys.addresses import named_addresses

FIGURES = re.compile(r"\d+")
DIGITS = "application/x-www-form-urlencoded"
WRONG = 500


class Forms(HTMLParser):
    """Every form of a page: where it goes, how, and its fields with what stands in them."""

    def __init__(self, page):
        super().__init__()
        self.found, self._area, self._select = [], None, None
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form":
            self.found.append((given.get("method", "get").lower(), given.get("action") or "", {}))
        if not self.found or not given.get("name"):
            if tag == "option" and self._select and ("selected" in given):
                self.found[-1][2][self._select] = given.get("value", "")
            return
        fields, name = self.found[-1][2], given["name"]
        if tag == "input" and given.get("type") in {"radio", "checkbox"}:
            fields.setdefault(name, "")
            if "checked" in given:
                fields[name] = given.get("value", "on")
        elif tag == "input":
            fields[name] = None if given.get("type") == "file" else given.get("value", "")
        elif tag == "textarea":
            self._area, fields[name] = name, ""
        elif tag == "select":
            self._select, fields[name] = name, ""

    def handle_endtag(self, tag):
        if tag == "textarea":
            self._area = None
        if tag == "select":
            self._select = None

    def handle_data(self, data):
        if self._area:
            self.found[-1][2][self._area] += data


class Stage:
    """People who open pages and send forms; nothing they do stays."""

    def __init__(self, pages):
        self.pages = pages
        self.broken = []
        self.asked = 0

    def person(self, name):
        client = Client(raise_request_exception=False)
        if name:
            client.force_login(Account.objects.get(username=name))
        return client

    def ask(self, client, method, address, what, **options):
        """Send one request, forget what it wrote, and note an error of the server."""
        self.asked += 1
        cookies = client.cookies.copy()
        with transaction.atomic():
            answer = client.generic(method, address, **options)
            if answer.streaming:
                answer.getvalue()
            transaction.set_rollback(True)
        client.cookies = cookies
        # Its 503 is an answer: nobody looks after the machine of the tests.
        if answer.status_code >= WRONG and not address.startswith("/health/ready"):
            self.broken.append(f"{answer.status_code} {method} {address[:120]} {what}")
        return answer

    def post(self, client, address, fields, what):
        """Send a form; values are texts or bytes that are no text."""
        body = urlencode([(name, value) for name, value in fields.items() if value is not None])
        options = {"data": body, "content_type": DIGITS}
        return self.ask(client, "POST", address, what, **options)

    def post_file(self, client, address, fields, upload, what):
        """Send a form with this file in each of its places for files."""
        self.asked += 1
        data = {name: _sent(*upload) if value is None else value for name, value in fields.items()}
        with transaction.atomic():
            answer = client.post(address, data)
            transaction.set_rollback(True)
        if answer.status_code >= WRONG:
            self.broken.append(f"{answer.status_code} POST {address[:120]} file {what}")


def _sent(name, content):
    """A file as a browser sends it, under any name or none."""
    made = SimpleUploadedFile("any", content)
    made._name = name
    return made


def kind_of(label):
    """The page's name without the object that stands on it."""
    return label.split(" ", 1)[0]


def forms_of(stage, client, most_of_a_kind):
    """Forms of the pages this person can open: page kind, method, address, fields."""
    seen = {}
    for label, address in stage.pages:
        answer = stage.ask(client, "GET", address, "plain")
        if answer.status_code != 200 or "html" not in answer.get("Content-Type", ""):
            continue
        for method, action, fields in Forms(answer.content.decode()).found:
            target = action or address
            key = (kind_of(label), method, FIGURES.sub("#", target.partition("?")[0])[:40],
                   tuple(sorted({FIGURES.sub("#", name) for name in fields})))  # fmt: skip
            seen[key] = seen.get(key, 0) + 1
            if seen[key] <= most_of_a_kind:
                yield kind_of(label), method, target, fields


def _pages():
    """Every page with an object of the demonstration, where there is one."""
    for name, parts in named_addresses():
        if not parts:
            yield name, reverse(name)
            continue
        with suppress(KeyError, AttributeError):  # an address whose object nobody named yet
            for label, arguments in objects_of(name):
                yield f"{name} {label}".strip(), reverse(name, args=arguments)


@contextmanager
def demonstration(media):
    """Play the demonstration once; it is forgotten at the end."""
    with transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "MEDIA_ROOT", media)
        patch.setattr(
            settings, "PASSWORD_HASHERS", ["django.contrib.auth.hashers.MD5PasswordHasher"]
        )
        load_places(Path(settings.BASE_DIR) / "data" / "places")
        play(enter_cast(), "complete", tell=lambda _line: None)
        with translation.override("ky"):
            pages = sorted(_pages())
        patch.setattr("ashar.cases.effects.documents.make_paper", lambda *_a, **_k: [])
        yield pages
        transaction.set_rollback(True)
