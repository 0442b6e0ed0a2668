"""How allauth asks us: who may sign in, what is said, how secrets are kept."""

# mypy: disable-error-code="import-untyped,misc,no-any-return"

from __future__ import annotations

from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ashar.entrance.access import client_address, recently_signed_in
from ashar.entrance.access.secrets import seal, unseal
from ashar.entrance.actions.sessions import write_sign_in
from ashar.entrance.queries import first_password_of
from ashar.entrance.views.keeper import MARK, new_mark
from ashar.parties.models import Account

SHARED = "entrance_shared"
SENTENCES = {
    "mfa/messages/totp_activated.txt": gettext_lazy("Codes from the telephone are asked from now on."),
    "mfa/messages/totp_deactivated.txt": gettext_lazy("Codes from the telephone are no longer asked."),
    "mfa/messages/webauthn_added.txt": gettext_lazy("The passkey is added."),
    "mfa/messages/webauthn_removed.txt": gettext_lazy("The passkey is removed."),
    "mfa/messages/recovery_codes_generated.txt": gettext_lazy(
        "Codes to be printed are ready."
    ),
    "socialaccount/messages/account_connected.txt": gettext_lazy("The state identity is linked."),
    "socialaccount/messages/account_connected_updated.txt": gettext_lazy(
        "The state identity is linked."
    ),
    "socialaccount/messages/account_connected_other.txt": gettext_lazy(
        "This state identity is already linked to another account."
    ),
}  # fmt: skip


class FirstPasswordTooOld(Exception):
    """The first password was not used in time."""


def methods_of(request: HttpRequest, user: Account) -> list[str]:
    """Return by what the person has shown who she is: password, totp, webauthn, state identity."""
    records = get_authentication_records(request, user)
    return list(dict.fromkeys(str(one.get("type") or one["method"]) for one in records))


class AccountAdapter(DefaultAccountAdapter):
    """Signing in and out; there is no open registration."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": gettext_lazy(
            "There were too many wrong codes. Wait five minutes, then try again."
        ),
        "rate_limited": gettext_lazy(
            "There were too many wrong codes. Wait five minutes, then try again."
        ),
        "incorrect_password": gettext_lazy("This is not your present password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - asked by allauth
        """Say that accounts are opened by an administrator only."""
        return False

    def login(self, request: HttpRequest, user: Account) -> None:
        """Begin a session that knows when it began, and write it down."""
        is_shared = bool(request.session.pop(SHARED, False))
        methods = methods_of(request, user)
        super().login(request, user)
        request.session[MARK] = new_mark(user, is_shared=is_shared)
        if is_shared:
            request.session.set_expiry(0)
        write_sign_in(user, methods)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,  # noqa: ARG002 - ours need none
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say it in our own sentences; what we have no sentence for goes without saying."""
        said = message or SENTENCES.get(message_template or "")
        if said:
            messages.add_message(request, level, str(said), extra_tags=extra_tags)

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address that our own servers saw."""
        return client_address(request)

    def is_reauthentication_required(self, *, app: str, **_further: Any) -> bool:  # noqa: ARG002
        """Ask again before a factor changes, unless the person signed in a moment ago."""
        return not recently_signed_in(context.request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Name the ways to sign in anew in our own words."""
        said = {
            "reauthenticate": _("By password"),
            "mfa_reauthenticate": _("By a code"),
            "mfa_reauthenticate:webauthn": _("By a passkey"),
        }
        methods = super().get_reauthentication_methods(user)
        return [{**one, "description": said[one["id"]]} for one in methods]

    def pre_login(self, request: HttpRequest, user: Account, **further: Any) -> Any:
        """Refuse a first password that lay around for a week."""
        given = first_password_of(user)
        if given is not None and given.valid_until < timezone.now():
            raise FirstPasswordTooOld
        return super().pre_login(request, user, **further)


class FactorAdapter(DefaultMFAAdapter):
    """Second factors: their secrets are encrypted, their names are ours."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("This code or passkey does not fit. Try again."),
        "cannot_delete_authenticator": gettext_lazy(
            "Your work needs a second step. Add another one first, then remove this."
        ),
        "cannot_generate_recovery_codes": gettext_lazy("Set up the second step first."),
    }

    def get_totp_issuer(self) -> str:
        """Return the name under which the telephone keeps the codes."""
        return f"Ashar {context.request.get_host()}"

    def _get_site_name(self) -> str:
        return "Ashar"

    def _get_user_identifier(self, user: Account) -> str:
        return user.get_username()

    def build_totp_svg(self, url: str) -> str:
        """Draw the square for the telephone's camera."""
        return segno.make(url, error="m").svg_inline(scale=5, border=4, light="#fff")

    def encrypt(self, text: str) -> str:
        """Keep the secret of a telephone so that a copy of the database does not give it away."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Read it again."""
        return unseal(encrypted_text)

    def generate_authenticator_name(self, *_whose: Any, **_further: Any) -> str:
        """Offer a name for a new passkey."""
        return _("My device")
