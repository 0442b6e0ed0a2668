"""Obeys law/retention.yaml: ashar privacy apply --dry-run | check | requests | answer REF."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ashar.privacy.actions import answer_own, apply
from ashar.privacy.core.policy import uncovered
from ashar.privacy.models import OwnRequest
from ashar.privacy.queries.policy import models_with_people, policy


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parts = parser.add_subparsers(dest="part", required=True)
        obey = parts.add_parser("apply", help="do what the policy says with what is past its term")
        obey.add_argument("--dry-run", action="store_true", help="only count")
        parts.add_parser("check", help="is every kind of people's data in the policy?")
        parts.add_parser("requests", help="requests of account holders without an answer")
        answer = parts.add_parser("answer", help="answer a request of an account holder")
        answer.add_argument("ref")
        answer.add_argument("words")

    def handle(self, *_arguments: Any, **options: Any) -> None:
        getattr(self, f"_{options['part']}")(options)

    def _apply(self, options: Any) -> None:
        lines = policy()
        for line in lines:
            if not line.is_known:
                self.stdout.write(f"{line.key}: the term is unknown, nothing is removed")
        is_trial = bool(options["dry_run"])
        for key, model, number in apply(lines, today=timezone.localdate(), is_trial=is_trial):
            done = "would be" if is_trial else "were"
            self.stdout.write(f"{key}: {number} of {model} {done} ended")

    def _check(self, _options: Any) -> None:
        missing = uncovered(policy(), models_with_people())
        if missing:
            raise CommandError(f"No line of law/retention.yaml names {', '.join(missing)}.")
        self.stdout.write("Every kind of people's data is in the policy.")

    def _requests(self, _options: Any) -> None:
        for one in OwnRequest.objects.filter(answered_at__isnull=True).order_by("pk"):
            self.stdout.write(f"{one.ref} {one.kind} since {one.asked_at:%Y-%m-%d}")

    def _answer(self, options: Any) -> None:
        one = OwnRequest.objects.filter(ref=options["ref"]).first()
        if one is None:
            raise CommandError("There is no such request.")
        answer_own(one, answer=options["words"], by=None)
