"""Programmes of social orders, their measures and the money planned for each."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ashar.cases.models import Case
from ashar.interface.money import SomField
from ashar.journal.models import Watched
from ashar.kernel.ids import new_ref
from ashar.needs.models import Need
from ashar.programmes.choices import FundingSource


class Programme(Watched):
    """A programme of social orders, approved by the kenesh."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="programme")
    goal_ky = models.TextField(_("goal in Kyrgyz"), blank=True)
    goal_ru = models.TextField(_("goal in Russian"), blank=True)
    year_from = models.PositiveSmallIntegerField(_("first year"))
    year_to = models.PositiveSmallIntegerField(_("last year"))
    resolution_number = models.CharField(_("kenesh resolution number"), max_length=40, blank=True)
    resolution_on = models.DateField(_("kenesh resolution date"), null=True, blank=True)

    def __str__(self) -> str:
        return str(self.case)

    def get_absolute_url(self) -> str:
        """Return the page of the programme."""
        return reverse("programmes:programme", args=(self.case.ref,))


class Measure(Watched):
    """What the programme will do about a ranked need."""

    ref = models.CharField(max_length=16, unique=True, default=new_ref, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="measures")
    need = models.ForeignKey(
        Need, null=True, blank=True, on_delete=models.PROTECT, related_name="measures"
    )
    title_ky = models.CharField(_("in Kyrgyz"), max_length=300)
    title_ru = models.CharField(_("in Russian"), max_length=300, blank=True)
    result_ky = models.TextField(_("expected result in Kyrgyz"), blank=True)
    result_ru = models.TextField(_("expected result in Russian"), blank=True)
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        """In the programme's order."""

        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.title_ky


class MeasureFunding(Watched):
    """Money planned for a measure from one source in one year."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="funding")
    source = models.CharField(_("source"), max_length=30, choices=FundingSource.choices)
    year = models.PositiveSmallIntegerField(_("year"))
    planned = SomField(_("planned, som"))

    class Meta:
        """One line for each source and year."""

        ordering = ("year", "source")
        constraints = (
            models.UniqueConstraint(
                fields=("measure", "source", "year"), name="measure_funding_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.source} {self.year}: {self.planned}"
