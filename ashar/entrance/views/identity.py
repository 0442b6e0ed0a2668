"""Signing in through the state's identity provider (OpenID Connect)."""

# mypy: disable-error-code="import-untyped,misc,no-any-return"

from __future__ import annotations

import secrets
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ashar.entrance.access import digest
from ashar.entrance.actions.accounts import accept_invitation, write_identity
from ashar.entrance.queries import invitation
from ashar.entrance.views.adapters import FirstPasswordTooOld
from ashar.parties.models import Account

PROVIDER = "state"
INVITED = "entrance_invited"


class StateIdentityAdapter(OpenIDConnectOAuth2Adapter):
    """Checks what the provider says: signed by it, for us, for this very attempt."""

    nonce = ""

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **further: Any) -> Any:
        """Accept the answer only with a signed token that bears our nonce and the same person."""
        if not further["response"].get("id_token"):
            raise OAuth2Error("no id_token")
        login = super().complete_login(request, app, token, **further)
        said = login.account.extra_data
        claims = said.get("id_token") or {}
        if not self.nonce or not secrets.compare_digest(str(claims.get("nonce", "")), self.nonce):
            raise OAuth2Error("the nonce is not ours")
        if "userinfo" in said and said["userinfo"].get("sub") != claims.get("sub"):
            raise OAuth2Error("two different persons")
        # Who it is suffices; name, number and address of the person stay with the state.
        login.account.extra_data = {"id_token": {"sub": claims["sub"]}}
        return login

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        return jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
            verify_signature=True,
        )


class StateIdentityProvider(OpenIDConnectProvider):
    """The state's provider; nothing in the address may change what we ask it."""

    oauth2_adapter_class = StateIdentityAdapter

    def get_default_scope(self) -> list[str]:
        """Ask only who it is."""
        return ["openid"]

    def get_auth_params_from_request(self, *_asked: Any) -> dict[str, Any]:
        """Take nothing from the address."""
        return self.get_auth_params()

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:  # noqa: ARG002
        """Take nothing from the address."""
        return self.get_scope()

    def redirect(self, request: HttpRequest, process: Any, *arguments: Any, **named: Any) -> Any:
        """Send a new nonce, kept in this session beside the state, and ask for a plain answer."""
        nonce = secrets.token_urlsafe(24)
        parameters = {**(named.pop("auth_params", None) or {}), "nonce": nonce}
        named["auth_params"] = {**parameters, "response_mode": "query"}
        return super().redirect(request, process, *arguments, nonce=nonce, **named)


class IdentityAdapter(DefaultSocialAccountAdapter):
    """An identity leads to an account only when it was linked before, or by an invitation."""

    error_messages = DefaultSocialAccountAdapter.error_messages

    def get_provider(self, request: HttpRequest, provider: str, client_id: Any = None) -> Any:
        """Return our provider, with nonce."""
        app = self.get_app(request, provider=provider, client_id=client_id)
        return StateIdentityProvider(request, app=app)

    def list_apps(self, _request: Any, provider: Any = None, **_further: Any) -> list[Any]:
        """Return the one provider that the environment names; the database has no say."""
        given = settings.ASHAR_IDENTITY
        if not given or provider not in {None, PROVIDER, "openid_connect"}:
            return []
        app = SocialApp(provider="openid_connect", provider_id=PROVIDER, name=given["name"])
        app.client_id, app.secret = given["client"], given["secret"]
        app.settings = {"server_url": given["address"], "oauth_pkce_enabled": True}
        return [app]

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002
        """Say that nobody gets an account by having an identity."""
        return False

    def can_authenticate_by_email(self, login: Any, email: str) -> bool:  # noqa: ARG002
        """Say that a mail address proves nothing."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Link the identity when an invitation stands in this session."""
        row = request.session.pop(INVITED, None)
        process = sociallogin.state.get("process")
        if row is not None and not sociallogin.is_existing:
            account = accept_invitation(row)
            if account is not None:
                sociallogin.connect(request, account)
                write_identity(account, by=None, linked=True)
                return
        if process == "connect" and request.user.is_authenticated:
            if not sociallogin.is_existing:
                write_identity(request.user, by=request.user, linked=True)
            return
        if not sociallogin.is_existing:
            raise ImmediateHttpResponse(_unknown(request))

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:  # noqa: ARG002
        """Return to one's own account."""
        return redirect("mfa_index").url


def _unknown(request: HttpRequest) -> HttpResponse:
    return render(request, "entrance/identity_unknown.html", status=403)


class _Callback(OAuth2CallbackView):
    """The provider's answer; the nonce kept with the state is handed to the check."""

    def _get_state(self, request: HttpRequest, provider: Any) -> Any:
        state, answer = super()._get_state(request, provider)
        self.adapter.nonce = (state or {}).get("nonce", "")
        return state, answer


def _adapter(request: HttpRequest) -> StateIdentityAdapter:
    if not settings.ASHAR_IDENTITY:
        raise Http404
    return StateIdentityAdapter(request, PROVIDER)


@require_POST
def to_provider(request: HttpRequest, provider_id: str) -> HttpResponse:  # noqa: ARG001
    """Go to the state's provider."""
    return OAuth2LoginView.adapter_view(_adapter(request))(request)


@require_safe
def from_provider(request: HttpRequest, provider_id: str) -> HttpResponse:  # noqa: ARG001
    """Come back from the state's provider."""
    try:
        return _Callback.adapter_view(_adapter(request))(request)
    except FirstPasswordTooOld:
        return redirect("sign-in")


@require_safe
def cancelled(request: HttpRequest) -> HttpResponse:
    """Say that nothing happened."""
    messages.info(request, _("You did not sign in at the provider. Nothing has changed."))
    return redirect("sign-in")


@require_http_methods(["GET", "HEAD", "POST"])
def invited(request: HttpRequest, word: str) -> HttpResponse:
    """Say whose account is to be linked; then go to the provider."""
    found = invitation(digest(word, "invitation")) if settings.ASHAR_IDENTITY else None
    if found is None:
        raise Http404
    if request.method == "POST":
        request.session[INVITED] = found.pk
        return OAuth2LoginView.adapter_view(_adapter(request))(request)
    account: Account = found.account
    context = {"account": account, "identity_name": settings.ASHAR_IDENTITY["name"]}
    return render(request, "entrance/invited.html", context)
