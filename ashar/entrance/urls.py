"""Addresses of the door. Of allauth's own only these are used; the others do not exist."""

from __future__ import annotations

from django.urls import include, path

from ashar.entrance.views import door, identity, own, people

_ours = [
    path("password/", own.password, name="password"),
    path("sessions/end/", own.end_others, name="end_others"),
    path("sessions/<int:row>/end/", own.end_one, name="end_one"),
    path("identity/<int:row>/remove/", own.remove_identity, name="remove_identity"),
    path("identity/invitation/<str:word>/", identity.invited, name="invited"),
    path("people/", people.accounts, name="accounts"),
    path("people/new/", people.new_account, name="new_account"),
    path("people/<int:row>/", people.account, name="account"),
    path("people/<int:row>/sign-out/", people.sign_out_everywhere, name="sign_out_everywhere"),
    path("people/<int:row>/first-password/", people.reset, name="reset"),
    path("people/<int:row>/invite/", people.invite, name="invite"),
]
# allauth looks for these names.
_allauth = [
    path("sign-in/", door.sign_in, name="account_login"),
    path("closed/", door.account_is_closed, name="account_inactive"),
    path("anew/", door.anew, name="account_reauthenticate"),
    path("anew/code/", door.anew_by_code, name="mfa_reauthenticate"),
    path("anew/passkey/", door.anew_by_passkey, name="mfa_reauthenticate_webauthn"),
    path("second-step/", door.second_step, name="mfa_authenticate"),
    path("passkey/", door.passkey_sign_in, name="mfa_login_webauthn"),
    path("", own.own, name="mfa_index"),
    path("", own.own, name="mfa_list_webauthn"),
    path("codes/add/", own.add_codes, name="mfa_activate_totp"),
    path("codes/remove/", own.remove_codes, name="mfa_deactivate_totp"),
    path("passkeys/add/", own.add_passkey, name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/remove/", own.remove_passkey, name="mfa_remove_webauthn"),
    path("printed-codes/", own.printed_codes, name="mfa_view_recovery_codes"),
    path("printed-codes/new/", own.new_printed_codes, name="mfa_generate_recovery_codes"),
    path("identity/", own.own, name="socialaccount_connections"),
    path("identity/cancelled/", identity.cancelled, name="socialaccount_login_cancelled"),
    path("identity/<slug:provider_id>/", identity.to_provider, name="openid_connect_login"),
]  # fmt: skip
# Registered at the provider, therefore one address for all languages.
callback_patterns = [
    path(
        "identity/back/",
        identity.from_provider,
        {"provider_id": identity.PROVIDER},
        name="openid_connect_callback",
    ),
]
urlpatterns = [
    path("sign-in/", door.sign_in, name="sign-in"),
    path("sign-out/", door.sign_out, name="sign-out"),
    *_allauth,
    path("", include((_ours, "entrance"))),
]
