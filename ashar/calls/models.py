"""Calls, questions, proposals with their parts, kept submissions, admission, award, complaint."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ashar.calls.choices import CheckResult
from ashar.cases.models import Case
from ashar.interface.money import SomField
from ashar.journal.models import Watched
from ashar.parties.models import Account, Organisation
from ashar.programmes.choices import FundingSource
from ashar.programmes.models import Measure
from ashar.seals.models import Envelope


class Call(Watched):
    """An open contest for a measure of an approved programme."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="call")
    measure = models.ForeignKey(
        Measure, null=True, blank=True, on_delete=models.PROTECT, related_name="calls"
    )
    commission = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    goal_ky = models.TextField(_("goal of the project, in Kyrgyz"), blank=True)
    goal_ru = models.TextField(_("goal of the project, in Russian"), blank=True)
    tasks_ky = models.TextField(_("tasks of the project, in Kyrgyz"), blank=True)
    tasks_ru = models.TextField(_("tasks of the project, in Russian"), blank=True)
    problem_ky = models.TextField(_("description of the problem, in Kyrgyz"), blank=True)
    problem_ru = models.TextField(_("description of the problem, in Russian"), blank=True)
    target_group_ky = models.TextField(_("target group, in Kyrgyz"), blank=True)
    target_group_ru = models.TextField(_("target group, in Russian"), blank=True)
    results_ky = models.TextField(_("required results, in Kyrgyz"), blank=True)
    results_ru = models.TextField(_("required results, in Russian"), blank=True)
    requirements_ky = models.TextField(_("requirements to applicants, in Kyrgyz"), blank=True)
    requirements_ru = models.TextField(_("requirements to applicants, in Russian"), blank=True)
    contact_ky = models.TextField(_("where and whom to ask, in Kyrgyz"), blank=True)
    contact_ru = models.TextField(_("where and whom to ask, in Russian"), blank=True)
    starts_on = models.DateField(_("work begins"), null=True, blank=True)
    ends_on = models.DateField(_("work ends"), null=True, blank=True)
    maximum = SomField(_("largest sum asked from the customer, som"), null=True, blank=True)
    closes_at = models.DateTimeField(_("proposals are accepted until"), null=True, blank=True)
    search_key = models.CharField(max_length=900, blank=True, db_index=True, editable=False)

    unwatched = ("search_key",)

    def __str__(self) -> str:
        return str(self.case)

    def get_absolute_url(self) -> str:
        """Return the page of the call."""
        return reverse("calls:call", args=(self.case.ref,))

    def edit_address(self, roles: frozenset[str]) -> str:
        """Return where the customer writes the announcement; empty once it is published."""
        if "customer" not in roles or self.case.stage != "preparing":
            return ""
        return reverse("calls:edit", args=(self.case.ref,))


