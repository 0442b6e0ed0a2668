"""Who is asking."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from ashar.parties.models import Account


def account_of(request: HttpRequest) -> Account:
    """Return the signed-in person's account; Http404 for anybody else."""
    if not isinstance(request.user, Account):
        raise Http404
    return request.user
