"""`ashar demo`: the model aimak, with a living chain up to a stage."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from ashar.desk.actions.cast import enter_cast
from ashar.desk.actions.script import STAGES, is_there, play, real_cases
from ashar.desk.core import BODIES, CAST, COMMISSION, PASSWORD
from ashar.places.models import Territory
from ashar.server.fresh import start_over


class Command(BaseCommand):
    """Build, rebuild or describe the demonstration."""

    help = "Builds the demonstration up to a stage; --accounts only prints who may sign in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """A stage is one of the steps of the chain; naming one rebuilds."""
        parser.add_argument("--stage", choices=STAGES)
        parser.add_argument("--accounts", action="store_true")

    def handle(self, *, stage: str | None, accounts: bool, **_options: Any) -> None:
        """Build the chain; where it stands already, build it anew only when a stage is named."""
        if not accounts:
            self._build(stage)
        if accounts or stage is not None:
            self._print_accounts()

    def _build(self, stage: str | None) -> None:
        if is_there():
            if stage is None:
                self.stdout.write("The demonstration is there already.")
                return
            self._start_over()
        try:
            scene = enter_cast()
        except Territory.DoesNotExist as missing:
            message = "Load the places first: ashar load_places"
            raise CommandError(message) from missing
        play(scene, stage or STAGES[-1], tell=lambda line: self.stdout.write(f"  {line}"))

    def _start_over(self) -> None:
        """Empty the database, which holds nothing but training and the archive.

        Decisions and the journal may only grow, so training is not unpicked but begun anew.
        """
        if count := real_cases():
            message = (
                f"This database holds {count} real cases: the demonstration is not rebuilt here. "
                "Use another folder or database for training (ASHAR_VAR, DATABASE_URL)."
            )
            raise CommandError(message)
        self.stdout.write("Starting over with an empty database")
        start_over()
        for name in ("migrate", "load_places", "load_archive"):
            call_command(name, verbosity=0)

    def _print_accounts(self) -> None:
        """Print the cast: who they are, and the one password of training."""
        names = {body.key: body.name_ru for body in BODIES}
        self.stdout.write(f"Accounts of the demonstration, password {PASSWORD}:")
        for role in CAST:
            body = f"{role.role}, {names[role.body]}" if role.body else "-"
            if role.username in COMMISSION:
                body = "member of the commission"
            self.stdout.write(f"  {role.username:10} {role.name:12} {body}")
