"""Agreements, their money, tranches, reports, monitoring visits, findings and evaluation."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ashar.agreements.choices import ClauseResult, SurveyRound, TrancheCondition
from ashar.calls.models import Proposal
from ashar.cases.models import Case
from ashar.documents.models import Document
from ashar.events.models import Event
from ashar.interface.money import SomField
from ashar.journal.models import Watched
from ashar.needs.models import Need
from ashar.parties.models import Organisation, Person
from ashar.programmes.choices import FundingSource
from ashar.programmes.models import Programme


class Agreement(Watched):
    """The contract between the customer and the contractor; its results are its indicators."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="agreement")
    proposal = models.OneToOneField(
        Proposal, null=True, blank=True, on_delete=models.PROTECT, related_name="agreement"
    )
    # The need it answers, so that whoever is served finds her own voice in one step.
    need = models.ForeignKey(
        Need, null=True, blank=True, on_delete=models.PROTECT, related_name="agreements"
    )
    customer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    # An archive may name the service without the organisation that gave it.
    contractor = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="agreements"
    )
    number = models.CharField(_("number"), max_length=40, blank=True)
    signed_on = models.DateField(_("signed"), null=True, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    subject_ky = models.TextField(_("subject in Kyrgyz"), blank=True)
    subject_ru = models.TextField(_("subject in Russian"), blank=True)
    standard = models.CharField(_("quality standard"), max_length=60, blank=True)
    total = SomField(_("whole sum of the agreement, som"), null=True, blank=True)
    # Counts changes of the draft, so that two people do not overwrite each other.
    draft_version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return str(self.case)

    def get_absolute_url(self) -> str:
        """Return the page of the agreement."""
        return reverse("agreements:agreement", args=(self.case.ref,))


class AgreementFunding(Watched):
    """Money of the agreement from one source: planned, and what really came."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="funding")
    source = models.CharField(_("source"), max_length=30, choices=FundingSource.choices)
    planned = SomField(_("planned, som"), null=True, blank=True)
    actual = SomField(_("actual, som"), null=True, blank=True)

    class Meta:
        """One line for each source."""

        constraints = (
            models.UniqueConstraint(fields=("agreement", "source"), name="agreement_funding_once"),
        )

    def __str__(self) -> str:
        return f"{self.source}: {self.planned}"


class Report(Watched):
    """What the contractor did in a period, with results, costs and receipts."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="report")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="reports")
    number = models.PositiveSmallIntegerField(_("number"))
    period_from = models.DateField(_("period from"))
    period_to = models.DateField(_("period to"))
    due_on = models.DateField(_("due"), null=True, blank=True)
    done = models.TextField(_("what was done"), blank=True)
    problems = models.TextField(_("problems and how they were met"), blank=True)
    draft_version = models.PositiveIntegerField(default=1)

    class Meta:
        """Numbered within the agreement; a period does not end before it begins."""

        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("agreement", "number"), name="report_once"),
            models.CheckConstraint(
                condition=Q(period_to__gte=F("period_from")), name="report_period_ends_after_start"
            ),
        )

    def __str__(self) -> str:
        return f"{self.agreement}: {self.number}"

    def get_absolute_url(self) -> str:
        """Return the page of the report."""
        return reverse("agreements:report", args=(self.case.ref,))


class CostLine(Watched):
    """Money spent in the period of a report, with its receipt."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="costs")
    title = models.CharField(_("what for"), max_length=300)
    source = models.CharField(_("source"), max_length=30, choices=FundingSource.choices)
    amount = SomField(_("sum, som"))
    spent_on = models.DateField(_("date"))
    receipt = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        """In order of time."""

        ordering = ("spent_on", "pk")

    def __str__(self) -> str:
        return self.title


class Tranche(Watched):
    """A part of the customer's money, paid when its condition is met."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="tranche")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="tranches")
    number = models.PositiveSmallIntegerField(_("number"))
    amount = SomField(_("sum, som"))
    condition = models.CharField(_("condition"), max_length=20, choices=TrancheCondition.choices)
    report = models.ForeignKey(
        Report, null=True, blank=True, on_delete=models.PROTECT, related_name="tranches"
    )
    due_on = models.DateField(_("planned for"), null=True, blank=True)
    payment_order = models.CharField(_("payment order"), max_length=100, blank=True)
    paid_on = models.DateField(_("paid"), null=True, blank=True)
    paid = SomField(_("sum paid, som"), null=True, blank=True)
    # Public money moves by two persons: the database itself refuses a payment of one.
    prepared_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        """Numbered within the agreement; paid is only what two different persons let go."""

        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("agreement", "number"), name="tranche_once"),
            models.CheckConstraint(
                condition=Q(paid__isnull=True) | Q(paid__lte=F("amount")),
                name="tranche_not_overpaid",
            ),
            models.CheckConstraint(
                condition=Q(paid__isnull=True, paid_on__isnull=True)
                | (
                    Q(paid__isnull=False, paid_on__isnull=False)
                    & Q(prepared_by__isnull=False, approved_by__isnull=False)
                    & ~Q(prepared_by=F("approved_by"))
                ),
                name="tranche_paid_by_two",
            ),
        )

    def __str__(self) -> str:
        return f"{self.agreement}: {self.number}"

    def get_absolute_url(self) -> str:
        """Return the tranche's place on the page of its agreement."""
        return reverse("agreements:tranche", args=(self.case.ref,))


