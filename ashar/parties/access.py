"""Who acts for whom today."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone

from ashar.parties.models import Account, Mandate, Organisation

type_user = Account | AnonymousUser


def mandates_of(user: type_user, on: date | None = None) -> list[Mandate]:
    """Return the mandates of the signed-in person in force on the day (today unless told).

    The answer is kept on the account for the length of one request, since every page asks.
    """
    if not isinstance(user, Account) or user.person_id is None:
        return []
    day = on or timezone.localdate()
    kept: dict[date, list[Mandate]] = user.__dict__.setdefault("_mandates", {})
    if day not in kept:
        kept[day] = list(
            Mandate.objects.active(day)
            .filter(person_id=user.person_id)
            .select_related("organisation", "organisation__territory")
        )
    return kept[day]


def signed_in(request: HttpRequest) -> Account:
    """Return the account of a page that only those signed in may open.

    Raises PermissionDenied when nobody is signed in, should the page forget to ask.
    """
    if not isinstance(request.user, Account):
        raise PermissionDenied
    return request.user


def organisations_of(user: type_user, *roles: str) -> list[Organisation]:
    """Return the organisations for which the person may act, in any of the roles if given."""
    return [m.organisation for m in mandates_of(user) if not roles or m.role in roles]


def acts_for(user: type_user, organisation_id: int | None, *roles: str) -> bool:
    """Say whether the person may act for the organisation (in one of the roles if given)."""
    return any(
        m.organisation_id == organisation_id and (not roles or m.role in roles)
        for m in mandates_of(user)
    )
