"""Wrong passwords are counted by name and address together.

So a guesser is stopped, while neither a village behind one address nor an official whose name
somebody abuses from elsewhere is locked out. An unknown name is treated exactly as a known one.
"""

# mypy: disable-error-code="import-untyped,misc"

from __future__ import annotations

from datetime import datetime
from typing import Any

from axes.handlers.base import AxesHandler
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from ashar.entrance import core
from ashar.entrance.access import client_address, digest
from ashar.entrance.models import SignInTry
from ashar.journal import actions as journal
from ashar.journal.actions import deed
from ashar.parties.models import Account

UNKNOWN = ""  # under this name all tries of unknown names from an address are counted together


class Tries(AxesHandler):
    """What django-axes asks and tells: may this one try, did it fail, did it succeed."""

    def is_locked(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        """Say whether the door is closed for this name from this address."""
        if request is None or not credentials:
            return False
        closed = closed_until(str(credentials.get("username") or ""), client_address(request))
        request.__dict__["ashar_closed_until"] = closed
        return closed is not None

    def user_login_failed(
        self,
        sender: object,  # noqa: ARG002 - told by the signal
        credentials: dict[str, Any],
        request: HttpRequest | None = None,
        **_further: object,
    ) -> None:
        """Count a wrong password; close the door after the fifth."""
        if request is None or getattr(request, "axes_locked_out", False):
            return  # what is not even compared is not counted, so that nobody prolongs the wait
        name = str(credentials.get("username") or "")
        closed = count_failure(name, client_address(request))
        request.__dict__["ashar_closed_until"] = closed
        request.__dict__["axes_locked_out"] = closed is not None

    def user_logged_in(
        self,
        sender: object,  # noqa: ARG002 - told by the signal
        request: HttpRequest,
        user: Account,
        **_further: object,
    ) -> None:
        """Forget the wrong passwords of this name from this address."""
        forget_failures(user.get_username(), client_address(request))


def closed_until(name: str, address: str) -> datetime | None:
    """Return until when the door is closed for the name from the address, if it is."""
    return (
        SignInTry.objects.filter(name=_mark(name), address=address, closed_until__gt=timezone.now())
        .values_list("closed_until", flat=True)
        .first()
    )


@deed
def count_failure(name: str, address: str) -> datetime | None:
    """Count a wrong password and write it down; return until when the door is now closed."""
    now = timezone.now()
    SignInTry.objects.filter(last_at__lt=now - core.FORGOTTEN_AFTER).delete()
    tries = _one_more(_mark(name), address, now)
    wait = core.wait_after(tries)
    if wait:
        SignInTry.objects.filter(name=_mark(name), address=address).update(closed_until=now + wait)
    account = Account.objects.filter(username=name).select_related("person").first()
    if account is not None:
        _write_known(account, tries)
    elif core.is_round(together := _one_more(UNKNOWN, address, now)):
        # A flood of invented names writes few lines, and never the names: people type their
        # passwords there.
        journal.write(
            "sign_in_failed", subject="account:unknown", by=None, data={"times": together}
        )
    return now + wait if wait else None


def _one_more(mark: str, address: str, now: datetime) -> int:
    """Count one more in the row and return the count; two tries at once are two."""
    row, _made = SignInTry.objects.get_or_create(
        name=mark, address=address, defaults={"last_at": now, "closed_until": now}
    )
    SignInTry.objects.filter(pk=row.pk).update(tries=F("tries") + 1, last_at=now)
    return int(SignInTry.objects.values_list("tries", flat=True).get(pk=row.pk))


def _write_known(account: Account, tries: int) -> None:
    journal.write(
        "sign_in_failed",
        subject=f"account:{account.pk}",
        by=None,
        data={"times": tries, "closed": bool(core.wait_after(tries))},
    )


def forget_failures(name: str, address: str) -> None:
    """Forget the wrong passwords: the right one was given."""
    SignInTry.objects.filter(name=_mark(name), address=address).delete()


def _mark(name: str) -> str:
    return digest(name.strip().lower(), "name")
