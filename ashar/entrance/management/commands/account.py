"""`ashar account end-sessions|reset|close|open NAME`: help when nobody can use the pages."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ashar.entrance.actions.accounts import give_first_password, set_open
from ashar.entrance.actions.sessions import end_sessions
from ashar.parties.models import Account


class Command(BaseCommand):
    help = "Ends all sessions of an account, gives a new first password, closes or opens it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["end-sessions", "reset", "close", "open"])
        parser.add_argument("name", help="the name for signing in")

    def handle(self, *_arguments: Any, **options: Any) -> None:
        account = Account.objects.filter(username=options["name"]).first()
        if account is None:
            raise CommandError(f"There is no account {options['name']}.")
        what = options["what"]
        if what == "end-sessions":
            count = end_sessions(account, by=None, why="administrator")
            self.stdout.write(f"Sessions ended: {count}.")
        elif what == "reset":
            password = give_first_password(account, by=None)
            self.stdout.write(
                f"First password of {account.get_username()}: {password}\n"
                "It works for a week and must be changed at the first sign-in. The second step "
                "and every session have ended."
            )
        else:
            set_open(account, is_open=what == "open", by=None)
            self.stdout.write(f"The account is {'open' if what == 'open' else 'closed'}.")
