"""On SQLite one request writes at a time, so that no writer waits by bad luck."""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, HttpResponse

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})

_write_lock = threading.Lock()


def one_writer(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Let requests that write pass one after another; reading is never held up."""

    def pass_on(request: HttpRequest) -> HttpResponse:
        if request.method in SAFE_METHODS or connection.vendor != "sqlite":
            return get_response(request)
        # The upload is received before the lock is taken: a slow line must not stop the others.
        _ = request.POST
        with _write_lock:
            return get_response(request)

    return pass_on
