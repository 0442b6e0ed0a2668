"""Who may see and write what belongs to an agreement."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from ashar.agreements.choices import RUNNING_STAGES
from ashar.agreements.models import Agreement, Evaluation, Finding, MonitoringVisit, Report, Tranche
from ashar.agreements.queries.agreements import agreements
from ashar.cases import access as cases
from ashar.cases.models import Case
from ashar.cases.queries import procedure_of, roles_of
from ashar.parties.access import type_user

CUSTOMER, CONTRACTOR = "customer", "contractor"


def visible_to(user: type_user) -> QuerySet[Agreement]:
    """Return the agreements whose page the person may open."""
    return agreements().filter(cases.visible_by(user))


def _subject_for(user: type_user, ref: str, model: type[Any], *related: str) -> Any:
    """Return what the case is about; Http404 when it is not hers to see or something else."""
    case = cases.case_for(user, ref)
    try:
        found = model.objects.select_related(*related).get(case=case)
    except model.DoesNotExist as missing:
        raise Http404 from missing
    found.case = case
    return found


def agreement_for(user: type_user, ref: str) -> Agreement:
    """Return the agreement for its page; raises Http404 when it is not published and not hers."""
    found: Agreement = _subject_for(
        user, ref, Agreement, "customer", "contractor", "need", "proposal__call__case"
    )
    return found


def tranche_for(user: type_user, ref: str) -> Tranche:
    """Return the tranche for its page; raises Http404 as for the agreement."""
    found: Tranche = _subject_for(
        user,
        ref,
        Tranche,
        *("agreement__case", "agreement__need", "report__case", "prepared_by", "approved_by"),
    )
    return found


def report_for(user: type_user, ref: str) -> Report:
    """Return the report for its page; raises Http404 when it is not accepted and not hers."""
    found: Report = _subject_for(user, ref, Report, "agreement__case")
    return found


def visit_for(user: type_user, ref: str) -> MonitoringVisit:
    """Return the visit for its page; raises Http404 when it is not recorded and not hers."""
    found: MonitoringVisit = _subject_for(user, ref, MonitoringVisit, "agreement__case", "event")
    return found


def finding_for(user: type_user, ref: str) -> Finding:
    """Return the finding for its page; raises Http404 as for its visit."""
    found: Finding = _subject_for(user, ref, Finding, "visit__case", "visit__agreement__case")
    return found


def evaluation_for(user: type_user, ref: str) -> Evaluation:
    """Return the evaluation; while it is a draft it is the customer's alone (else Http404)."""
    found: Evaluation = _subject_for(
        user, ref, Evaluation, "agreement__case", "agreement__need", "agreement__customer"
    )
    if not found.case.is_public and not stands_as(user, found.case, CUSTOMER):
        raise Http404
    return found


def has_track(case: Case, track: str) -> bool:
    """Say whether the procedure by which the case runs has the track."""
    return track in procedure_of(case).tracks


def stands_as(user: type_user, case: Case, *actors: str) -> bool:
    """Say whether the person stands in the case as one of the actors."""
    return bool(set(roles_of(case, user)) & set(actors))


def may_write(user: type_user, agreement: Agreement) -> bool:
    """Say whether the person may write the draft of the agreement: the customer's, in drafting."""
    case = agreement.case
    return case.stage == "drafting" and not case.is_archived and stands_as(user, case, CUSTOMER)


def may_record_money(user: type_user, agreement: Agreement) -> bool:
    """Say whether the person may write what came from each source: either party, once signed."""
    case = agreement.case
    is_signed = agreement.signed_on is not None and not case.is_archived
    return is_signed and stands_as(user, case, CUSTOMER, CONTRACTOR)


def may_monitor(user: type_user, agreement: Agreement) -> bool:
    """Say whether the person may look after the agreement: the customer's, while it runs."""
    case = agreement.case
    is_running = case.stage in RUNNING_STAGES and not case.is_archived
    return is_running and stands_as(user, case, CUSTOMER)


def may_visit(user: type_user, agreement: Agreement) -> bool:
    """Say whether the person may plan a visit: where the procedure knows visits."""
    return may_monitor(user, agreement) and has_track(agreement.case, "visit")


def may_evaluate(user: type_user, agreement: Agreement) -> bool:
    """Say whether the person may evaluate: where the procedure knows an evaluation."""
    return may_monitor(user, agreement) and has_track(agreement.case, "evaluation")


def may_report(user: type_user, report: Report) -> bool:
    """Say whether the person may write the report: the contractor's, while it is a draft."""
    is_draft = report.case.stage == "draft"
    is_running = report.agreement.case.stage in RUNNING_STAGES
    return is_draft and is_running and stands_as(user, report.case, CONTRACTOR)


def may_change_papers(case: Case, roles: frozenset[str]) -> bool:
    """Say whether papers of a report may change: the contractor's while it is a draft."""
    return CONTRACTOR not in roles or case.stage == "draft"


def may_read_report(user: type_user, report: Report) -> bool:
    """Say whether the person may read what stands in the report: not while it is written."""
    return report.case.stage != "draft" or stands_as(user, report.case, CONTRACTOR)


def may_write_visit(user: type_user, visit: MonitoringVisit) -> bool:
    """Say whether the person may write what the visit saw: the customer's, until recorded."""
    return visit.case.stage == "planned" and stands_as(user, visit.case, CUSTOMER)


def may_judge(user: type_user, evaluation: Evaluation) -> bool:
    """Say whether the person may write the evaluation: the customer's, while it is a draft."""
    return evaluation.case.stage == "draft" and stands_as(user, evaluation.case, CUSTOMER)


def draft_for(user: type_user, ref: str) -> Agreement:
    """Return the agreement to somebody who may write its draft; raises Http404 to others."""
    found = agreement_for(user, ref)
    _only(may_write(user, found))
    return found


def _only(is_allowed: bool) -> None:  # noqa: FBT001 - the answer of a rule above
    if not is_allowed:
        raise Http404


def money_for(user: type_user, ref: str) -> Agreement:
    """Return the agreement to somebody who may record what came; raises Http404 to others."""
    found = agreement_for(user, ref)
    _only(may_record_money(user, found))
    return found


def visited_for(user: type_user, ref: str) -> Agreement:
    """Return the agreement to somebody who may plan a visit; raises Http404 to others."""
    found = agreement_for(user, ref)
    _only(may_visit(user, found))
    return found


def evaluated_for(user: type_user, ref: str) -> Agreement:
    """Return the agreement to somebody who may evaluate it; raises Http404 to others."""
    found = agreement_for(user, ref)
    _only(may_evaluate(user, found))
    return found


def report_draft_for(user: type_user, ref: str) -> Report:
    """Return the report to somebody who may write it; raises Http404 to others."""
    found = report_for(user, ref)
    _only(may_report(user, found))
    return found


def visit_draft_for(user: type_user, ref: str) -> MonitoringVisit:
    """Return the visit to somebody who may write it; raises Http404 to others."""
    found = visit_for(user, ref)
    _only(may_write_visit(user, found))
    return found


def evaluation_draft_for(user: type_user, ref: str) -> Evaluation:
    """Return the evaluation to somebody who may write it; raises Http404 to others."""
    found = evaluation_for(user, ref)
    _only(may_judge(user, found))
    return found
