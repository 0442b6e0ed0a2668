"""The list of programmes, and its filters."""

from __future__ import annotations

import django_filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from ashar.interface.lists import AsharTable
from ashar.kernel.text import search_key
from ashar.programmes.models import Programme


class ProgrammeFilter(django_filters.FilterSet):
    """Find a programme by its place or year."""

    q = django_filters.CharFilter(label=_("Place"), method="by_place")
    year = django_filters.NumberFilter(label=_("Year"), method="by_year")

    class Meta:
        """Only the filters named above."""

        model = Programme
        fields: tuple[str, ...] = ()

    def by_place(self, queryset: QuerySet[Programme], _name: str, text: str) -> QuerySet[Programme]:
        """Keep programmes of places whose name contains the text, in any spelling."""
        return queryset.filter(case__territory__search_key__contains=search_key(text))

    def by_year(self, queryset: QuerySet[Programme], _name: str, year: int) -> QuerySet[Programme]:
        """Keep programmes that cover the year."""
        return queryset.filter(Q(year_from__lte=year) & Q(year_to__gte=year))


class ProgrammeTable(AsharTable):
    """Programmes with their place, years and resolution."""

    case = tables.Column(verbose_name=_("Programme"), linkify=True, order_by="case__title_ky")
    place = tables.Column(
        verbose_name=_("Place"), accessor="case__territory", order_by="case__territory__sort_key"
    )
    year_from = tables.Column(verbose_name=_("First year"))
    year_to = tables.Column(verbose_name=_("Last year"))
    resolution_number = tables.Column(verbose_name=_("Kenesh resolution"), default="")

    class Meta(AsharTable.Meta):
        """The columns in order."""

        model = Programme
        fields = ("case", "place", "year_from", "year_to", "resolution_number")
