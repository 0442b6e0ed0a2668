"""Which passwords are accepted: long ones that nobody has guessed before; nothing else is asked."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ashar.entrance import core
from ashar.entrance.access import decides

LEAST_FOR_DECIDING = 12
LEAST = 10


def least_signs(user: Any) -> int:
    """Return how many signs the password of this person needs."""
    return LEAST_FOR_DECIDING if user is None or decides(user) else LEAST


class LongEnough:
    """At least twelve signs for those who decide or pay, ten for everybody else."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError when the password is too short for this person."""
        least = least_signs(user)
        if len(password) < least:
            sentence = ngettext(
                "The password is too short: use at least %(least)d sign. Three or four words "
                "that you remember are best.",
                "The password is too short: use at least %(least)d signs. Three or four words "
                "that you remember are best.",
                least,
            ) % {"least": least}
            raise ValidationError(sentence, code="password_too_short")

    def get_help_text(self) -> str:
        """Return the rule as it stands beside the field."""
        return _("Three or four words that you remember are best. Spaces are allowed.")


class NotKnown(CommonPasswordValidator):
    """Not one of the passwords that leaked elsewhere and that everybody tries first."""

    def validate(self, password: str, user: Any = None) -> None:  # noqa: ARG002 - Django's order
        """Raise ValidationError when the password, or what it is made of, is on the list."""
        if core.is_monotonous(password) or self.passwords & set(core.common_forms(password)):
            raise ValidationError(
                _("This password is easy to guess: it is on the list of known ones. Take another."),
                code="password_too_common",
            )

    def get_help_text(self) -> str:
        """Return the rule as it stands beside the field."""
        return _("Not a password that everybody knows, and not your name.")


class NotName:
    """Not one's own name with a few signs around it."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError when the password is little more than names."""
        names = [] if user is None else [user.get_username(), *str(user).split()]
        if core.is_made_of(password, names):
            raise ValidationError(
                _("This password is easy to guess: it is little more than a name. Take another."),
                code="password_too_similar",
            )

    def get_help_text(self) -> str:
        """Return the rule as it stands beside the field."""
        return _("Not a password that everybody knows, and not your name.")
