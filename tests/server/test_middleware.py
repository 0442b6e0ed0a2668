"""On SQLite writers go one after another; readers go at once."""

from __future__ import annotations

import threading
import time
from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from ashar.server import middleware


def _most_at_once(method, vendor, monkeypatch):
    monkeypatch.setattr(middleware, "connection", SimpleNamespace(vendor=vendor))
    inside, seen = [], []

    def view(request):
        inside.append(request)
        seen.append(len(inside))
        time.sleep(0.02)
        inside.pop()
        return HttpResponse()

    handler = middleware.one_writer(view)
    threads = [
        threading.Thread(target=handler, args=[RequestFactory().generic(method, "/")])
        for _ in range(5)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return max(seen)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_one_writer_at_a_time_on_sqlite(monkeypatch, method):
    assert _most_at_once(method, "sqlite", monkeypatch) == 1


def test_readers_are_not_held_up(monkeypatch):
    assert _most_at_once("GET", "sqlite", monkeypatch) > 1


def test_postgresql_needs_no_lock(monkeypatch):
    assert _most_at_once("POST", "postgresql", monkeypatch) > 1
