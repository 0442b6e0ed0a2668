"""Writes of an agreement's draft: its text, results, money by source, reports and tranches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from ashar.agreements.actions.saving import claim, note
from ashar.agreements.models import Agreement, AgreementFunding, Report, Tranche
from ashar.cases.actions import Opening, open_case, retitle_case
from ashar.cases.models import Case
from ashar.indicators.actions import IndicatorText, write_indicators
from ashar.journal.actions import deed
from ashar.kernel.money import Som
from ashar.parties.models import Account

DRAFTING = "drafting"


@dataclass(frozen=True)
class AgreementText:
    """What an agreement says of itself: title, subject, term, whole sum, quality standard."""

    title_ky: str
    title_ru: str
    subject_ky: str
    subject_ru: str
    starts_on: date | None
    ends_on: date | None
    total: Som
    standard: str = ""


@dataclass(frozen=True)
class ReportPlan:
    """For which period the contractor reports, and by which day."""

    period_from: date
    period_to: date
    due_on: date | None = None


@dataclass(frozen=True)
class TranchePlan:
    """A part of the customer's money: how much, on what condition, planned for which day.

    `report` is the number of the report whose acceptance it waits for.
    """

    amount: Som
    condition: str
    report: int | None = None
    due_on: date | None = None


class ReportAwaited(Exception):
    """A report cannot be taken out: a tranche waits for its acceptance."""


@deed
def edit_agreement(
    agreement: Agreement, text: AgreementText, *, by: Account | None, version: int | None = None
) -> None:
    """Write the draft's title, subject, term, sum and standard anew.

    Raises ChangedMeanwhile when somebody saved since `version`, NotNow when it is no draft.
    """
    claim(agreement, version, DRAFTING)
    fields = {k: v for k, v in vars(text).items() if not k.startswith("title_")}
    Agreement.objects.filter(pk=agreement.pk).update(**fields)
    retitle_case(agreement.case, title_ky=text.title_ky, title_ru=text.title_ru)
    note("agreement_edited", agreement.case, by)
    agreement.refresh_from_db()


@deed
def write_results(
    agreement: Agreement,
    rows: Sequence[IndicatorText],
    *,
    by: Account | None,
    version: int | None = None,
) -> None:
    """Write the results table of the draft anew."""
    claim(agreement, version, DRAFTING)
    write_indicators(agreement.case, rows, by=by)


@deed
def write_funding(
    agreement: Agreement,
    planned: Mapping[str, Som],
    *,
    by: Account | None,
    version: int | None = None,
) -> None:
    """Write the planned money of the draft by source; a source left out has none."""
    claim(agreement, version, DRAFTING)
    AgreementFunding.objects.filter(agreement=agreement).delete()
    AgreementFunding.objects.bulk_create(
        AgreementFunding(agreement=agreement, source=source, planned=amount)
        for source, amount in planned.items()
    )
    note("funding_planned", agreement.case, by, planned=_said(planned))


def _said(money: Mapping[str, Som]) -> dict[str, str]:
    return {source: str(amount) for source, amount in money.items()}


@deed
def write_reports(
    agreement: Agreement,
    plans: Sequence[ReportPlan],
    *,
    by: Account | None,
    version: int | None = None,
) -> list[Report]:
    """Write the reports that the contractor owes; each new one gets its own case.

    Raises ReportAwaited when a report is left out for which a tranche waits.
    """
    claim(agreement, version, DRAFTING)
    known = {one.number: one for one in agreement.reports.select_related("case")}
    surplus = [one for number, one in known.items() if number > len(plans)]
    if Tranche.objects.filter(report__in=surplus).exists():
        raise ReportAwaited
    _take_out(surplus)
    for number, plan in enumerate(plans, 1):
        report = known.get(number) or Report(agreement=agreement, number=number)
        _write_part(report, vars(plan), _report_title)
    note("reports_planned", agreement.case, by, reports=len(plans))
    return list(agreement.reports.select_related("case"))


@deed
def write_tranches(
    agreement: Agreement,
    plans: Sequence[TranchePlan],
    *,
    by: Account | None,
    version: int | None = None,
) -> list[Tranche]:
    """Write the tranches of the customer's money; each new one gets its own case."""
    claim(agreement, version, DRAFTING)
    reports = {one.number: one for one in agreement.reports.all()}
    known = {one.number: one for one in agreement.tranches.select_related("case")}
    _take_out([one for number, one in known.items() if number > len(plans)])
    for number, plan in enumerate(plans, 1):
        tranche = known.get(number) or Tranche(agreement=agreement, number=number)
        values = {**vars(plan), "report": reports[plan.report] if plan.report else None}
        _write_part(tranche, values, _tranche_title)
    note("tranches_planned", agreement.case, by, tranches=[str(one.amount) for one in plans])
    return list(agreement.tranches.select_related("case"))


def _write_part(part: Any, values: Mapping[str, object], title: Any) -> None:
    """Write a report or a tranche of the draft; a new one opens its case."""
    for name, value in values.items():
        setattr(part, name, value)
    parent = part.agreement.case
    titles = _titles(parent, title, part.number)
    if part.pk is None:
        part.case = open_case(
            Opening(
                procedure=parent.procedure,
                track=type(part).__name__.lower(),
                territory=parent.territory,
                parent=parent,
                title_ky=titles["title_ky"],
                title_ru=titles["title_ru"],
            ),
            by=None,
        )
    else:
        retitle_case(part.case, title_ky=titles["title_ky"], title_ru=titles["title_ru"])
    part.save()


def _titles(parent: Case, title: Any, number: int) -> dict[str, str]:
    titles = {}
    for tongue in ("ky", "ru"):
        with override(tongue):
            name = parent.title_ru if tongue == "ru" else parent.title_ky
            titles[f"title_{tongue}"] = title(number, name or parent.title_ky or parent.title_ru)
    return titles


def _report_title(number: int, name: str) -> str:
    return _("Report %(number)s: %(name)s") % {"number": number, "name": name}


def _tranche_title(number: int, name: str) -> str:
    return _("Tranche %(number)s: %(name)s") % {"number": number, "name": name}


def _take_out(parts: Sequence[Report | Tranche]) -> None:
    """Take parts out of a draft with their cases, in which nothing was decided yet."""
    cases = [part.case_id for part in parts]
    for part in parts:
        part.delete()
    Case.objects.filter(pk__in=cases).delete()
