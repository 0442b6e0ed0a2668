"""The forms of the door: every one looks and speaks like the other forms of Ashar."""

# mypy: disable-error-code="import-untyped,misc,no-any-return"

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as factor_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as passkey_forms
from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ashar.entrance.actions import accounts
from ashar.interface.forms import AsharForm
from ashar.parties.models import Account

WRONG_PASSWORD = gettext_lazy(
    "This name and password do not fit together. Check the keyboard's language and try again."
)


def _current_password() -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": "current-password"})
    return forms.CharField(label=gettext_lazy("Your password"), strip=False, widget=widget)


def _new_password(label: Any) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
    return forms.CharField(label=label, strip=False, widget=widget)


class SignInForm(AsharForm, AuthenticationForm):
    """Name and password; a mistake is told as on every other form."""

    shared = forms.BooleanField(
        required=False,
        label=gettext_lazy("This is a shared computer"),
        help_text=gettext_lazy(
            "You are signed out when the browser is closed, and after 15 minutes without work."
        ),
    )
    error_messages = {
        "invalid_login": WRONG_PASSWORD,
        "inactive": gettext_lazy("This account is closed. Ask the administrator."),
    }


class PasswordForm(AsharForm):
    """The old password and the new one, typed once: it can be shown while it is typed."""

    old = _current_password()
    new = _new_password(gettext_lazy("New password"))
    again = _new_password(gettext_lazy("New password once more"))

    def __init__(self, account: Account, *arguments: Any, **options: Any) -> None:
        """Keep whose password it is."""
        self.account = account
        super().__init__(*arguments, **options)

    def clean_old(self) -> str:
        """Compare the old password as at the door: whoever guesses here is stopped too."""
        old: str = self.cleaned_data["old"]
        if not get_adapter().reauthenticate(self.account, old):
            raise ValidationError(_("This is not your present password."), code="wrong")
        return old

    def clean_new(self) -> str:
        """Take a long password that nobody guesses."""
        new: str = self.cleaned_data["new"]
        validate_password(new, self.account)
        if new == self.data.get(self.add_prefix("old")):
            raise ValidationError(_("This is the old password. Take a new one."), code="same")
        return new

    def clean_again(self) -> str:
        """Compare both."""
        again: str = self.cleaned_data["again"]
        if "new" in self.cleaned_data and again != self.cleaned_data["new"]:
            raise ValidationError(_("The two passwords differ. Type both again."), code="differ")
        return again


class AnewForm(AsharForm):
    """The password once more, before something that weighs."""

    password = _current_password()

    def __init__(self, *arguments: Any, user: Account, **options: Any) -> None:
        """Keep who sits there."""
        self.user = user
        super().__init__(*arguments, **options)

    def clean_password(self) -> str:
        """Compare it as at the door."""
        password: str = self.cleaned_data["password"]
        if not get_adapter().reauthenticate(self.user, password):
            raise ValidationError(_("This is not your present password."), code="wrong")
        return password


def _code_field(label: Any) -> forms.CharField:
    attributes = {"autocomplete": "one-time-code", "inputmode": "numeric", "data-width": "10"}
    return forms.CharField(label=label, max_length=20, widget=forms.TextInput(attrs=attributes))


class _OneUse(forms.Form):
    """A code of the telephone opens the door once, whichever process is asked."""

    user: Account
    authenticator: Authenticator

    def clean_code(self) -> str:
        """Compare the code, then mark it as used."""
        code: str = super().clean_code()
        is_totp = self.authenticator.type == Authenticator.Type.TOTP
        if is_totp and not accounts.use_code(self.user, code.replace(" ", "")):
            raise ValidationError(
                _("This code was used already. Wait for the next one."), code="used"
            )
        return code


class CodeForm(AsharForm, _OneUse, factor_forms.AuthenticateForm):
    """The second step at the door."""

    code = _code_field(gettext_lazy("Code from the telephone, or one of the printed codes"))


class CodeAnewForm(AsharForm, _OneUse, factor_forms.ReauthenticateForm):
    """The code once more, before something that weighs."""

    code = _code_field(gettext_lazy("Code from the telephone, or one of the printed codes"))


class NewCodesForm(AsharForm, totp_forms.ActivateTOTPForm):
    """The first code shows that the telephone has understood."""

    code = _code_field(gettext_lazy("The six digits that the telephone shows now"))


class NoCodesForm(AsharForm, totp_forms.DeactivateTOTPForm):
    """Nothing is typed; the button says it."""


class NewPasskeyForm(AsharForm, passkey_forms.AddWebAuthnForm):
    """A passkey made by the telephone or the computer; it always opens the door alone."""

    name = forms.CharField(
        label=gettext_lazy("What do you call this device?"), max_length=60, required=False
    )
    passwordless = forms.BooleanField(initial=True, required=False, widget=forms.HiddenInput)

    def clean_passwordless(self) -> bool:
        """Let only passkeys in that ask for a finger, a face or a PIN."""
        return True


class AccountForm(AsharForm):
    """Who is to sign in."""

    name = forms.CharField(label=gettext_lazy("Surname and given names"), max_length=200)
    username = forms.CharField(
        label=gettext_lazy("Name for signing in"),
        max_length=60,
        help_text=gettext_lazy("Short, in Latin letters, for example: aigul"),
        validators=[UnicodeUsernameValidator()],
    )

    def clean_username(self) -> str:
        """Keep small letters only; refuse a name that is taken."""
        username: str = self.cleaned_data["username"].lower()
        if Account.objects.filter(username=username).exists():
            raise ValidationError(_("This name is taken. Choose another."), code="taken")
        return username
