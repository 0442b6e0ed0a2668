"""Settings with which the door would stand open."""

from __future__ import annotations

from collections.abc import Sequence

from django.apps.config import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.checks import Warning as Caution


def check_door(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001 - Django calls every check alike
    **_kwargs: object,
) -> list[CheckMessage]:
    """Every setting that lets somebody in who should stay outside, with its remedy."""
    return [*_factors(), *_identity(), *_demands()]


def _factors() -> list[CheckMessage]:
    found: list[CheckMessage] = []
    if getattr(settings, "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN", False) and not settings.DEBUG:
        found.append(
            Error(
                "Passkeys would be accepted from any address: MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN.",
                hint="Remove the setting; passkeys work on https addresses and on localhost.",
                id="entrance.E001",
            )
        )
    if getattr(settings, "MFA_TOTP_INSECURE_BYPASS_CODE", None):
        found.append(
            Error(
                "One code would open every account: MFA_TOTP_INSECURE_BYPASS_CODE.",
                hint="Remove the setting.",
                id="entrance.E002",
            )
        )
    return found


def _identity() -> list[CheckMessage]:
    given = settings.ASHAR_IDENTITY
    if not given:
        return []
    found: list[CheckMessage] = []
    if not (given["client"] and given["secret"]):
        found.append(
            Error(
                "The identity provider is named only in part.",
                hint="Set ASHAR_IDENTITY_CLIENT and ASHAR_IDENTITY_SECRET (or …_SECRET_FILE) too.",
                id="entrance.E003",
            )
        )
    if not given["address"].startswith("https://") and settings.ASHAR_HTTPS:
        found.append(
            Error(
                "The identity provider would be asked without https.",
                hint="Write its address with https:// in ASHAR_IDENTITY_ADDRESS.",
                id="entrance.E004",
            )
        )
    return found


def _demands() -> list[CheckMessage]:
    found: list[CheckMessage] = []
    if not settings.ASHAR_DEMONSTRATION and not settings.ASHAR_SECOND_FACTOR:
        found.append(
            Caution(
                "Those who decide about public money come in by a password alone.",
                hint="Remove ASHAR_SECOND_FACTOR=no.",
                id="entrance.W001",
            )
        )
    if not settings.ASHAR_DEMONSTRATION and not settings.ASHAR_SIGN_IN_ANEW:
        found.append(
            Caution(
                "Weighty steps are taken without asking who sits there.",
                hint="Remove ASHAR_SIGN_IN_ANEW=no.",
                id="entrance.W002",
            )
        )
    return found
