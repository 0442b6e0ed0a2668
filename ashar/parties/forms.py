"""The form with which people sign in."""

from __future__ import annotations

from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy

from ashar.interface.forms import AsharForm


class SignInForm(AsharForm, AuthenticationForm):
    """Name and password; a mistake is told as on every other form."""

    error_messages = {
        "invalid_login": gettext_lazy(
            "This name and password do not fit together. Check the keyboard's language and try "
            "again."
        ),
        "inactive": gettext_lazy("This account is closed. Ask the administrator."),
    }
