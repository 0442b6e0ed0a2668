"""Signing in and out."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.views import LoginView, LogoutView

from ashar.parties.forms import SignInForm

sign_out = LogoutView.as_view()


class SignIn(LoginView):
    """The page to sign in; where training is on, it names the training accounts."""

    template_name = "parties/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **further: object) -> dict[str, object]:
        """Say whether this installation is for training."""
        context: dict[str, object] = super().get_context_data(**further)
        return context | {"is_training": settings.ASHAR_DEMONSTRATION}


sign_in = SignIn.as_view()
