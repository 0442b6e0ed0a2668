"""What is done to an account: first passwords, changes of password and of second factor."""

# mypy: disable-error-code="import-untyped"

from __future__ import annotations

from datetime import timedelta

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import IntegrityError, transaction
from django.utils import timezone

from ashar.entrance import core
from ashar.entrance.access import digest
from ashar.entrance.actions.sessions import end_sessions
from ashar.entrance.models import GivenPassword, IdentityInvitation, UsedCode
from ashar.journal import actions as journal
from ashar.journal.actions import deed
from ashar.kernel.ids import new_ref
from ashar.parties.actions import open_account, register_person
from ashar.parties.models import Account

FIRST_PASSWORD_LIVES = timedelta(days=7)
INVITATION_LIVES = timedelta(days=7)
CODE_LIVES = timedelta(minutes=5)


@deed
def make_administrator(username: str, name: str) -> tuple[Account, str]:
    """Make the first account of an empty installation; return it with its first password."""
    account, password = make_account(username, name, by=None)
    Account.objects.filter(pk=account.pk).update(is_staff=True)
    account.is_staff = True
    journal.write("administrator_made", subject=f"account:{account.pk}", by=None)
    return account, password


@deed
def make_account(username: str, name: str, *, by: Account | None) -> tuple[Account, str]:
    """Let a person sign in; return the account with a password to be printed and used once."""
    person = register_person(name=name, by=by)
    password = core.first_password()
    account = open_account(person=person, username=username, password=password, by=by)
    _mark_given(account)
    return account, password


@deed
def give_first_password(account: Account, *, by: Account | None) -> str:
    """Give a new first password to somebody who forgot hers or lost her telephone.

    The old password, the second factor and every session end with it.
    """
    password = core.first_password()
    account.set_password(password)
    account.save(update_fields=["password"])
    _mark_given(account)
    removed, _rows = Authenticator.objects.filter(user=account).delete()
    journal.write(
        "first_password_given",
        subject=f"account:{account.pk}",
        by=by,
        data={"factors_removed": removed},
    )
    end_sessions(account, by=by, why="first_password")
    return password


def _mark_given(account: Account) -> None:
    now = timezone.now()
    GivenPassword.objects.update_or_create(
        account=account, defaults={"given_at": now, "valid_until": now + FIRST_PASSWORD_LIVES}
    )


@deed
def set_open(account: Account, *, is_open: bool, by: Account | None) -> None:
    """Close an account, with every session of it, or open it again."""
    Account.objects.filter(pk=account.pk).update(is_active=is_open)
    word = "account_opened_again" if is_open else "account_closed"
    journal.write(word, subject=f"account:{account.pk}", by=by)
    if not is_open:
        end_sessions(account, by=by, why="closed")


@deed
def change_password(account: Account, password: str, *, kept_session: str) -> None:
    """Take the person's own new password; every other session ends."""
    account.set_password(password)
    account.save(update_fields=["password"])
    GivenPassword.objects.filter(account=account).delete()
    journal.write("password_changed", subject=f"account:{account.pk}", by=account)
    end_sessions(account, by=account, kept=kept_session, why="password")


@deed
def write_factor(account: Account, kind: str, *, added: bool, kept_session: str) -> None:
    """Write down that a second factor came or went; every other session ends."""
    journal.write(
        "factor_added" if added else "factor_removed",
        subject=f"account:{account.pk}",
        by=account,
        data={"kind": kind},
    )
    end_sessions(account, by=account, kept=kept_session, why="factor")


def use_code(account: Account, code: str) -> bool:
    """Mark a one-time code as used; False when it was used before."""
    now = timezone.now()
    UsedCode.objects.filter(used_at__lt=now - CODE_LIVES).delete()
    try:
        with transaction.atomic():
            UsedCode.objects.create(account=account, code=digest(code, "code"), used_at=now)
    except IntegrityError:
        return False
    return True


@deed
def invite_identity(account: Account, *, by: Account) -> str:
    """Let the person link a state identity to this account, once; return the secret word."""
    word = new_ref() + new_ref()
    IdentityInvitation.objects.create(
        account=account,
        word=digest(word, "invitation"),
        valid_until=timezone.now() + INVITATION_LIVES,
    )
    journal.write("identity_invited", subject=f"account:{account.pk}", by=by)
    return word


@deed
def accept_invitation(row: int) -> Account | None:
    """Use up an invitation; return its account, or nothing when it was used or is too old."""
    now = timezone.now()
    waiting = IdentityInvitation.objects.filter(pk=row, used_at=None, valid_until__gt=now)
    if not waiting.update(used_at=now):
        return None
    return IdentityInvitation.objects.select_related("account").get(pk=row).account


@deed
def write_identity(account: Account, *, by: Account | None, linked: bool) -> None:
    """Write down that a state identity was linked or let go."""
    journal.write(
        "identity_linked" if linked else "identity_removed",
        subject=f"account:{account.pk}",
        by=by,
    )


@deed
def let_identity_go(account: Account, row: int) -> bool:
    """Unlink a state identity from the account; False if it is not there."""
    removed, _rows = SocialAccount.objects.filter(user=account, pk=row).delete()
    if removed:
        write_identity(account, by=account, linked=False)
    return bool(removed)
