"""Reads about proposals: the draft, what was handed in, admission."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from ashar.calls.choices import PROPOSAL_PARTS, CheckResult
from ashar.calls.core import Reading, missing_parts, read_draft
from ashar.calls.models import AdmissionCheck, Call, Proposal, Submission
from ashar.calls.queries.calls import HANDED_IN, rules_of
from ashar.calls.queries.words import worded
from ashar.cases.models import Case, CaseDocument
from ashar.kernel.money import Som
from ashar.kernel.text import Wording
from ashar.procedures.model import EligibilityRule
from ashar.programmes.choices import BUDGET_SOURCES, FundingSource

SOURCES: tuple[str, ...] = tuple(FundingSource.values)


@dataclass(frozen=True)
class ShownLine:
    """One line of a budget as handed in."""

    title: str
    unit: str
    quantity: str
    rate: Som
    total: Som
    source: str


@dataclass(frozen=True)
class Shown:
    """A proposal as handed in, ready for a page or a paper."""

    texts: Mapping[str, str]
    results: tuple[Mapping[str, str], ...]
    activities: tuple[tuple[str, date, date], ...]
    team: tuple[Mapping[str, str], ...]
    budget: tuple[ShownLine, ...]
    by_source: tuple[tuple[str, Som], ...]
    total: Som
    requested: Som
    papers: tuple[Mapping[str, str], ...]


@dataclass(frozen=True)
class CheckedRule:
    """A rule of eligibility with what was found on it."""

    rule: EligibilityRule
    check: AdmissionCheck | None


def proposal_queryset() -> QuerySet[Proposal]:
    """Return proposals with what their pages need."""
    return Proposal.objects.select_related(
        "case__territory__parent__parent",
        "case__parent",
        "call__case__territory",
        "call__commission",
        "applicant",
        "counted",
        "typed_by",
    )


# What a list shows of a proposal, and nothing heavier: the last page must cost no more than
# the first, although the database passes over every row before it.
LIST_FIELDS = (
    "title",
    "rank",
    "total_score",
    "case__ref",
    "case__stage",
    "case__is_public",
    "case__version",
    "applicant__ref",
    "applicant__name_ky",
    "applicant__name_ru",
    "applicant__name_en",
    "call__closes_at",
    "call__case__ref",
    "call__case__stage",
    "call__case__title_ky",
    "call__case__title_ru",
    "counted__title",
    "counted__requested",
    "counted__submitted_at",
)


def proposal_list() -> QuerySet[Proposal]:
    """Return proposals for a list, without the heavy columns."""
    return (
        Proposal.objects.select_related("case", "applicant", "counted", "call__case")
        .only(*LIST_FIELDS)
        .order_by("rank", "pk")
    )


def reading_of(proposal: Proposal) -> Reading:
    """Return what can be read of the draft."""
    return read_draft(proposal.typed, SOURCES)


def missing_in(reading: Reading) -> tuple[Wording, ...]:
    """Return the parts not filled in yet."""
    return tuple(worded(PROPOSAL_PARTS[part]) for part in missing_parts(reading))


def requested_in(reading: Reading) -> Som:
    """Return what the draft asks from the customer."""
    return reading.requested(BUDGET_SOURCES)


def content_of(proposal: Proposal, reading: Reading) -> dict[str, Any]:
    """Return the whole content of a proposal as it is kept when handed in."""
    applicant = proposal.applicant
    papers = CaseDocument.objects.filter(
        case_id=proposal.case_id, withdrawn_at__isnull=True, document__made_from__isnull=True
    ).select_related("document")
    return {
        "call": proposal.call.case.ref,
        "applicant": {
            "ref": applicant.ref,
            "name_ky": applicant.name_ky,
            "name_ru": applicant.name_ru,
            "kind": applicant.kind,
            "registration_number": applicant.registration_number,
        },
        "texts": dict(reading.texts),
        "results": [
            {"title": row.title, "unit": row.unit, "target": str(row.target)}
            for row in reading.results
        ],
        "activities": [
            [row.title, row.starts_on.isoformat(), row.ends_on.isoformat()]
            for row in reading.activities
        ],
        "team": [{"role": row.role, "qualification": row.qualification} for row in reading.team],
        "budget": [
            [row.title, row.unit, str(row.quantity), row.rate.tyiyn, row.total.tyiyn, row.source]
            for row in reading.budget
        ],
        "total": reading.total.tyiyn,
        "requested": requested_in(reading).tyiyn,
        "papers": [
            {
                "ref": filed.document.ref,
                "title": str(filed.document),
                "kind": filed.kind,
                "sha256": filed.document.sha256,
            }
            for filed in papers.order_by("pk")
        ],
    }


def shown(submission: Submission) -> Shown:
    """Return a submission ready for a page or a paper."""
    content = submission.content
    lines = tuple(
        ShownLine(title, unit, quantity, Som(rate), Som(total), source)
        for title, unit, quantity, rate, total, source in content["budget"]
    )
    by_source: dict[str, Som] = {}
    for line in lines:
        by_source[line.source] = by_source.get(line.source, Som(0)) + line.total
    return Shown(
        texts=content["texts"],
        results=tuple(content["results"]),
        activities=tuple(
            (title, date.fromisoformat(start), date.fromisoformat(end))
            for title, start, end in content["activities"]
        ),
        team=tuple(content["team"]),
        budget=lines,
        by_source=tuple((said_source(source), amount) for source, amount in by_source.items()),
        total=Som(content["total"]),
        requested=Som(content["requested"]),
        papers=tuple(content["papers"]),
    )


def said_source(source: str) -> str:
    """Return the name of a source of money in the reader's language."""
    return str(FundingSource(source).label)


