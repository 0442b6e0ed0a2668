"""Disclosures of interest, review sheets and their scores."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from ashar.cases.models import Case
from ashar.journal.models import Watched
from ashar.parties.models import Person


class Disclosure(Watched):
    """A member declares whether he has an interest in what he is to judge."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="disclosures")
    member = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="disclosures")
    has_interest = models.BooleanField(_("has an interest"))
    reason = models.TextField(_("what interest"), blank=True)
    declared_at = models.DateTimeField(_("declared"))
    # Declared after the sheet was given: everybody concerned sees that the sheet was dropped.
    dropped_sheet = models.BooleanField(_("a sheet was dropped"), default=False)
    # Which hints the member was shown before answering, so that a "no" was an informed one.
    hinted = models.JSONField(_("kinds of hints shown"), default=list)

    class Meta:
        """One declaration by a member on each case."""

        constraints = (models.UniqueConstraint(fields=("case", "member"), name="disclosure_once"),)

    def __str__(self) -> str:
        return f"{self.member}: {self.has_interest}"


class Review(Watched):
    """One member's sheet on one case; hidden from colleagues until handed in by all."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reviews")
    member = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reviews")
    submitted_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    advice = models.TextField(_("advice"), blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """One sheet by a member on each case."""

        constraints = (models.UniqueConstraint(fields=("case", "member"), name="review_once"),)

    def __str__(self) -> str:
        return f"{self.member}, {self.case}"


class Score(Watched):
    """Points for one criterion, with the reason."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="scores")
    criterion = models.CharField(_("criterion"), max_length=40)
    points = models.PositiveSmallIntegerField(_("points"))
    comment = models.TextField(_("reason"), blank=True)

    class Meta:
        """One score for each criterion of a sheet."""

        constraints = (models.UniqueConstraint(fields=("review", "criterion"), name="score_once"),)

    def __str__(self) -> str:
        return f"{self.criterion}: {self.points}"
