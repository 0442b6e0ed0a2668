"""What one request costs: queries, objects, bytes, CPU of our process and of the database's."""

from __future__ import annotations

import gzip
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from django.db import connection
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ashar.parties.models import Account

HOST = "localhost"
FRAME = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
MILLISECONDS = 1000


@dataclass(frozen=True)
class Cost:
    """What a page cost; times in milliseconds, medians (of the database a mean)."""

    status: int
    queries: int
    objects: int
    raw: int
    gzipped: int
    cpu: float
    database_cpu: float
    wall: float


@dataclass(frozen=True)
class Counted:
    """The exact counts of one request, and its answer."""

    response: HttpResponse
    queries: tuple[str, ...]
    objects: int


def client_of(account: Account | None) -> Client:
    """Return a browser in which the person is signed in."""
    client = Client(HTTP_HOST=HOST)
    if account is not None:
        client.force_login(account)
    return client


@contextmanager
def objects_built() -> Iterator[list[str]]:
    """Count the objects that Django makes of rows read from the database."""
    built: list[str] = []
    original = Model.__dict__["from_db"]

    def from_db(cls: type[Model], *arguments: Any) -> Model:
        built.append(cls.__name__)
        made: Model = original.__func__(cls, *arguments)
        return made

    Model.from_db = classmethod(from_db)  # type: ignore[assignment]
    try:
        yield built
    finally:
        Model.from_db = original  # type: ignore[method-assign]


def count(ask: Callable[[], HttpResponse]) -> Counted:
    """Ask once and count; the marks of transactions are no queries."""
    with objects_built() as built, CaptureQueriesContext(connection) as captured:
        response = ask()
    queries = tuple(
        query["sql"] for query in captured if not query["sql"].upper().startswith(FRAME)
    )
    return Counted(response, queries, len(built))


def cost(ask: Callable[[], HttpResponse], *, times: int = 7) -> Cost:
    """Ask once to warm up, once to count, then several times by the clock."""
    ask()
    counted = count(ask)
    before, own, wall = database_seconds(), [], []
    for _ in range(times):
        began, clock = time.process_time(), time.perf_counter()
        ask()
        own.append(time.process_time() - began)
        wall.append(time.perf_counter() - clock)
    spent = (database_seconds() - before) / times
    body = counted.response.content
    return Cost(
        status=counted.response.status_code,
        queries=len(counted.queries),
        objects=counted.objects,
        raw=len(body),
        gzipped=len(gzip.compress(body, 6)),
        cpu=median(own) * MILLISECONDS,
        database_cpu=spent * MILLISECONDS,
        wall=median(wall) * MILLISECONDS,
    )


def database_seconds() -> float:
    """Return the CPU that PostgreSQL spent for this connection; SQLite works inside us."""
    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        process = cursor.fetchone()[0]
    return cpu_of(process)


def cpu_of(process: int) -> float:
    """Return the seconds of CPU of a process of this machine; 0 where that cannot be seen."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
