"""Every request gets a number, is counted, and leaves one line without its words."""

from __future__ import annotations

import logging
import re
import secrets
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from ashar.server.counts import note_request

logger = logging.getLogger("ashar.access")
HEADER = "X-Request-ID"
_HARMLESS = re.compile(r"[A-Za-z0-9-]{8,64}")


def watch(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Number, count and note each request; files of the design are left out."""
    static = settings.STATIC_URL

    def pass_on(request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(static):
            return get_response(request)
        number = _number(request)
        began = time.perf_counter()
        with _bound(number):
            response = get_response(request)
            seconds = time.perf_counter() - began
            route = _route(request)
            method = request.method if request.method in METHODS else "other"
            note_request(route, method or "other", response.status_code, seconds)
            logger.info(
                "answered",
                extra={
                    "route": route,
                    "method": method,
                    "status": response.status_code,
                    "ms": round(seconds * 1000, 1),
                },
            )
        response.headers[HEADER] = number
        return response

    return pass_on


METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def _number(request: HttpRequest) -> str:
    """Return the number that the web server in front gave, or a new one."""
    given = request.headers.get(HEADER, "")
    return given if _HARMLESS.fullmatch(given) else secrets.token_hex(8)


def _route(request: HttpRequest) -> str:
    """Return the pattern of the address: it names no case, no code and no query."""
    match = request.resolver_match
    return match.route if match else ""


class _bound:  # noqa: N801 - reads as a word in `with`
    """Let every line of the log within carry the number of the request."""

    def __init__(self, number: str) -> None:
        self.number = number

    def __enter__(self) -> None:
        if settings.LOG_LINES:
            import structlog  # noqa: PLC0415 - loaded only where it is used

            structlog.contextvars.bind_contextvars(request_id=self.number)

    def __exit__(self, *_fault: object) -> None:
        if settings.LOG_LINES:
            import structlog  # noqa: PLC0415 - as above

            structlog.contextvars.unbind_contextvars("request_id")
