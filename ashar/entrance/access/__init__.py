"""Who must show what at the door, and how long ago somebody showed it."""

# mypy: disable-error-code="import-untyped,no-any-return"

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import suspend_request
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import salted_hmac

from ashar.parties.access import mandates_of, signed_in, type_user
from ashar.parties.choices import MandateRole
from ashar.parties.models import Account

# Who decides or pays. Deputies vote in public sittings; representatives ask, they do not decide.
DECIDING_ROLES = frozenset(
    {
        MandateRole.SPECIALIST,
        MandateRole.HEAD,
        MandateRole.SECRETARY,
        MandateRole.MEMBER,
        MandateRole.OFFICER,
        MandateRole.MANAGER,
    }
)
RECENT_SECONDS = 5 * 60
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
_UNKNOWN_ADDRESS = "0.0.0.0"  # noqa: S104 - a word for “not known”, nothing is bound to it


def decides(user: type_user) -> bool:
    """Say whether the person decides or pays today: by mandate, or as an administrator."""
    if not isinstance(user, Account):
        return False
    return user.is_staff or any(mandate.role in DECIDING_ROLES for mandate in mandates_of(user))


def has_factor(user: type_user) -> bool:
    """Say whether the account has a second factor: codes of an application or a passkey."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).exists()


def must_have_factor(user: type_user) -> bool:
    """Say whether the person may work only with a second factor."""
    return settings.ASHAR_SECOND_FACTOR and decides(user)


def recently_signed_in(request: HttpRequest) -> bool:
    """Say whether the person showed a password, code or passkey in the last five minutes."""
    if not request.user.is_authenticated:
        return False
    records = get_authentication_records(request, request.user)
    return any(time.time() - record["at"] < RECENT_SECONDS for record in records)


def must_sign_in_anew(request: HttpRequest) -> bool:
    """Say whether a weighty step must wait until the person has signed in anew."""
    return settings.ASHAR_SIGN_IN_ANEW and not recently_signed_in(request)


def sign_in_anew(request: HttpRequest) -> HttpResponse:
    """Lead to the page that asks who sits there; afterwards the same step goes on, form and all."""
    return suspend_request(request, reverse("account_reauthenticate"))


def signed_in_anew(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a page open only to somebody who signed in during the last five minutes."""

    @wraps(view)
    def ask_first(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        if must_sign_in_anew(request):
            return sign_in_anew(request)
        return view(request, *arguments, **named)

    return ask_first


def administrator(request: HttpRequest) -> Account:
    """Return the account of an administrator.

    Raises PermissionDenied for anybody else.
    """
    account = signed_in(request)
    if not account.is_staff:
        raise PermissionDenied
    return account


def client_address(request: HttpRequest) -> str:
    """Return the address from which somebody asks, as the nearest trusted server saw it.

    Each server before ours adds one address to X-Forwarded-For; only those added by our own
    servers (ASHAR_PROXIES) are believed, since anybody may write the rest.
    """
    seen: str = request.META.get("REMOTE_ADDR") or _UNKNOWN_ADDRESS
    if not settings.ASHAR_PROXIES:
        return seen
    told = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    if len(told) < settings.ASHAR_PROXIES or not told[-settings.ASHAR_PROXIES]:
        return seen
    return told[-settings.ASHAR_PROXIES][:45]


def digest(text: str, purpose: str) -> str:
    """Return a mark that stands for the text and from which the text cannot be read."""
    return salted_hmac(f"ashar.entrance.{purpose}", text, algorithm="sha256").hexdigest()
