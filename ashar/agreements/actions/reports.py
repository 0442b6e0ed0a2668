"""Writes of a report: what was done, what was reached, what was spent; then its acceptance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.files.base import File

from ashar.agreements.actions.agreements import release
from ashar.agreements.actions.saving import claim, note
from ashar.agreements.models import CostLine, Report, Tranche
from ashar.cases.actions import file_documents
from ashar.cases.models import Case
from ashar.documents.actions import store_upload
from ashar.indicators.actions import observe
from ashar.indicators.core import Crossing
from ashar.indicators.models import Indicator
from ashar.journal.actions import deed
from ashar.kernel.money import Som
from ashar.parties.models import Account

DRAFT = "draft"
RECEIPT = "receipt"


@dataclass(frozen=True)
class PeopleRow:
    """People reached in one village and age band; the disabled are part of the women and men."""

    territory: int | None
    age_band: str
    women: int
    men: int
    women_with_disability: int = 0
    men_with_disability: int = 0


@dataclass(frozen=True)
class Cost:
    """Money spent: what for, from which source, how much, when."""

    title: str
    source: str
    amount: Som
    spent_on: date


@deed
def write_report(
    report: Report,
    *,
    done: str,
    problems: str,
    values: Mapping[int, Decimal | None],
    by: Account | None,
    version: int | None = None,
) -> None:
    """Save the draft: its text, and by the indicator's pk what was newly reached in the period.

    None leaves a result without a figure. Raises ChangedMeanwhile, NotNow.
    """
    claim(report, version, DRAFT)
    Report.objects.filter(pk=report.pk).update(done=done, problems=problems)
    for indicator in Indicator.objects.filter(case=report.agreement.case, pk__in=values):
        value = values[indicator.pk]
        if value is not None:
            observe(indicator, report.case, {Crossing(): value}, by=by)
    note("report_saved", report.case, by)


@deed
def write_people(
    report: Report,
    indicator: Indicator,
    rows: Sequence[PeopleRow],
    *,
    by: Account | None,
    version: int | None = None,
) -> None:
    """Save whom the report counts under the indicator; the parts add up to the whole.

    No rows at all mean that nobody was reached. Raises ChangedMeanwhile, NotNow.
    """
    claim(report, version, DRAFT)
    seen: dict[Crossing, Decimal] = {}
    for row in rows:
        for crossing, number in _parts(row):
            if number:
                seen[crossing] = seen.get(crossing, Decimal(0)) + number
    observe(indicator, report.case, seen or {Crossing(): Decimal(0)}, by=by)
    note("report_saved", report.case, by, indicator=indicator.pk)


def _parts(row: PeopleRow) -> list[tuple[Crossing, int]]:
    def part(sex: str, number: int, *, disability: bool) -> tuple[Crossing, int]:
        return Crossing(sex, row.age_band, disability, row.territory), number

    return [
        part("women", row.women - row.women_with_disability, disability=False),
        part("women", row.women_with_disability, disability=True),
        part("men", row.men - row.men_with_disability, disability=False),
        part("men", row.men_with_disability, disability=True),
    ]


@deed
def write_cost(
    report: Report,
    cost: Cost,
    *,
    receipt: File[bytes] | None,
    line: CostLine | None = None,
    by: Account | None,
    version: int | None = None,
) -> CostLine:
    """Add a cost, or write one anew, with its receipt if one is sent.

    Raises RefusedUpload when the file may not be taken in, ChangedMeanwhile, NotNow.
    """
    claim(report, version, DRAFT)
    written = line or CostLine(report=report)
    for name, value in vars(cost).items():
        setattr(written, name, value)
    if receipt is not None:
        document = store_upload(
            receipt, kind=RECEIPT, title=cost.title, by=by, visibility="parties"
        )
        file_documents(report.case, [document], kind=RECEIPT, by=by)
        # One receipt for two costs is filed once; both lead to the paper that lies on the case.
        filed = report.case.papers.filter(
            kind=RECEIPT, withdrawn_at__isnull=True, document__sha256=document.sha256
        )
        written.receipt = filed.select_related("document")[0].document
    written.save()
    note("cost_written", report.case, by, title=cost.title, sum=str(cost.amount))
    return written


@deed
def remove_cost(line: CostLine, *, by: Account | None) -> None:
    """Take a cost out of the draft; the journal and the receipt stay. Raises NotNow."""
    report = line.report
    claim(report, None, DRAFT)
    note("cost_removed", report.case, by, title=line.title, sum=str(line.amount))
    line.delete()


def release_tranches(case: Case) -> None:
    """Make payable the tranches that waited for the acceptance of this report."""
    release(list(Tranche.objects.filter(report__case=case).select_related("case")))
