"""The acceptance of a report, the act of a visit and the evaluation as official papers."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from ashar.agreements.choices import SurveyRound
from ashar.agreements.core import satisfaction, total
from ashar.agreements.models import Evaluation, MonitoringVisit, Report
from ashar.agreements.papers.common import both, day, results_table, signatures, term
from ashar.agreements.queries.agreements import overspending
from ashar.agreements.queries.standards import clauses_of, standard_shown
from ashar.agreements.queries.words import said
from ashar.cases.models import Case, Decision
from ashar.cases.queries import procedure_of
from ashar.documents.core import Block, Column, Heading, KeyValues, Note, Paper, Paragraph, Table
from ashar.indicators.queries import results_of


def acceptance_act(case: Case, _decision: Decision) -> Mapping[str, Paper]:
    """Return the act by which the customer accepts a report."""
    report = Report.objects.select_related(
        "case", "agreement__case", "agreement__customer", "agreement__contractor"
    ).get(case=case)

    def blocks(tongue: str) -> tuple[Block, ...]:
        return (
            KeyValues(
                (
                    (_("Agreement No."), report.agreement.number or None),
                    (_("Report"), report.number),
                    (_("Period"), term(report.period_from, report.period_to)),
                )
            ),
            Heading(_("Results of the period")),
            results_table(
                results_of(report.agreement.case, seen_in=case), tongue, with_actual=True
            ),
            Heading(_("Costs")),
            _costs(report),
            *_warnings(report),
            Paragraph(_("The customer accepts the report.")),
            signatures(report.agreement, tongue),
        )

    return both(case, lambda: _("Acceptance act"), blocks)


def _costs(report: Report) -> Table:
    columns = (
        Column(_("What for"), width=5),
        Column(_("Source"), width=4),
        Column(_("Date"), "center", width=3),
        Column(_("Sum, som"), "money", width=3),
    )
    lines = list(report.costs.all())
    rows = tuple(
        (one.title, one.get_source_display(), day(one.spent_on), one.amount) for one in lines
    )
    return Table(columns, rows, totals=(_("Total"), None, None, total(o.amount for o in lines)))


def _warnings(report: Report) -> tuple[Block, ...]:
    return tuple(
        Note(
            _("More was spent than planned from the source «%(source)s»: %(spent)s of %(planned)s.")
            % {"source": one.label, "spent": one.spent, "planned": one.planned}
        )
        for one in overspending(report.agreement)
    )


def visit_act(case: Case, _decision: Decision) -> Mapping[str, Paper]:
    """Return the act of a monitoring visit: every clause, and what is to be mended by when."""
    visit = MonitoringVisit.objects.select_related(
        "case", "event", "agreement__case", "agreement__customer", "agreement__contractor"
    ).get(case=case)

    def blocks(tongue: str) -> tuple[Block, ...]:
        standard = standard_shown(visit.standard)
        return (
            KeyValues(
                (
                    (_("Project"), said(visit.agreement.case, "title", tongue)),
                    (_("Day of the visit"), day(visit.event.held_on)),
                    (_("Place of the visit"), visit.event.place_text or None),
                    (_("Quality standard"), standard.title if standard else None),
                )
            ),
            *((Note(standard.whose),) if standard and standard.whose else ()),
            Heading(_("What was seen")),
            _clauses(visit, tongue),
            *((Paragraph(visit.summary),) if visit.summary else ()),
            *_findings(visit),
            signatures(visit.agreement, tongue),
        )

    return both(case, lambda: _("Monitoring act"), blocks)


def _clauses(visit: MonitoringVisit, tongue: str) -> Table:
    columns = (
        Column("№", "center"),
        Column(_("Clause of the standard"), width=6),
        Column(_("Result"), "center", width=3),
        Column(_("Evidence"), width=5),
    )
    rows = tuple(
        (number, one.title.say(tongue), one.result_label or None, one.evidence or None)
        for number, one in enumerate(clauses_of(visit), 1)
    )
    return Table(columns, rows)


def _findings(visit: MonitoringVisit) -> tuple[Block, ...]:
    findings = list(visit.findings.order_by("pk"))
    if not findings:
        return (Paragraph(_("Nothing to be mended was found.")),)
    columns = (
        Column("№", "center"),
        Column(_("To be mended"), width=8),
        Column(_("By"), "center", width=3),
    )
    rows = tuple((number, one.text, day(one.fix_by)) for number, one in enumerate(findings, 1))
    return (Heading(_("Findings")), Table(columns, rows))


def evaluation(case: Case, decision: Decision) -> Mapping[str, Paper]:
    """Return the final evaluation with its decision."""
    found = Evaluation.objects.select_related(
        "case", "agreement__case", "agreement__need", "agreement__customer", "agreement__contractor"
    ).get(case=case)
    agreement = found.agreement
    stage = procedure_of(case).tracks[case.track].stages[decision.to_stage]

    def blocks(tongue: str) -> tuple[Block, ...]:
        return (
            KeyValues(
                (
                    (_("Project"), said(agreement.case, "title", tongue)),
                    (
                        _("Need it answers"),
                        said(agreement.need, "title", tongue) if agreement.need else None,
                    ),
                    (_("Decision"), stage.title.say(tongue)),
                )
            ),
            Heading(_("Results against targets")),
            results_table(
                results_of(agreement.case, is_public_only=True), tongue, with_actual=True
            ),
            Heading(_("What people said")),
            _survey(found, tongue),
            *_judgement(found),
            Heading(_("Conclusion")),
            Paragraph(str(decision.answers.get("conclusion_text", ""))),
            signatures(agreement, tongue),
        )

    return both(case, lambda: _("Evaluation"), blocks)


def _survey(found: Evaluation, tongue: str) -> Table:
    columns = (
        Column(_("Question"), width=6),
        Column(_("When"), width=3),
        Column(_("Asked"), "center", width=2),
        Column(_("Satisfied"), "center", width=2),
        Column("%", "center", width=1),
    )
    rows = tuple(
        (
            said(one, "question", tongue),
            str(SurveyRound(one.round).label),
            one.asked,
            one.satisfied,
            satisfaction(one.asked, one.satisfied),
        )
        for one in found.survey_results.order_by("question_ky", "-round", "pk")
    )
    return Table(columns, rows)


def _judgement(found: Evaluation) -> tuple[Block, ...]:
    parts = (
        (_("What worked"), found.strengths),
        (_("What did not work"), found.weaknesses),
        (_("Advice"), found.advice),
    )
    blocks: list[Block] = []
    for title, text in parts:
        if text:
            blocks += [Heading(title), Paragraph(text)]
    return tuple(blocks)
