"""Addresses for watchers, and the page of health for the administrator."""

from __future__ import annotations

import hmac

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ashar.server import counts, health
from ashar.server.versions import versions

LOOPBACK = frozenset({"127.0.0.1", "::1"})
FORWARDED = ("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Real-IP", "Forwarded")


@never_cache
@require_safe
def live(_request: HttpRequest) -> JsonResponse:
    """Say that the process answers; nothing else is asked."""
    return JsonResponse({"live": True})


@never_cache
@require_safe
def ready(_request: HttpRequest) -> JsonResponse:
    """Say whether everything a request needs is in order: 200, or 503 and the parts that are not."""
    found = health.ready()
    return JsonResponse(found, status=200 if all(found.values()) else 503)


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Give the figures to this machine itself, or to whoever shows the word agreed on."""
    if not (_is_from_here(request) or _has_token(request)):
        raise Http404
    return HttpResponse(counts.text(), content_type="text/plain; version=0.0.4; charset=utf-8")


def _is_from_here(request: HttpRequest) -> bool:
    """Say whether a program of this machine asks by itself, and not the web server in front."""
    forwarded = any(request.headers.get(name) for name in FORWARDED)
    return request.META.get("REMOTE_ADDR") in LOOPBACK and not forwarded


def _has_token(request: HttpRequest) -> bool:
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    expected = settings.METRICS_TOKEN
    return bool(expected) and hmac.compare_digest(given.encode(), expected.encode())


@never_cache
@login_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show the administrator how the machine is; for everybody else there is no such page."""
    if not request.user.is_staff:
        raise Http404
    signs = health.signs()
    context = {"signs": signs, "bad": any(sign.is_bad for sign in signs), "versions": versions()}
    return render(request, "server/health.html", context)
