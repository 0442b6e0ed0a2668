"""The same page for a crowd: what anybody may read is kept for some seconds and sent again.

On the last day of a contest, or when results come out, hundreds open the same list. A reader who
is not signed in gets a page at most some seconds old; whoever is signed in always gets a fresh one.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse

MOST_PAGES = 300
LARGEST_PAGE = 512 * 1024  # bytes
_PRIVATE = ("no-store", "private", "no-cache")
Key = tuple[str, str, bool]


@dataclass(frozen=True)
class _Kept:
    until: float
    body: bytes
    headers: tuple[tuple[str, str], ...]


class ForTheCrowd:
    """Sends anonymous readers a page that was made for another one some seconds ago."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response
        self._pages: OrderedDict[Key, _Kept] = OrderedDict()
        self._making: dict[Key, threading.Lock] = {}
        self._lock = threading.Lock()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer from what is kept, else make the page; those who wait for it get the same one."""
        if not settings.ASHAR_CROWD_SECONDS or not _is_anybodys(request):
            return self._get_response(request)
        key = (request.get_host(), request.get_full_path(), _takes_gzip(request))
        kept = self._fresh(key)
        if kept is not None:
            return _sent_again(kept)
        with self._lock:
            making = self._making.setdefault(key, threading.Lock())
        with making:
            kept = self._fresh(key)
            if kept is not None:
                return _sent_again(kept)
            try:
                return self._made(key, request)
            finally:
                with self._lock:
                    self._making.pop(key, None)

    def _fresh(self, key: Key) -> _Kept | None:
        with self._lock:
            kept = self._pages.get(key)
        return kept if kept is not None and kept.until > time.monotonic() else None

    def _made(self, key: Key, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        if _may_be_kept(request, response):
            headers = tuple(response.headers.items())
            until = time.monotonic() + settings.ASHAR_CROWD_SECONDS
            with self._lock:
                self._pages[key] = _Kept(until, response.content, headers)
                self._pages.move_to_end(key)
                while len(self._pages) > MOST_PAGES:
                    self._pages.popitem(last=False)
        return response


def _is_anybodys(request: HttpRequest) -> bool:
    """Say whether the reader is nobody in particular and asks for a whole page."""
    return (
        request.method == "GET"
        and not {settings.SESSION_COOKIE_NAME, "messages"} & set(request.COOKIES)
        and "HX-Request" not in request.headers
        and "Range" not in request.headers
    )


def _takes_gzip(request: HttpRequest) -> bool:
    return "gzip" in request.headers.get("Accept-Encoding", "")


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    """Say whether the answer holds nothing that is meant for one reader alone."""
    control = response.get("Cache-Control", "")
    return (
        response.status_code == HTTPStatus.OK
        and not response.streaming
        and not response.cookies
        and response.get("Content-Type", "").startswith("text/html")
        and not any(word in control for word in _PRIVATE)
        and request.META.get("CSRF_COOKIE") is None  # a form bears the mark of one reader
        and len(response.content) <= LARGEST_PAGE
    )


def _sent_again(kept: _Kept) -> HttpResponse:
    response = HttpResponse(kept.body)
    for name, value in kept.headers:
        response[name] = value
    return response
