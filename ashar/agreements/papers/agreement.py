"""The agreement, its amendment and its termination as official papers."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from ashar.agreements.models import Agreement
from ashar.agreements.papers.common import (
    both,
    day,
    funding_table,
    results_table,
    signatures,
    term,
)
from ashar.agreements.queries.agreements import (
    condition_in_words,
    funding_of,
    offered_number,
    refund_of,
    reports_of,
    tranches_of,
)
from ashar.agreements.queries.standards import standard_shown
from ashar.agreements.queries.words import said
from ashar.cases.models import Case, Decision
from ashar.documents.core import (
    Block,
    BulletList,
    Column,
    Heading,
    KeyValues,
    Note,
    Paper,
    Paragraph,
    Table,
)
from ashar.indicators.queries import results_of


def _of(case: Case) -> Agreement:
    found = Agreement.objects.select_related("case", "customer", "contractor", "need", "proposal")
    return found.get(case=case)


def agreement(case: Case, decision: Decision) -> Mapping[str, Paper]:
    """Return the agreement as offered for signing."""
    found = _of(case)
    number = str(decision.answers.get("agreement_number") or offered_number(case))

    def blocks(tongue: str) -> tuple[Block, ...]:
        return (
            _parties(found, tongue),
            *_subject(found, tongue),
            *_schedule(found),
            *_money(found),
            *_duties(),
            *_changes(),
            signatures(found, tongue),
        )

    return both(case, lambda: _("Agreement on a municipal social order"), blocks, number=number)


def _parties(found: Agreement, tongue: str) -> KeyValues:
    need = said(found.need, "title", tongue) if found.need else None
    contractor = said(found.contractor, "name", tongue) if found.contractor else None
    return KeyValues(
        (
            (_("Customer"), said(found.customer, "name", tongue)),
            (_("Contractor"), contractor),
            (_("Project"), said(found.case, "title", tongue)),
            (_("Need it answers"), need),
            (_("Term"), term(found.starts_on, found.ends_on)),
            (_("Whole sum, som"), found.total),
        )
    )


def _subject(found: Agreement, tongue: str) -> tuple[Block, ...]:
    results = results_of(found.case)
    blocks: list[Block] = [
        Heading(_("1. Subject")),
        Paragraph(said(found, "subject", tongue)),
        Heading(_("2. Results")),
        Paragraph(
            _(
                "The contractor answers for these results. People are counted by sex, age, "
                "disability and village."
            )
        ),
        results_table(results, tongue, with_actual=False),
    ]
    standard = standard_shown(found.standard)
    if standard is not None:
        sentence = _("The service is given by the quality standard «%(title)s» (%(act)s).")
        blocks.append(Paragraph(sentence % {"title": standard.title, "act": standard.act}))
        if standard.whose:
            blocks.append(Note(standard.whose))
    return tuple(blocks)


def _schedule(found: Agreement) -> tuple[Block, ...]:
    activities = list(found.proposal.activities.all()) if found.proposal else []
    blocks: list[Block] = [Heading(_("3. Schedule and reports"))]
    if activities:
        columns = (Column(_("Activity"), width=6), Column(_("Term"), "center", width=4))
        rows = tuple((one.title, term(one.starts_on, one.ends_on)) for one in activities)
        blocks.append(Table(columns, rows))
    report_columns = (
        Column(_("Report"), "center", width=2),
        Column(_("Period"), "center", width=4),
        Column(_("Due"), "center", width=3),
    )
    planned = tuple(
        (one.number, term(one.period_from, one.period_to), day(one.due_on))
        for one in reports_of(found)
    )
    blocks.append(Table(report_columns, planned))
    return tuple(blocks)


def _money(found: Agreement) -> tuple[Block, ...]:
    tranches = tranches_of(found)
    columns = (
        Column(_("Tranche"), "center", width=2),
        Column(_("Condition"), width=5),
        Column(_("Planned for"), "center", width=3),
        Column(_("Sum, som"), "money", width=3),
    )
    rows = tuple(
        (one.number, condition_in_words(one), day(one.due_on), one.amount) for one in tranches
    )
    return (
        Heading(_("4. Money by source")),
        funding_table(funding_of(found)),
        Paragraph(_("The parties record what really came from each source.")),
        Heading(_("5. Tranches")),
        Paragraph(
            _("The customer pays its share in tranches, each only after its condition is met.")
        ),
        Table(columns, rows),
    )


def _duties() -> tuple[Block, ...]:
    return (
        Heading(_("6. Reports, acceptance and monitoring")),
        BulletList(
            (
                _("The contractor reports results and costs; a receipt proves each cost."),
                _("The customer accepts the report or sends it back with its reasons."),
                _("The customer may visit the service and look at its papers at any time agreed."),
                _("What is found wanting is written down with the day by which it is mended."),
                _("At the end the results are evaluated and people are asked what they think."),
            )
        ),
        Heading(_("7. Personal data")),
        Paragraph(
            _(
                "Personal data of those who use the service are kept by the contractor for this "
                "purpose alone and are given to nobody without the consent of the person. "
                "Reports contain counts, no names."
            )
        ),
    )


def _changes() -> tuple[Block, ...]:
    return (
        Heading(_("8. Changes, suspension, termination, refund")),
        BulletList(
            (
                _("The agreement is changed by a written amendment of both parties."),
                _("While it is suspended nothing is paid."),
                _(
                    "It may be terminated with written reasons; the notice names the sum to be refunded."
                ),
                _("Terms of refund, and what becomes of things bought, are as the parties agreed."),
                _("Disputes and events beyond control are settled as the law and the parties say."),
            )
        ),
        Heading(_("9. Language")),
        Paragraph(_("The agreement is made in Kyrgyz and Russian; Kyrgyz is the original.")),
    )


def amendment(case: Case, decision: Decision) -> Mapping[str, Paper]:
    """Return the amendment: what changes in the agreement."""
    found = _of(case)
    changed = str(decision.answers.get("change_text", ""))

    def blocks(tongue: str) -> tuple[Block, ...]:
        return (
            _reference(found, tongue),
            Heading(_("What changes")),
            *(Paragraph(line) for line in changed.splitlines() if line.strip()),
            Paragraph(_("All else in the agreement stays in force.")),
            signatures(found, tongue),
        )

    return both(case, lambda: _("Amendment to the agreement"), blocks)


def _reference(found: Agreement, tongue: str) -> KeyValues:
    contractor = said(found.contractor, "name", tongue) if found.contractor else None
    return KeyValues(
        (
            (_("Agreement No."), found.number or None),
            (_("Signed"), day(found.signed_on)),
            (_("Customer"), said(found.customer, "name", tongue)),
            (_("Contractor"), contractor),
        )
    )


def termination(case: Case, decision: Decision) -> Mapping[str, Paper]:
    """Return the notice of termination: why, what was paid, and what is to be refunded."""
    found = _of(case)
    reason = str(decision.answers.get("reason", ""))

    def blocks(tongue: str) -> tuple[Block, ...]:
        columns = (Column(_("Tranche"), "center"), Column(_("Paid, som"), "money", width=2))
        paid = tuple((one.number, one.paid) for one in tranches_of(found) if one.paid is not None)
        return (
            _reference(found, tongue),
            Heading(_("Reason")),
            Paragraph(reason),
            *((Heading(_("Paid so far")), Table(columns, paid)) if paid else ()),
            KeyValues(((_("To be refunded, som"), refund_of(case)),)),
            signatures(found, tongue),
        )

    return both(case, lambda: _("Notice of termination of the agreement"), blocks)
