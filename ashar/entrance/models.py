"""What the door remembers: wrong passwords, first passwords, used codes, invitations."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from ashar.parties.models import Account


class SignInTry(models.Model):
    """Wrong passwords in a row for one name from one address; the name is a digest, never text."""

    name = models.CharField(max_length=64)
    address = models.CharField(max_length=45)
    tries = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(db_index=True)
    closed_until = models.DateTimeField()

    class Meta:
        """One row for a name and an address."""

        constraints = (
            models.UniqueConstraint(fields=("name", "address"), name="sign_in_try_once"),
        )

    def __str__(self) -> str:
        return f"{self.tries} wrong passwords"


class GivenPassword(models.Model):
    """The password of this account was given by an administrator and must be changed."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="given_password")
    given_at = models.DateTimeField(default=timezone.now)
    valid_until = models.DateTimeField()

    def __str__(self) -> str:
        return f"first password until {self.valid_until}"


class UsedCode(models.Model):
    """A one-time code that was used; it opens nothing again, whichever process is asked."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=64)
    used_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        """A code is used once."""

        constraints = (models.UniqueConstraint(fields=("account", "code"), name="code_used_once"),)

    def __str__(self) -> str:
        return f"code used at {self.used_at}"


class IdentityInvitation(models.Model):
    """An administrator's leave to link a state identity to this account, once."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    word = models.CharField(max_length=64, unique=True)
    valid_until = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"invitation until {self.valid_until}"
