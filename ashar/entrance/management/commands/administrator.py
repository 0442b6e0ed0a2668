"""`ashar administrator NAME`: the first account of an empty installation."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from ashar.entrance.actions.accounts import make_administrator
from ashar.parties.models import Account


class Command(BaseCommand):
    help = "Makes an administrator's account and prints its first password, to be used once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="the name for signing in, for example: asel")
        parser.add_argument("--person", default="", help="surname and given names")

    def handle(self, *_arguments: Any, **options: Any) -> None:
        name = options["name"].strip().lower()
        if Account.objects.filter(username=name).exists():
            raise CommandError(
                f"There is an account {name} already. A new first password: "
                f"ashar account reset {name}"
            )
        account, password = make_administrator(name, options["person"] or name)
        self.stdout.write(
            f"Administrator {account.get_username()}.\n"
            f"Address:        {settings.ASHAR_ADDRESS}{reverse('sign-in')}\n"
            f"First password: {password}\n"
            "It works for a week and must be changed at the first sign-in. "
            "It is kept nowhere: write it down now."
        )
