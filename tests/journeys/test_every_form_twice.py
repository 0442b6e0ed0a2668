"""P17: every form of the whole journey is sent twice, as by a browser that got no answer.

The story goes on as if nothing had happened, and the second sending wrote nothing at all.
"""

from __future__ import annotations

import io
import re

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.db import connection
from django.http import HttpResponseRedirect

from tests.journeys import test_journey
from tests.people import build_world

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.faults,
    pytest.mark.django_db(transaction=True),
]
# Tables that say who is here and what was sent, not what was decided.
OF_THE_MACHINE = re.compile(r'"(django_session|server_sentform|usersessions_\w+|axes_\w+)"')
SENT, WRITTEN_TWICE = [], []


class Twice:
    """Sends each marked form again, at once, and remembers what that wrote."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method != "POST":
            return self.get_response(request)
        body = request.environ["wsgi.input"].read(int(request.environ["CONTENT_LENGTH"] or 0))
        response = self.get_response(_same(request, body))
        if isinstance(response, HttpResponseRedirect) and b"form_mark" in body:
            self._again(request, body, response.url)
        return response

    def _again(self, request, body, where):
        SENT.append(request.path)

        def watch(execute, sql, values, many, context):
            word = sql.lstrip()[:6].upper()
            if word in {"INSERT", "UPDATE", "DELETE"} and not OF_THE_MACHINE.search(sql):
                WRITTEN_TWICE.append(f"{request.path}: {sql[:80]}")
            return execute(sql, values, many, context)

        with connection.execute_wrapper(watch):
            second = self.get_response(_same(request, body))
        if getattr(second, "url", None) != where and "sign" not in request.path:
            WRITTEN_TWICE.append(f"{request.path}: leads elsewhere the second time")


def _same(request, body):
    made = WSGIRequest({**request.environ, "wsgi.input": io.BytesIO(body)})
    made._dont_enforce_csrf_checks = getattr(request, "_dont_enforce_csrf_checks", False)
    return made


@pytest.fixture
def twice(settings):
    """Every form is sent twice while this is asked for."""
    SENT.clear()
    WRITTEN_TWICE.clear()
    settings.MIDDLEWARE = [f"{__name__}.Twice", *settings.MIDDLEWARE]
    return settings


def test_p17_the_whole_journey_with_every_form_sent_twice(twice, tell, texts, capsys):
    test_journey.test_from_the_need_to_the_evaluation(tell, texts, "ky", 1280)
    with capsys.disabled():
        print(f"\n  {len(SENT)} forms sent twice, written twice: {len(WRITTEN_TWICE)}")  # noqa: T201
    assert len(SENT) > 40
    assert WRITTEN_TWICE == []


def test_p17_notices_when_marks_are_not_kept(twice, client, db):
    """Without the marks the second sending is carried out: the watcher sees it."""
    world = build_world()
    client.force_login(world.aigul)
    twice.MIDDLEWARE = [name for name in twice.MIDDLEWARE if not name.endswith("FormsOnce")]
    client.post("/ky/desk/messages/read/", {"form_mark": "m"})
    assert SENT == ["/ky/desk/messages/read/"]
    assert WRITTEN_TWICE != []
