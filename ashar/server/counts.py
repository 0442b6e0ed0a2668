"""Figures for those who watch the server: how many requests, how long, how old the back-up is."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from ashar.server.backups.folder import newest
from ashar.server.models import Beat

BUCKETS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)

_lock = threading.Lock()
_requests: dict[tuple[str, str, str], int] = defaultdict(int)
_seconds: dict[str, list[float]] = {}


def note_request(route: str, method: str, status: int, seconds: float) -> None:
    """Count one answer; the library of figures is only loaded by whoever asks for them."""
    with _lock:
        _requests[(route, method, str(status))] += 1
        line = _seconds.setdefault(route, [0.0] * (len(BUCKETS) + 2))
        line[-1] += seconds
        for place, limit in enumerate(BUCKETS):
            if seconds <= limit:
                line[place] += 1
        line[-2] += 1


class Collector:
    """Gives the figures of this process in the words of Prometheus."""

    def collect(self) -> Iterator[Any]:
        """Return each figure."""
        from prometheus_client.core import (  # noqa: PLC0415 - 60 ms that a start need not wait
            CounterMetricFamily,
            GaugeMetricFamily,
            HistogramMetricFamily,
        )

        with _lock:
            requests = dict(_requests)
            seconds = {route: list(line) for route, line in _seconds.items()}
        answers = CounterMetricFamily(
            "ashar_requests", "Answers given", labels=("route", "method", "status")
        )
        for labels, count in requests.items():
            answers.add_metric(labels, count)
        yield answers
        times = HistogramMetricFamily("ashar_request_seconds", "Time to answer", labels=("route",))
        for route, line in seconds.items():
            names = [*map(str, BUCKETS), "+Inf"]
            times.add_metric([route], list(zip(names, line[:-1], strict=True)), line[-1])
        yield times
        ages = GaugeMetricFamily("ashar_age_seconds", "Age of the last sign", labels=("part",))
        for part, age in _ages():
            ages.add_metric([part], age)
        yield ages


def _ages() -> Iterator[tuple[str, float]]:
    now = timezone.now()
    for name, at in Beat.objects.values_list("name", "at"):
        yield name, (now - at).total_seconds()
    if last := newest():
        yield "backup", (now - last.at).total_seconds()


def text() -> bytes:
    """Return all figures as text."""
    from prometheus_client import CollectorRegistry, generate_latest  # noqa: PLC0415 - as above

    registry = CollectorRegistry()
    registry.register(Collector())
    return bytes(generate_latest(registry))
