"""Slow senders wait in front of the application, not inside it.

The application server reads a body while the application asks for it, so that a hundred people
on bad lines would hold every thread. Here many cheap threads receive, and few work: a request
reaches the application only when all of it has arrived, and the application's threads (with their
database connections) are never held by a slow line.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

WORKING = 8  # threads that run the application
RECEIVING = 160  # threads that only receive; each holds no database connection
PIECE = 64 * 1024  # bytes
# All bodies that are arriving at one time, together: a crowd of large uploads waits its turn.
LARGEST_TOGETHER = 512 * 1024 * 1024  # bytes

Environment = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environment, StartResponse], Iterable[bytes]]


class _TooLarge(Exception):
    """The body is larger than any form of the site may send."""


class _TooMany(Exception):
    """Too much is arriving at once."""


class Patient:
    """An application of WSGI in front of another one: receives whole, then lets it work."""

    def __init__(self, application: Application, *, largest: int, working: int = WORKING) -> None:
        """`largest` is the largest body in bytes; `working` how many requests run at once."""
        self._application = application
        self._largest = largest
        self._workers = ThreadPoolExecutor(working, thread_name_prefix="ashar")
        self._arriving = 0
        self._count = threading.Lock()

    def __call__(self, environ: Environment, start_response: StartResponse) -> Iterable[bytes]:
        """Receive the body, run the application in one of its own threads, send the answer."""
        taken = 0
        try:
            taken = self._announce(environ)
            body = _receive(environ, self._largest)
        except _TooLarge:
            return _refuse(start_response, "413 Content Too Large")
        except _TooMany:
            return _refuse(start_response, "503 Service Unavailable")
        else:
            environ["wsgi.input"] = io.BytesIO(body)
            return self._workers.submit(self._run, environ, start_response).result()
        finally:
            with self._count:
                self._arriving -= taken

    def _announce(self, environ: Environment) -> int:
        """Reserve room for what was announced; raises _TooLarge, _TooMany."""
        announced = _announced(environ)
        if announced > self._largest:
            raise _TooLarge
        with self._count:
            if self._arriving + announced > LARGEST_TOGETHER:
                raise _TooMany
            self._arriving += announced
        return announced

    def _run(self, environ: Environment, start_response: StartResponse) -> Iterable[bytes]:
        """Run the application to its end, so that its thread also puts away what it opened."""
        answer = self._application(environ, start_response)
        try:
            return list(answer)
        finally:
            close = getattr(answer, "close", None)
            if close is not None:
                close()


def _announced(environ: Environment) -> int:
    written = environ.get("CONTENT_LENGTH") or "0"
    return int(written) if written.isascii() and written.isdecimal() else 0


def _receive(environ: Environment, largest: int) -> bytes:
    """Return the whole body; raises _TooLarge when it goes on beyond what was allowed."""
    announced = _announced(environ)
    if not announced and environ.get("HTTP_TRANSFER_ENCODING", "").lower() != "chunked":
        return b""
    source, pieces, size = environ["wsgi.input"], [], 0
    wanted = announced or largest + 1
    while size < wanted:
        piece = source.read(min(PIECE, wanted - size))
        if not piece:
            break
        pieces.append(piece)
        size += len(piece)
    if size > largest:
        raise _TooLarge
    if not announced:
        environ["CONTENT_LENGTH"] = str(size)
    return b"".join(pieces)


def _refuse(start_response: StartResponse, status: str) -> Iterable[bytes]:
    start_response(status, [("Content-Type", "text/plain; charset=utf-8")])
    return [status.encode()]
