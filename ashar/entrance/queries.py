"""Reading what the door knows: sessions, second factors, accounts."""

# mypy: disable-error-code="import-untyped,no-any-return"

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db.models import Q, QuerySet
from django.utils import timezone

from ashar.entrance.core import machine_name
from ashar.entrance.models import GivenPassword, IdentityInvitation
from ashar.kernel.text import search_key
from ashar.parties.models import Account

MOST_SHOWN = 50


@dataclass(frozen=True)
class SessionRow:
    """One open session as its owner sees it."""

    row: int
    machine: str
    address: str
    since: datetime
    is_this: bool


def open_sessions(account: Account, present: str | None) -> list[SessionRow]:
    """Return where the person is signed in, this machine first."""
    rows = [
        SessionRow(
            session.pk,
            machine_name(session.user_agent),
            session.ip,
            session.created_at,
            session.session_key == present,
        )
        for session in UserSession.objects.purge_and_list(account)
    ]
    return sorted(rows, key=lambda row: (not row.is_this, row.since))


@dataclass(frozen=True)
class Passkey:
    """A passkey as its owner sees it."""

    row: int
    name: str
    added: datetime
    used: datetime | None


@dataclass(frozen=True)
class Factors:
    """The second steps of an account."""

    codes_since: datetime | None
    passkeys: list[Passkey]
    printed_left: int | None

    @property
    def any(self) -> bool:
        """Whether there is a second step at all."""
        return bool(self.codes_since or self.passkeys)


def factors_of(account: Account) -> Factors:
    """Return the second steps of the account."""
    codes, passkeys, printed = None, [], None
    for one in Authenticator.objects.filter(user=account).order_by("created_at"):
        if one.type == Authenticator.Type.TOTP:
            codes = one.created_at
        elif one.type == Authenticator.Type.WEBAUTHN:
            passkeys.append(Passkey(one.pk, one.wrap().name, one.created_at, one.last_used_at))
        else:
            printed = len(one.wrap().get_unused_codes())
    return Factors(codes, passkeys, printed)


def identities_of(account: Account) -> QuerySet[Any]:
    """Return the state identities linked to the account."""
    return SocialAccount.objects.filter(user=account).order_by("date_joined")


def first_password_of(account: Account) -> GivenPassword | None:
    """Return the mark that the password was given and not yet changed, if it stands."""
    return GivenPassword.objects.filter(account=account).first()


def invitation(word_digest: str) -> IdentityInvitation | None:
    """Return the invitation that may still be used."""
    return (
        IdentityInvitation.objects.select_related("account", "account__person")
        .filter(word=word_digest, used_at=None, valid_until__gt=timezone.now())
        .first()
    )


def accounts_found(words: str) -> list[Account]:
    """Return the accounts whose name or person's name holds the words, at most fifty."""
    found = Account.objects.select_related("person").order_by("username")
    for word in search_key(words).split():
        found = found.filter(Q(username__contains=word) | Q(person__search_key__contains=word))
    return list(found[:MOST_SHOWN])
