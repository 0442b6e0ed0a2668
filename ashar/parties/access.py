"""Who acts for whom today, and who answers for saying so."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone

from ashar.parties.choices import MandateRole
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


# Who may propose that somebody acts for a body, and who may let it take effect.
PROPOSING = (
    MandateRole.HEAD,
    MandateRole.SECRETARY,
    MandateRole.SPECIALIST,
    MandateRole.REPRESENTATIVE,
)
CONFIRMING = (MandateRole.HEAD, MandateRole.SECRETARY, MandateRole.REPRESENTATIVE)


def is_administrator(user: type_user) -> bool:
    """Say whether the person looks after the installation: who may sign in, who acts for whom."""
    return isinstance(user, Account) and user.is_staff and user.person_id is not None


def kept_by(user: type_user, *roles: str) -> Q:
    """Return the bodies that the person answers for in one of the roles, as a condition.

    Those for which she acts herself, and those which they formed: a commission's customer.
    """
    if is_administrator(user):
        return Q()
    own = [one.pk for one in organisations_of(user, *roles)]
    return Q(pk__in=own) | Q(keeper_id__in=own)


def kept_organisations(user: type_user) -> QuerySet[Organisation]:
    """Return the bodies of which the person may say who acts for them."""
    return Organisation.objects.filter(kept_by(user, *PROPOSING)).order_by("sort_key", "pk")


def keeps_mandates(user: type_user) -> bool:
    """Say whether the person has anything to do with mandates of others."""
    return is_administrator(user) or bool(organisations_of(user, *PROPOSING))


def mandates_seen_by(user: type_user) -> QuerySet[Mandate]:
    """Return the mandates that the person may read: of the bodies she answers for, and her own."""
    if is_administrator(user):
        return Mandate.objects.all()
    seen = Q(organisation__in=kept_organisations(user))
    if isinstance(user, Account) and user.person_id is not None:
        seen |= Q(person_id=user.person_id)
        return Mandate.objects.filter(seen)
    return Mandate.objects.none()


def mandate_for(user: type_user, number: int) -> Mandate:
    """Return the mandate for its page; raises Http404 to who may not read it."""
    rows = mandates_seen_by(user).select_related(
        "person", "organisation", "given_by", "confirmed_by", "ended_by"
    )
    found = rows.filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def may_confirm(user: type_user, mandate: Mandate) -> bool:
    """Say whether the person may let the mandate take effect: a second person with a say."""
    if not isinstance(user, Account) or mandate.confirmed_at or mandate.ended_on:
        return False
    if user.person_id is None or user.person_id in {mandate.given_by_id, mandate.person_id}:
        return False
    bodies = Organisation.objects.filter(kept_by(user, *CONFIRMING))
    return bodies.filter(pk=mandate.organisation_id).exists()


def may_end(user: type_user, mandate: Mandate) -> bool:
    """Say whether the person may end the mandate: whoever answers for the body, or its holder."""
    if not isinstance(user, Account) or mandate.ended_on is not None or user.person_id is None:
        return False
    if user.person_id == mandate.person_id:
        return True
    return kept_organisations(user).filter(pk=mandate.organisation_id).exists()


def kept_organisation_for(user: type_user, ref: str) -> Organisation:
    """Return the body to somebody who answers for it; raises Http404 to everybody else."""
    found = kept_organisations(user).filter(ref=ref).first()
    if found is None:
        raise Http404
    return found
