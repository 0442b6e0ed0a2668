"""Who may see and change studies, gatherings and needs; pages obtain them only here."""

from __future__ import annotations

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Q, QuerySet
from django.http import Http404

from ashar.cases.access import case_for, may_view, standing_case_for, visible_to
from ashar.cases.models import Case
from ashar.events.models import Event
from ashar.needs.models import Gathering, Need, NeedsStudy
from ashar.needs.queries import SESSIONS, gatherings, needs, public_needs, studies
from ashar.parties.access import organisations_of, type_user
from ashar.parties.choices import MandateRole, OrganisationKind
from ashar.parties.models import Organisation

MUNICIPALITY = "municipality"
OFFICES = (OrganisationKind.AIYL_OKMOTU, OrganisationKind.MAYORS_OFFICE)


def offices_of(user: type_user) -> list[Organisation]:
    """Return the aiyl okmotu or mayor's offices for which the person may begin a study."""
    held = organisations_of(user, MandateRole.SPECIALIST, MandateRole.HEAD)
    found = [one for one in held if one.kind in OFFICES and one.territory_id is not None]
    return list({one.pk: one for one in found}.values())


def visible_studies(user: type_user) -> QuerySet[NeedsStudy]:
    """Return the studies whose page the person may open."""
    return studies().filter(case__in=visible_to(user))


def visible_gatherings(user: type_user) -> QuerySet[Gathering]:
    """Return the gatherings whose page the person may open."""
    return gatherings().filter(case__in=visible_to(user))


def visible_needs(user: type_user) -> QuerySet[Need]:
    """Return the ranked needs whose page the person may open."""
    mine = Q(study__case__in=visible_to(user), position__isnull=False)
    return needs().filter(mine | Q(pk__in=public_needs().values("pk")))


def _study_of(case: Case) -> NeedsStudy:
    try:
        study = case.needs_study
    except ObjectDoesNotExist as other_track:
        raise Http404 from other_track
    study.case = case
    return study


def _gathering_of(case: Case) -> Gathering:
    try:
        gathering = case.gathering
    except ObjectDoesNotExist as other_track:
        raise Http404 from other_track
    gathering.case = case
    gathering.event.case = case
    return gathering


def study_for(user: type_user, ref: str) -> NeedsStudy:
    """Return the study for its page; raises Http404 to those who may not see it."""
    return _study_of(case_for(user, ref))


def clerk_study_for(user: type_user, ref: str) -> NeedsStudy:
    """Return the study to those who run it for the municipality; raises Http404 to others."""
    return _study_of(standing_case_for(user, ref, MUNICIPALITY))


def clerk_session_for(user: type_user, ref: str) -> tuple[NeedsStudy, Event]:
    """Return a focus group or survey with its study to its clerk; raises Http404 to others."""
    event = (
        Event.objects.filter(ref=ref, kind__in=SESSIONS).select_related("case", "territory").first()
    )
    if event is None or event.case is None:
        raise Http404
    study = clerk_study_for(user, event.case.ref)
    event.case = study.case
    return study, event


def gathering_for(user: type_user, ref: str) -> Gathering:
    """Return the gathering for its page; raises Http404 to those who may not see it."""
    return _gathering_of(case_for(user, ref))


def clerk_gathering_for(user: type_user, ref: str) -> Gathering:
    """Return the gathering to those who run it; raises Http404 to others."""
    return _gathering_of(standing_case_for(user, ref, MUNICIPALITY))


def need_for(user: type_user, ref: str) -> Need:
    """Return the need for its public page; raises Http404 to those who may not see it."""
    need = needs().filter(ref=ref).first()
    if need is None:
        raise Http404
    if may_view(user, need.study.case) or public_needs().filter(pk=need.pk).exists():
        return need
    raise Http404


def clerk_need_for(user: type_user, ref: str) -> Need:
    """Return the need to those who decide its outcome; raises Http404 to others."""
    need = needs().filter(ref=ref).first()
    if need is None:
        raise Http404
    need.study = clerk_study_for(user, need.study.case.ref)
    return need
