"""The public address plan of the whole site, readable from top to bottom."""

from __future__ import annotations

from importlib.util import find_spec

from django.apps import apps
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from ashar.documents.urls import short_patterns
from ashar.entrance.urls import callback_patterns
from ashar.server.urls import watchers

# Address -> room. Every page begins with its language: /ky/calls/K7M2-9QXD/
PLAN = [
    ("", "portal"),  # start page, search, /places/<code>/, /law/
    ("desk/", "desk"),
    ("account/", "entrance"),
    ("account/", "parties"),  # mandates
    ("places/", "places"),
    ("people/", "people"),
    ("journal/", "journal"),
    ("seals/", "seals"),
    ("privacy/", "privacy"),
    ("cases/", "cases"),
    ("", "documents"),  # documents/…, verify/…
    ("needs/", "needs"),
    ("gatherings/", "events"),
    ("programmes/", "programmes"),
    ("calls/", "calls"),
    ("reviews/", "reviews"),
    ("agreements/", "agreements"),
    ("indicators/", "indicators"),
    ("notices/", "notices"),
    ("health/", "server"),
    ("style/", "interface"),  # every part of the design; answers only with ASHAR_DEBUG
]


def _has_pages(room: str) -> bool:
    return apps.is_installed(f"ashar.{room}") and bool(find_spec(f"ashar.{room}.urls"))


urlpatterns: list[URLPattern | URLResolver] = [
    path("language/", include("django.conf.urls.i18n")),
    *watchers,  # /health/live, /health/ready, /metrics
    *short_patterns,  # /v/<code>/, short enough for a QR code
    *callback_patterns,  # /identity/back/, registered at the state's identity provider
    *i18n_patterns(
        *(
            path(address, include(f"ashar.{room}.urls"))
            for address, room in PLAN
            if _has_pages(room)
        ),
        prefix_default_language=True,
    ),
]
