"""The list of agreements, and its filters."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ashar.agreements.models import Agreement
from ashar.cases.queries import language, stage_of
from ashar.interface.lists import (
    AsharFilterSet,
    AsharTable,
    DayColumn,
    NamedColumn,
    SearchFilter,
    SomColumn,
)

STAGES = (
    ("running", _("running")),
    ("suspended", _("suspended")),
    ("completed", _("completed")),
    ("terminated", _("terminated")),
)


class AgreementFilter(AsharFilterSet):
    """Find an agreement by its title, place or contractor, stage and year."""

    q = SearchFilter(
        "case__search_key",
        "case__territory__search_key",
        label=_("Title or place"),
    )
    stage = django_filters.ChoiceFilter(
        field_name="case__stage", choices=STAGES, label=_("Stage"), empty_label=_("Any")
    )
    year = django_filters.NumberFilter(label=_("Year of signing"), method="by_year")

    class Meta:
        """Only the filters named above."""

        model = Agreement
        fields = ("q", "stage", "year")

    def by_year(self, rows: QuerySet[Any], _name: str, year: object) -> QuerySet[Any]:
        """Keep agreements signed in the year; a year no calendar has finds none."""
        number = int(str(year)) if str(year).isdigit() else 0
        is_year = 1900 <= number <= 2100  # noqa: PLR2004 - years people mean
        return rows.filter(signed_on__year=number) if is_year else rows.none()


def _own_page(record: Agreement) -> str:
    return record.get_absolute_url()


class AgreementTable(AsharTable):
    """Agreements with their place, parties, sum and stage."""

    title = NamedColumn(
        "title",
        of="case",
        verbose_name=_("Agreement"),
        linkify=_own_page,
        order_by="case__title_ky",
    )
    place = tables.Column(
        verbose_name=_("Place"), accessor="case__territory", order_by="case__territory__sort_key"
    )
    contractor = NamedColumn(
        verbose_name=_("Contractor"), of="contractor", order_by="contractor__name_ky"
    )
    total = SomColumn(verbose_name=_("Sum"), default="")
    signed_on = DayColumn(verbose_name=_("Signed"), default="")
    stage = tables.Column(accessor="case", verbose_name=_("Stage"), order_by="case__stage")

    class Meta(AsharTable.Meta):
        """The columns in order."""

        model = Agreement
        fields = ("title", "place", "contractor", "total", "signed_on", "stage")

    def render_stage(self, record: Agreement) -> str:
        """Return the stage in words."""
        return stage_of(record.case).title.say(language())

    value_stage = render_stage