class Question(models.Model):
    """A question about the call and its public answer."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="questions")
    asked_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField(_("question"))
    asked_at = models.DateTimeField(_("asked"))
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        """In the order asked."""

        ordering = ("asked_at", "pk")

    def __str__(self) -> str:
        return self.text[:80]


class Proposal(Watched):
    """What an applicant offers in a contest.

    `typed` is the draft, exactly as typed; the other columns and the parts below are what
    was last handed in, so that nobody but the applicant ever reads the draft.
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="proposal")
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="proposals")
    applicant = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="proposals")
    title = models.CharField(_("title of the project"), max_length=300, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    method = models.TextField(_("how the work will be done"), blank=True)
    experience = models.TextField(_("experience of the organisation"), blank=True)
    sustainability = models.TextField(_("what stays after the project"), blank=True)
    typed = models.JSONField(_("draft as typed"), default=dict, blank=True)
    typed_at = models.DateTimeField(_("draft saved"), null=True, blank=True)
    typed_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Counts changes of the draft, so that two people do not overwrite each other.
    draft_version = models.PositiveIntegerField(default=1)
    # The submission that counts: the last one handed in.
    counted = models.ForeignKey(
        "Submission", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # The envelope that counts where proposals are sealed: the last one handed in.
    sealed = models.ForeignKey(
        Envelope, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Frozen when the commission decides: thousandths of a point, and the place.
    total_score = models.PositiveIntegerField(_("total in thousandths"), null=True, blank=True)
    rank = models.PositiveSmallIntegerField(_("place"), null=True, blank=True)

    unwatched = ("typed", "typed_at", "typed_by_id", "draft_version")

    class Meta:
        """An organisation has one proposal in a call."""

        constraints = (models.UniqueConstraint(fields=("call", "applicant"), name="proposal_once"),)
        indexes = (models.Index(fields=("call", "rank"), name="proposal_by_rank"),)

    def __str__(self) -> str:
        return self.title or str(self.applicant)

    def get_absolute_url(self) -> str:
        """Return the page of the proposal."""
        return reverse("calls:proposal", args=(self.case.ref,))

    def edit_address(self, roles: frozenset[str]) -> str:
        """Return where the applicant writes the draft; empty for others and once it is judged."""
        if "applicant" not in roles or self.case.stage not in {"draft", "submitted"}:
            return ""
        return reverse("calls:edit_proposal", args=(self.case.ref,))


class ProposalResult(models.Model):
    """A measurable result the applicant promises."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="results")
    title = models.CharField(_("result"), max_length=300)
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    target = models.DecimalField(_("how much"), max_digits=14, decimal_places=2)
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        """In the order typed."""

        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.title


class ProposalActivity(models.Model):
    """One line of the schedule."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="activities")
    title = models.CharField(_("activity"), max_length=300)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        """In order of time."""

        ordering = ("starts_on", "position", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")), name="activity_ends_after_start"
            ),
        )

    def __str__(self) -> str:
        return self.title


class TeamMember(models.Model):
    """A place in the team by role; names of persons are not asked."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="team")
    role = models.CharField(_("role in the project"), max_length=200)
    qualification = models.CharField(_("training and experience"), max_length=500, blank=True)
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        """In the order typed."""

        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.role


class BudgetLine(Watched):
    """One line of the budget: unit x quantity x rate, paid from one source."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="budget")
    title = models.CharField(_("what for"), max_length=300)
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=2)
    rate = SomField(_("price of a unit, som"))
    source = models.CharField(_("source"), max_length=30, choices=FundingSource.choices)
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        """In the order typed."""

        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.title


class Submission(Watched):
    """A proposal as it was handed in: its whole content, digest and moment. Never changed."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField(_("number"))
    content = models.JSONField(_("content"))
    sha256 = models.CharField(_("digest"), max_length=64)
    title = models.CharField(_("title of the project"), max_length=300, blank=True)
    total = SomField(_("whole budget, som"))
    requested = SomField(_("asked from the customer, som"))
    search_key = models.CharField(max_length=900, db_index=True, editable=False)
    submitted_at = models.DateTimeField(_("handed in"))
    submitted_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """Numbered from one; the last is the one that counts."""

        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("proposal", "number"), name="submission_once"),
        )

    def __str__(self) -> str:
        return f"{self.proposal}: {self.number}"


class AdmissionCheck(Watched):
    """What the commission found on one rule of eligibility, with its evidence."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="checks")
    rule = models.CharField(_("rule"), max_length=60)
    result = models.CharField(_("result"), max_length=10, choices=CheckResult.choices)
    evidence = models.TextField(_("evidence"), blank=True)
    checked_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    checked_at = models.DateTimeField(_("checked"))

    class Meta:
        """One finding for each rule."""

        constraints = (
            models.UniqueConstraint(fields=("proposal", "rule"), name="admission_check_once"),
        )

    def __str__(self) -> str:
        return f"{self.rule}: {self.result}"


class Complaint(Watched):
    """An applicant's complaint about the decision on its proposal."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="complaint")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="complaints")
    text = models.TextField(_("complaint"))

    def __str__(self) -> str:
        return self.text[:80]

    def get_absolute_url(self) -> str:
        """Return the page of the complaint."""
        return reverse("calls:complaint", args=(self.case.ref,))
