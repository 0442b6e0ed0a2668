"""The journal as a list."""

from __future__ import annotations

import django_filters
import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from ashar.interface.lists import AsharFilterSet, AsharTable, MomentColumn
from ashar.journal.models import Entry


class EntryFilters(AsharFilterSet):
    """Found by case, by action and by who acted."""

    case_ref = django_filters.CharFilter(label=_("Reference of the case"), lookup_expr="iexact")
    action = django_filters.CharFilter(label=_("Action"), lookup_expr="contains")
    actor_name = django_filters.CharFilter(label=_("Who acted"), lookup_expr="contains")

    class Meta(AsharFilterSet.Meta):
        """Filters of the journal."""

        model = Entry
        fields = ("case_ref", "action", "actor_name")


class EntryTable(AsharTable):
    """One line for each thing that was done."""

    number = tables.Column(verbose_name=_("Number"))
    at = MomentColumn(verbose_name=_("When"))
    actor_name = tables.Column(verbose_name=_("Who"), default=_("the clock"))
    mandate = tables.Column(verbose_name=_("By which mandate"), orderable=False)
    action = tables.Column(verbose_name=_("Action"))
    case_ref = tables.Column(verbose_name=_("Case"))

    class Meta(AsharTable.Meta):
        """The order of the columns."""

        model = Entry
        fields = ("number", "at", "actor_name", "mandate", "action", "case_ref")
        order_by = "-number"
