"""Who may see a case: everybody when it is published, else those who stand in it."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from ashar.cases.core import reading_rules
from ashar.cases.models import Case, CaseDocument, CaseParty
from ashar.cases.queries import as_actor, case_queryset, roles_of, track_of
from ashar.documents.models import Document
from ashar.parties.access import type_user


def may_view(user: type_user, case: Case) -> bool:
    """Say whether the person may open the case's page."""
    return case.is_public or bool(roles_of(case, user))


def visible_to(user: type_user) -> QuerySet[Case]:
    """Return the cases whose page the person may open."""
    return Case.objects.filter(Q(is_public=True) | Q(pk__in=_standing(user)))


def visible_by(user: type_user) -> Q:
    """Return the same as a condition on what has a case: a join is cheaper than a list of all."""
    return Q(case__is_public=True) | Q(case_id__in=_standing(user))


def _standing(user: type_user) -> QuerySet[CaseParty, Any]:
    return CaseParty.objects.filter(as_actor(user)).values("case_id")


def case_for(user: type_user, ref: str) -> Case:
    """Return the case for its page.

    Raises Http404 when there is none or the person may not see it: who may not see a case
    may not learn that it exists either.
    """
    try:
        case = case_queryset().get(ref=ref)
    except Case.DoesNotExist as missing:
        raise Http404 from missing
    if not may_view(user, case):
        raise Http404
    return case


def standing_case_for(user: type_user, ref: str, *actors: str) -> Case:
    """Return the case to somebody who stands in it (as one of the actors, if given).

    Raises Http404 to everybody else.
    """
    case = case_for(user, ref)
    held = set(roles_of(case, user))
    if not held or (actors and not held & set(actors)):
        raise Http404
    return case


def may_read_document(user: type_user, document: Document) -> bool:
    """Say whether the person stands in any case on which the document is filed."""
    filings = CaseDocument.objects.filter(document=document).select_related("case")
    return any(_may_read_papers(user, filing.case) for filing in filings)


def _may_read_papers(user: type_user, case: Case) -> bool:
    """Say whether the person stands in the case, and its subject lets her read what lies on it."""
    rule = reading_rules.get(track_of(case).subject)
    return bool(roles_of(case, user)) and (rule is None or rule(user, case))
