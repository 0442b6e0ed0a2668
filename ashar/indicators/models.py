"""Indicators of a case, their targets, and observations with evidence."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ashar.cases.models import Case
from ashar.documents.models import Document
from ashar.events.choices import Sex
from ashar.indicators.choices import Bound
from ashar.journal.models import Watched
from ashar.parties.models import Account
from ashar.places.models import Territory


class Indicator(Watched):
    """What is measured in a case: a row of its results table."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="indicators")
    key = models.CharField(_("key"), max_length=40, blank=True)
    title_ky = models.CharField(_("in Kyrgyz"), max_length=400)
    title_ru = models.CharField(_("in Russian"), max_length=400, blank=True)
    unit_ky = models.CharField(_("unit in Kyrgyz"), max_length=60, blank=True)
    unit_ru = models.CharField(_("unit in Russian"), max_length=60, blank=True)
    # Values are kept as whole thousandths, so that sums are exact on every database.
    baseline = models.DecimalField(
        _("baseline"), max_digits=18, decimal_places=3, null=True, blank=True
    )
    target = models.DecimalField(
        _("target"), max_digits=18, decimal_places=3, null=True, blank=True
    )
    counts_people = models.BooleanField(_("counts people"), default=False)
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        """In the order of the results table."""

        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.title_ky


class Observation(Watched):
    """What was seen: a value with its crossing, period, evidence and who recorded it.

    A correction is a new observation that replaces an older one; nothing is overwritten.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="observations")
    # The report, visit or evaluation in which it was seen; the archive's own case otherwise.
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="observations")
    territory = models.ForeignKey(
        Territory, null=True, blank=True, on_delete=models.PROTECT, related_name="observations"
    )
    sex = models.CharField(_("sex"), max_length=10, choices=Sex.choices, blank=True)
    age_band = models.CharField(_("age band"), max_length=20, blank=True)
    with_disability = models.BooleanField(_("with disability"), null=True, blank=True)
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=3)
    # A source may say "more than 3,000": the words belong to the figure.
    bound = models.CharField(_("how exact"), max_length=10, choices=Bound.choices, blank=True)
    observed_on = models.DateField(_("observed on"), null=True, blank=True)
    evidence = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="observations"
    )
    source = models.CharField(_("source"), max_length=300, blank=True)
    recorded_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="observations"
    )
    recorded_at = models.DateTimeField(_("recorded"))
    replaced_by = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaces"
    )

    class Meta:
        """Those in force are found quickly."""

        indexes = (
            models.Index(
                fields=("indicator",),
                name="observation_in_force",
                condition=Q(replaced_by__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"{self.indicator}: {self.value}"
