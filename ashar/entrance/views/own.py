"""A person's own account: password, second steps, where she is signed in."""

# mypy: disable-error-code="import-untyped,misc,no-any-return"

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ashar.entrance.access import must_have_factor, signed_in_anew
from ashar.entrance.actions.accounts import change_password, let_identity_go, write_factor
from ashar.entrance.actions.sessions import end_session, end_sessions
from ashar.entrance.forms import PasswordForm
from ashar.entrance.queries import factors_of, identities_of, open_sessions
from ashar.entrance.views.keeper import MARK
from ashar.parties.access import signed_in
from ashar.parties.models import Account


@login_required
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """Show how the person signs in and where she is signed in now."""
    account = signed_in(request)
    factors = factors_of(account)
    context = {
        "factors": factors,
        "sessions": open_sessions(account, request.session.session_key),
        "identities": identities_of(account),
        "identity_name": settings.ASHAR_IDENTITY["name"] if settings.ASHAR_IDENTITY else "",
        "owes_factor": must_have_factor(account) and not factors.any,
    }
    return render(request, "entrance/own.html", context)


@sensitive_post_parameters("old", "new", "again")
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change the password; the first one, given on paper, must be changed."""
    account = signed_in(request)
    is_first = bool(request.session[MARK]["owes_password"])
    form = PasswordForm(account, request.POST or None)
    if is_first:
        form.fields["old"].label = _("Password from the paper")
    if request.method == "POST" and form.is_valid():
        update_session_auth_hash_first(request, account, form.cleaned_data["new"])
        messages.success(
            request, _("Your new password is set. Everywhere else you are signed out.")
        )
        return redirect("mfa_index")
    context = {"form": form, "is_first": is_first}
    return render(request, "entrance/password.html", context)


def update_session_auth_hash_first(request: HttpRequest, account: Account, new: str) -> None:
    """Set the password and keep only the session in which it was set, under a new number."""
    change_password(account, new, kept_session=request.session.session_key or "")
    update_session_auth_hash(request, account)
    UserSession.objects.create_from_request(request)
    request.session[MARK] = {**request.session[MARK], "owes_password": False}


@login_required
@require_POST
def end_one(request: HttpRequest, row: int) -> HttpResponse:
    """Sign the person out on one other machine."""
    account = signed_in(request)
    if end_session(account, row, by=account):
        messages.success(request, _("You are signed out there."))
    return redirect("mfa_index")


@login_required
@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """Sign the person out everywhere but here."""
    account = signed_in(request)
    end_sessions(account, by=account, kept=request.session.session_key or "", why="own")
    messages.success(request, _("You are signed out everywhere else."))
    return redirect("mfa_index")


@login_required
@require_POST
@signed_in_anew
def remove_identity(request: HttpRequest, row: int) -> HttpResponse:
    """Unlink the state identity; a password must remain."""
    account = signed_in(request)
    if not account.has_usable_password():
        messages.error(request, _("Set a password first: otherwise you could not come in."))
    elif let_identity_go(account, row):
        messages.success(request, _("The state identity is no longer linked."))
    return redirect("mfa_index")


def _note(request: HttpRequest, kind: str, *, added: bool) -> None:
    write_factor(
        signed_in(request), kind, added=added, kept_session=request.session.session_key or ""
    )
    request.session[MARK] = {**request.session[MARK], "factor": added}


class AddCodes(ActivateTOTPView):
    """Codes of the telephone: a square to photograph, then the first code."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Take the telephone and write it down."""
        answer = super().form_valid(form)
        _note(self.request, "codes", added=True)
        return answer


class _Last:
    """The last second step of somebody who needs one stays."""

    request: HttpRequest

    def is_needed(self, kind: str, row: int | None = None) -> bool:
        """Say whether the person needs a second step and has no other one."""
        account = signed_in(self.request)
        others = Authenticator.objects.filter(user=account).exclude(
            type=Authenticator.Type.RECOVERY_CODES
        )
        others = others.exclude(pk=row) if row else others.exclude(type=kind)
        return must_have_factor(account) and not others.exists()

    def refuse(self) -> HttpResponse:
        """Say why it stays."""
        sentence = _("Your work needs a second step. Add another one first, then remove this.")
        messages.error(self.request, sentence)
        return redirect("mfa_index")


class RemoveCodes(_Last, DeactivateTOTPView):
    """Codes of the telephone are no longer asked."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Remove them unless they are the last step of somebody who needs one."""
        if self.is_needed(Authenticator.Type.TOTP):
            return self.refuse()
        answer = super().form_valid(form)
        _note(self.request, "codes", added=False)
        return answer


class AddPasskey(AddWebAuthnView):
    """A passkey that opens the door without a password."""

    def get_context_data(self, **further: Any) -> dict[str, Any]:
        """Ask the device for a passkey that stays in it and asks for a finger or a PIN."""
        context = super().get_context_data(**further)
        context["js_data"] = {
            "creation_options": auth.begin_registration(self.request.user, passwordless=True)
        }
        return context

    def form_valid(self, form: Any) -> HttpResponse:
        """Take the passkey and write it down."""
        answer = super().form_valid(form)
        _note(self.request, "passkey", added=True)
        return answer


class RemovePasskey(_Last, RemoveWebAuthnView):
    """A passkey opens nothing any more."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Remove it unless it is the last step of somebody who needs one."""
        if self.is_needed(Authenticator.Type.WEBAUTHN, self.object.pk):
            return self.refuse()
        answer = super().form_valid(form)
        _note(self.request, "passkey", added=False)
        return answer


class NewPrintedCodes(GenerateRecoveryCodesView):
    """New codes on paper; the old paper is worth nothing."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Make them and write it down."""
        answer = super().form_valid(form)
        _note(self.request, "printed", added=True)
        return answer


add_codes = login_required(AddCodes.as_view())
remove_codes = login_required(RemoveCodes.as_view())
add_passkey = login_required(AddPasskey.as_view())
remove_passkey = login_required(RemovePasskey.as_view())
printed_codes = ViewRecoveryCodesView.as_view()
new_printed_codes = login_required(NewPrintedCodes.as_view())