def opened_proposals(call: Call) -> QuerySet[Proposal]:
    """Return the proposals handed in and not withdrawn: those the commission deals with."""
    return (
        proposal_list()
        .filter(call=call, counted__isnull=False)
        .exclude(case_id__in=_cases_at(call, "draft", "withdrawn", "lapsed", "not_opened"))
    )


def _cases_at(call: Call, *stages: str) -> QuerySet[Case, Any]:
    """Return the few cases below the call at these stages.

    To leave these out is many times cheaper than to look up the case of every proposal.
    """
    return Case.objects.filter(parent_id=call.case_id, stage__in=stages).values("pk")


def admitted_proposals(call: Call) -> QuerySet[Proposal]:
    """Return the proposals the commission admitted, also after the award."""
    stages = ("admitted", "awarded", "not_awarded")
    return proposal_list().filter(call=call, case__stage__in=stages)


def submission_count(call: Call) -> int:
    """Return how many proposals were handed in; the one thing known of them while sealed."""
    return (
        Proposal.objects.filter(HANDED_IN, call=call)
        .exclude(case_id__in=_cases_at(call, "withdrawn"))
        .count()
    )


def checked_rules(proposal: Proposal) -> tuple[CheckedRule, ...]:
    """Return the rules that count for this proposal, each with what was found."""
    found = {check.rule: check for check in proposal.checks.all()}
    return tuple(CheckedRule(rule, found.get(rule.key)) for rule in rules_of(proposal.call))


def proposals_of_applicants(organisation_ids: list[int]) -> QuerySet[Proposal]:
    """Return the proposals of these organisations, newest first."""
    return proposal_list().filter(applicant_id__in=organisation_ids).order_by("-pk")


def own_proposal_in(call: Call, organisation_ids: list[int]) -> Proposal | None:
    """Return the proposal of one of these organisations in the call."""
    if not organisation_ids:
        return None
    return (
        Proposal.objects.select_related("case")
        .filter(call=call, applicant_id__in=organisation_ids)
        .first()
    )


def refused_proposals(call: Call) -> list[tuple[Proposal, list[CheckedRule]]]:
    """Return the proposals not admitted, each with the rules that are not met."""
    rows = proposal_list().filter(call=call, case__stage="not_admitted").prefetch_related("checks")
    rules = {rule.key: rule for rule in rules_of(call)}
    return [
        (
            one,
            [
                CheckedRule(rules[check.rule], check)
                for check in one.checks.all()
                if check.result == CheckResult.NOT_MET and check.rule in rules
            ],
        )
        for one in rows
    ]
