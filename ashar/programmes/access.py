"""Who may see and write a programme."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from ashar.cases import access as cases
from ashar.cases.queries import roles_of
from ashar.parties.access import type_user
from ashar.programmes.models import Programme
from ashar.programmes.queries import programmes


def visible_to(user: type_user) -> QuerySet[Programme]:
    """Return the programmes whose page the person may open."""
    return programmes().filter(case__in=cases.visible_to(user))


def programme_for(user: type_user, ref: str) -> Programme:
    """Return the programme for its page.

    Raises Http404 when there is none or it is not published and not hers.
    """
    case = cases.case_for(user, ref)
    try:
        programme = Programme.objects.get(case=case)
    except Programme.DoesNotExist as missing:
        raise Http404 from missing
    programme.case = case
    return programme


def may_write(user: type_user, programme: Programme) -> bool:
    """Say whether the person may write the draft: the municipality's, while it is a draft."""
    is_draft = programme.case.stage == "drafting"
    return is_draft and "municipality" in roles_of(programme.case, user)


def draft_for(user: type_user, ref: str) -> Programme:
    """Return the programme to somebody who may write its draft; raises Http404 to others."""
    programme = programme_for(user, ref)
    if not may_write(user, programme):
        raise Http404
    return programme
