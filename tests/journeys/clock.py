"""A clock that the story moves forward: a contest of months is played in a minute."""

from __future__ import annotations

import time as seconds
from datetime import datetime, time, timedelta
from unittest import mock

from django.utils import timezone

REAL_NOW = timezone.now


class Clock:
    """Ten in the morning of a day long ago, then every day the story comes to."""

    def __init__(self, days_ago):
        self.started = seconds.monotonic()
        first = timezone.localdate(REAL_NOW()) - timedelta(days=days_ago)
        self.moment = timezone.make_aware(datetime.combine(first, time(10, 0)))

    def now(self):
        """The moment of the story."""
        return self.moment + timedelta(seconds=seconds.monotonic() - self.started)

    def today(self):
        """The day of the story."""
        return timezone.localdate(self.moment)

    def forward(self, days, hours=0):
        """Let days pass."""
        self.moment += timedelta(days=days, hours=hours)

    def running(self):
        """Everything inside, the server too, lives by this clock."""
        return mock.patch("django.utils.timezone.now", self.now)


def written(day):
    """A day as people type it."""
    return f"{day:%d.%m.%Y}"