class NeedFunding(Watched):
    """A need is paid for in a year by one programme: no second customer pays for it again.

    Within its programme the need is bounded by the money of its measures.
    """

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="funded_years")
    year = models.PositiveSmallIntegerField(_("year"))
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """One programme for each need and year, whoever the customer is."""

        constraints = (models.UniqueConstraint(fields=("need", "year"), name="need_funded_once"),)

    def __str__(self) -> str:
        return f"{self.need}: {self.year}"


class MonitoringVisit(models.Model):
    """A visit to see the service, by the form made from the clauses of its standard."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="monitoring_visit")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="visits")
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="monitoring_visit")
    standard = models.CharField(_("quality standard"), max_length=60)
    summary = models.TextField(_("summary"), blank=True)
    draft_version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.agreement}: {self.event.held_on}"

    def get_absolute_url(self) -> str:
        """Return the page of the visit."""
        return reverse("agreements:visit", args=(self.case.ref,))


class ClauseAnswer(models.Model):
    """What the visit saw on one clause of the standard."""

    visit = models.ForeignKey(
        MonitoringVisit, on_delete=models.CASCADE, related_name="clause_answers"
    )
    clause = models.CharField(_("clause"), max_length=60)
    result = models.CharField(_("result"), max_length=20, choices=ClauseResult.choices)
    evidence = models.TextField(_("what was seen"), blank=True)

    class Meta:
        """One answer for each clause."""

        constraints = (
            models.UniqueConstraint(fields=("visit", "clause"), name="clause_answer_once"),
        )

    def __str__(self) -> str:
        return f"{self.clause}: {self.result}"


class Finding(Watched):
    """A shortcoming found at a visit, with the date by which it is to be mended."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="finding")
    visit = models.ForeignKey(MonitoringVisit, on_delete=models.PROTECT, related_name="findings")
    clause = models.CharField(_("clause"), max_length=60, blank=True)
    text = models.TextField(_("what was found"))
    fix_by = models.DateField(_("to be mended by"))

    def __str__(self) -> str:
        return self.text[:80]

    def get_absolute_url(self) -> str:
        """Return the page of the finding."""
        return reverse("agreements:finding", args=(self.case.ref,))


class Evaluation(Watched):
    """The final judgement on results against targets."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="evaluation")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="evaluations")
    strengths = models.TextField(_("what worked"), blank=True)
    weaknesses = models.TextField(_("what did not work"), blank=True)
    advice = models.TextField(_("advice"), blank=True)
    draft_version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return str(self.case)

    def get_absolute_url(self) -> str:
        """Return the page of the evaluation."""
        return reverse("agreements:evaluation", args=(self.case.ref,))


class SurveyResult(models.Model):
    """One question of the satisfaction and trust survey, before or after."""

    evaluation = models.ForeignKey(
        Evaluation, on_delete=models.CASCADE, related_name="survey_results"
    )
    round = models.CharField(_("round"), max_length=10, choices=SurveyRound.choices)
    question_ky = models.CharField(_("question in Kyrgyz"), max_length=300)
    question_ru = models.CharField(_("question in Russian"), max_length=300, blank=True)
    asked = models.PositiveIntegerField(_("people asked"))
    satisfied = models.PositiveIntegerField(_("of them satisfied"))

    class Meta:
        """Nobody is satisfied who was not asked."""

        constraints = (
            models.CheckConstraint(
                condition=Q(satisfied__lte=F("asked")), name="satisfied_within_asked"
            ),
        )

    def __str__(self) -> str:
        return f"{self.round}: {self.satisfied} / {self.asked}"
