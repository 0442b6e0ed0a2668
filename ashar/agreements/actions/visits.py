"""Writes of monitoring: a visit by the clauses of the standard, and findings with their dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from ashar.agreements.actions.saving import claim, note
from ashar.agreements.models import Agreement, ClauseAnswer, Finding, MonitoringVisit
from ashar.cases.actions import Opening, open_case, publish_case, refresh_deadline
from ashar.cases.models import Case
from ashar.events.choices import EventKind
from ashar.events.models import Event
from ashar.journal.actions import deed
from ashar.parties.models import Account

PLANNED = "planned"


@dataclass(frozen=True)
class VisitPlan:
    """When and where the service will be seen, and by which standard."""

    held_on: date
    place: str = ""
    standard: str = ""


@dataclass(frozen=True)
class ClauseFound:
    """What was seen on a clause: met, partly, not met, not applicable, with evidence."""

    result: str
    evidence: str = ""


@deed
def plan_visit(agreement: Agreement, plan: VisitPlan, *, by: Account | None) -> MonitoringVisit:
    """Open a visit; its form is made of the clauses of the standard."""
    parent = agreement.case
    titles = {}
    for tongue in ("ky", "ru"):
        with override(tongue):
            name = (parent.title_ru if tongue == "ru" else "") or parent.title_ky
            titles[f"title_{tongue}"] = _("Monitoring visit: %(name)s") % {"name": name}
    case = open_case(
        Opening(
            procedure=parent.procedure,
            track="visit",
            territory=parent.territory,
            parent=parent,
            title_ky=titles["title_ky"],
            title_ru=titles["title_ru"],
        ),
        by=by,
    )
    event = Event.objects.create(
        case=case,
        kind=EventKind.VISIT,
        territory=parent.territory,
        held_on=plan.held_on,
        place_text=plan.place[:300],
    )
    return MonitoringVisit.objects.create(
        case=case, agreement=agreement, event=event, standard=plan.standard or agreement.standard
    )


@deed
def write_visit(
    visit: MonitoringVisit,
    *,
    held_on: date,
    summary: str,
    answers: Mapping[str, ClauseFound],
    by: Account | None,
    version: int | None = None,
) -> None:
    """Save what the visit saw so far, clause by clause. Raises ChangedMeanwhile, NotNow."""
    claim(visit, version, PLANNED)
    MonitoringVisit.objects.filter(pk=visit.pk).update(summary=summary)
    Event.objects.filter(pk=visit.event_id).update(held_on=held_on)
    ClauseAnswer.objects.filter(visit=visit).delete()
    ClauseAnswer.objects.bulk_create(
        ClauseAnswer(visit=visit, clause=clause, result=found.result, evidence=found.evidence)
        for clause, found in answers.items()
        if found.result
    )
    note("visit_saved", visit.case, by, answered=len(answers))


@deed
def add_finding(
    visit: MonitoringVisit, *, text: str, fix_by: date, clause: str = "", by: Account | None
) -> Finding:
    """Write a shortcoming found at the visit, with the day by which it is to be mended.

    Raises NotNow when the visit was recorded already.
    """
    claim(visit, None, PLANNED)
    parent = visit.case
    case = open_case(
        Opening(
            procedure=parent.procedure,
            track="finding",
            territory=parent.territory,
            title_ky=text,
            title_ru=text,
            parent=parent,
        ),
        by=by,
    )
    finding = Finding.objects.create(
        case=case, visit=visit, clause=clause, text=text, fix_by=fix_by
    )
    refresh_deadline(case)
    case.refresh_from_db()
    return finding


def publish_findings(case: Case) -> None:
    """Open to everybody the findings of a recorded visit."""
    for finding in Finding.objects.filter(visit__case=case).select_related("case"):
        publish_case(finding.case)
