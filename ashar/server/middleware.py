"""What every request passes first: no signs that cannot be kept, and on SQLite one writer."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, QueryDict

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
LOST = "\ufffd"  # the sign of a lost letter; every form refuses it with a sentence
# NUL, which PostgreSQL cannot keep, and halves of letters, which no file can carry.
UNREADABLE = re.compile("[\x00\ud800-\udfff]")

Answer = Callable[[HttpRequest], HttpResponse]
_write_lock = threading.Lock()


def readable_only(get_response: Answer) -> Answer:
    """Let no NUL and no half of a letter reach a page or a database, wherever it stands.

    In an address they name nothing: there is no such page. In what was typed they become the
    sign of a lost letter, so that the form comes back with its sentence and with all the rest.
    """

    def pass_on(request: HttpRequest) -> HttpResponse:
        if UNREADABLE.search(request.path_info) or UNREADABLE.search(request.path):
            raise Http404
        if _is_dirty(request.GET):
            request.GET = _mended(request.GET)  # type: ignore[assignment]
        cookies = request.COOKIES
        for name in [name for name, value in cookies.items() if UNREADABLE.search(name + value)]:
            del cookies[name]
        if request.method not in SAFE_METHODS:
            _mend_body(request)
        return get_response(request)

    return pass_on


def _mend_body(request: HttpRequest) -> None:
    """Receive what was sent, here, before any lock is taken; mend a form, refuse bad JSON."""
    if _is_dirty(request.POST):
        request.POST = _mended(request.POST)  # type: ignore[assignment]
    if request.content_type in FORMS:
        return
    sent = request.body
    if request.content_type == "application/json":
        try:
            is_bad = _is_unreadable(json.loads(sent or b"null"))
        except (ValueError, RecursionError) as fault:
            raise BadRequest from fault
        if is_bad:
            raise BadRequest


def _is_unreadable(said: Any) -> bool:
    """Look into every text, as it is meant: in JSON a NUL may be written in plain letters."""
    if isinstance(said, dict):
        return any(_is_unreadable(name) or _is_unreadable(one) for name, one in said.items())
    if isinstance(said, list):
        return any(map(_is_unreadable, said))
    return isinstance(said, str) and bool(UNREADABLE.search(said))


def _is_dirty(given: QueryDict) -> bool:
    return any(
        UNREADABLE.search(name) or any(UNREADABLE.search(value) for value in values)
        for name, values in given.lists()
    )


def _mended(given: QueryDict) -> QueryDict:
    mended = QueryDict(mutable=True, encoding=given.encoding)
    for name, values in given.lists():
        mended.setlist(
            UNREADABLE.sub(LOST, name), [UNREADABLE.sub(LOST, value) for value in values]
        )
    mended._mutable = False  # as Django gives it  # noqa: SLF001
    return mended


def one_writer(get_response: Answer) -> Answer:
    """Let requests that write pass one after another; reading is never held up."""

    def pass_on(request: HttpRequest) -> HttpResponse:
        if request.method in SAFE_METHODS or connection.vendor != "sqlite":
            return get_response(request)
        # The upload is received before the lock is taken: a slow line must not stop the others.
        _received: Any = request.POST if request.content_type in FORMS else request.body
        with _write_lock:
            return get_response(request)

    return pass_on
