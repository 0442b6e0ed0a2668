"""Sessions begin and end; ending them is written down."""

# mypy: disable-error-code="import-untyped"

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

from ashar.journal import actions as journal
from ashar.journal.actions import deed
from ashar.parties.models import Account


@deed
def end_sessions(account: Account, *, by: Account | None, kept: str = "", why: str) -> int:
    """End every session of the account but the one kept; return how many ended.

    The sessions themselves are read, not only the list of them, so that none is forgotten.
    """
    keys = [
        session.session_key
        for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator()
        if session.session_key != kept
        and str(session.get_decoded().get(SESSION_KEY, "")) == str(account.pk)
    ]
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(user=account).exclude(session_key=kept).delete()
    if keys or not kept:
        journal.write(
            "sessions_ended",
            subject=f"account:{account.pk}",
            by=by,
            data={"why": why, "count": len(keys)},
        )
    return len(keys)


@deed
def end_session(account: Account, row: int, *, by: Account) -> bool:
    """End one session of the account, named by its row in the list; False if it is gone."""
    found = UserSession.objects.filter(user=account, pk=row).first()
    if found is None:
        return False
    Session.objects.filter(session_key=found.session_key).delete()
    UserSession.objects.filter(pk=found.pk).delete()
    journal.write(
        "sessions_ended",
        subject=f"account:{account.pk}",
        by=by,
        data={"why": "one", "count": 1},
    )
    return True


@deed
def write_sign_in(account: Account, methods: list[str]) -> None:
    """Write down that the person signed in, and by what."""
    journal.write(
        "signed_in", subject=f"account:{account.pk}", by=account, data={"methods": methods}
    )
