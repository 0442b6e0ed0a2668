"""The agreements room."""

from __future__ import annotations

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    """Agreements: results, tranches, reports, visits and the evaluation."""

    name = "ashar.agreements"
    label = "agreements"
    default_auto_field = "django.db.models.BigAutoField"
