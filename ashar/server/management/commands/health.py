"""`ashar health`: the page of health in the terminal; ends with 1 when somebody must act."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from ashar.server import health
from ashar.server.versions import versions

MARKS = {health.GOOD: "ok   ", health.WATCH: "watch", health.BAD: "BAD  "}


class Command(BaseCommand):
    help = "Says how the machine is: database, worker, back-ups, disk, keys, versions."
    requires_system_checks: list[str] = []  # they are among what is looked at

    def handle(self, **_options: Any) -> None:
        with translation.override("en"):
            signs = health.signs()
        for sign in signs:
            self.stdout.write(f"{MARKS[sign.state]} {sign.title}: {sign.says}")
        self.stdout.write(", ".join(f"{name} {number}" for name, number in versions().items()))
        if any(sign.is_bad for sign in signs):
            raise CommandError("Somebody must act now.")
