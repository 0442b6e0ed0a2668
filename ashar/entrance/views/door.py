"""Signing in and out, signing in anew, and the page that says when to try again."""

# mypy: disable-error-code="import-untyped,misc,no-any-return"

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.account.views import ReauthenticateView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as CodeAnewView
from allauth.mfa.webauthn.views import LoginWebAuthnView, ReauthenticateWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from ashar.entrance.forms import SignInForm
from ashar.entrance.views.adapters import SHARED, FirstPasswordTooOld

TOO_MANY = 429


class SignIn(LoginView):
    """The page to sign in; where training is on, it names the training accounts."""

    template_name = "entrance/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        """Go on to the second step, or in."""
        user = form.get_user()
        self.request.session[SHARED] = bool(form.cleaned_data["shared"])
        login = Login(user=user, redirect_url=self.get_success_url())
        try:
            return perform_password_login(self.request, {}, login)
        except FirstPasswordTooOld:
            sentence = _(
                "This first password is older than a week. Ask the administrator for another."
            )
            messages.error(self.request, sentence)
            return redirect("sign-in")

    def get_context_data(self, **further: object) -> dict[str, object]:
        """Say whether this installation is for training, and which other ways in there are."""
        context: dict[str, object] = super().get_context_data(**further)
        return context | {
            "is_training": settings.ASHAR_DEMONSTRATION,
            "identity_name": settings.ASHAR_IDENTITY["name"] if settings.ASHAR_IDENTITY else "",
        }


sign_in = sensitive_post_parameters("password")(SignIn.as_view())
sign_out = LogoutView.as_view()


class PasskeySignIn(LoginWebAuthnView):
    """The door opened by a passkey alone; the choice of a shared computer counts here too."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Remember the choice and go in."""
        self.request.session[SHARED] = "shared" in self.request.POST
        try:
            return super().form_valid(form)
        except FirstPasswordTooOld:
            return redirect("sign-in")


second_step = AuthenticateView.as_view()
passkey_sign_in = PasskeySignIn.as_view()
anew = sensitive_post_parameters("password")(ReauthenticateView.as_view())
anew_by_code = CodeAnewView.as_view()
anew_by_passkey = ReauthenticateWebAuthnView.as_view()


def closed(
    request: HttpRequest,
    response: HttpResponse | None = None,  # noqa: ARG001 - told by django-axes
    credentials: Any = None,  # noqa: ARG001 - told by django-axes
) -> HttpResponse:
    """Say until when the door is closed for this name from this place, and what can be done."""
    until = getattr(request, "ashar_closed_until", None) or timezone.now()
    minutes = max(1, -int(-(until - timezone.now()).total_seconds() // 60))
    context = {"until": until, "minutes": minutes, "sign_in": reverse("sign-in")}
    answer = render(request, "entrance/closed.html", context, status=TOO_MANY)
    answer.headers["Retry-After"] = str(minutes * 60)
    return answer


@require_safe
def account_is_closed(request: HttpRequest) -> HttpResponse:
    """Say that the account is closed."""
    return render(request, "account/account_inactive.html", status=403)
