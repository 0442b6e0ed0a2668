"""The keeper of the door looks at every request: how old the session is, what is still owed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from ashar.entrance.access import decides, has_factor
from ashar.entrance.queries import first_password_of
from ashar.parties.models import Account

MARK = "entrance"
LOOK_AGAIN = 60  # seconds: how exact “idle” is, and how seldom the session is written
IDLE_DECIDING = 30 * 60
IDLE_SHARED = 15 * 60
# What stays open to somebody who still owes a new password or a second factor.
ALWAYS_OPEN = frozenset(
    {
        "sign-in", "sign-out", "account_login", "set_language", "entrance:password",
        "account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn",
    }
)  # fmt: skip
FOR_FACTORS = frozenset(
    {
        "mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
    }
)  # fmt: skip
HEADERS = {
    "Permissions-Policy": (
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), geolocation=(), "
        "gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=(), "
        "publickey-credentials-create=(self), publickey-credentials-get=(self)"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
}

Answer = Callable[[HttpRequest], HttpResponse]


def new_mark(user: Account, *, is_shared: bool) -> dict[str, Any]:
    """Return what a session remembers about its beginning."""
    now = timezone.now().timestamp()
    return {
        "at": now,
        "seen": now,
        "shared": is_shared,
        "decides": decides(user),
        "owes_password": first_password_of(user) is not None,
        "factor": False,
    }


class Keeper:
    """Ends sessions that are too old or idle, asks for what is owed, sets the headers."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at the session, answer, and let nothing private stay in the machine."""
        answer = self._ended(request) or self.get_response(request)
        for name, value in HEADERS.items():
            answer.headers.setdefault(name, value)
        if request.user.is_authenticated and not answer.has_header("Cache-Control"):
            # On a shared computer the Back button must not show the work of the one before.
            patch_cache_control(answer, private=True, no_store=True)
        return answer

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Lead to what is owed: a password of one's own, a second factor."""
        user = request.user
        if not isinstance(user, Account) or request.resolver_match is None:
            return None
        name, mark = request.resolver_match.view_name, request.session[MARK]
        if name in ALWAYS_OPEN:
            return None
        if mark["owes_password"]:
            return redirect("entrance:password")
        if name not in FOR_FACTORS and self._owes_factor(request, user, mark):
            return redirect("mfa_index")
        return None

    def _owes_factor(self, request: HttpRequest, user: Account, mark: dict[str, Any]) -> bool:
        if not settings.ASHAR_SECOND_FACTOR or mark["factor"] or not mark["decides"]:
            return False
        if has_factor(user):
            mark["factor"] = True
            request.session.modified = True
            return False
        return True

    def _ended(self, request: HttpRequest) -> HttpResponse | None:
        user = request.user
        if not isinstance(user, Account):
            return None
        mark = request.session.get(MARK)
        if mark is None:
            mark = request.session[MARK] = new_mark(user, is_shared=False)
        why = over(mark, timezone.now().timestamp())
        if why:
            logout(request)
            messages.info(request, sentence(why))
            here = {"next": request.get_full_path()} if request.method == "GET" else {}
            return redirect(f"{reverse('sign-in')}?{urlencode(here)}")
        self._seen(request, user, mark)
        return None

    def _seen(self, request: HttpRequest, user: Account, mark: dict[str, Any]) -> None:
        now = timezone.now().timestamp()
        if now - mark["seen"] > LOOK_AGAIN:
            mark["seen"], mark["decides"] = now, decides(user)
            request.session.modified = True


def over(mark: dict[str, Any], now: float) -> str:
    """Say why the session is over: “old”, “idle” or nothing."""
    if now - mark["at"] > settings.SESSION_COOKIE_AGE:
        return "old"
    limits = [IDLE_SHARED] * mark["shared"] + [IDLE_DECIDING] * mark["decides"]
    # What was seen within the last minute is not written: the minute is given on top.
    if limits and now - mark["seen"] > min(limits) + LOOK_AGAIN:
        return "idle"
    return ""


def sentence(why: str) -> str:
    """Return what the person is told when she finds herself signed out."""
    if why == "old":
        return _("The working day of this sign-in is over. Please sign in again.")
    return _("Nobody worked here for a while, so you were signed out. Please sign in again.")
