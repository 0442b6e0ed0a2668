"""The list of mandates, its search and filters."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ashar.interface.lists import AsharFilterSet, AsharTable, DayColumn, NamedColumn, SearchFilter
from ashar.parties.choices import MandateRole, MandateState
from ashar.parties.models import Mandate
from ashar.parties.queries import in_state, state_of


class MandateFilter(AsharFilterSet):
    """Find a mandate by person or body, by role and by how it stands."""

    q = SearchFilter(
        "person__search_key", "organisation__search_key", label=_("Person or organisation")
    )
    role = django_filters.ChoiceFilter(
        label=_("As whom"), choices=MandateRole.choices, empty_label=_("All")
    )
    state = django_filters.ChoiceFilter(
        label=_("How it stands"),
        choices=MandateState.choices,
        method="by_state",
        empty_label=_("All"),
    )

    class Meta(AsharFilterSet.Meta):
        """Only the filters named above."""

        model = Mandate
        fields: tuple[str, ...] = ()

    def by_state(self, queryset: QuerySet[Mandate], _name: str, state: str) -> QuerySet[Mandate]:
        """Keep the mandates that stand so today."""
        return in_state(queryset, state, timezone.localdate())


class MandateTable(AsharTable):
    """Who acts for whom as whom, from when to when, by which act, and how that stands."""

    person = tables.Column(
        verbose_name=_("Who"),
        linkify=lambda record: reverse("parties:mandate", args=(record.pk,)),
        attrs={"a": {"class": "govuk-link"}},
        order_by="person__search_key",
    )
    organisation = NamedColumn(
        of="organisation", verbose_name=_("For whom"), order_by="organisation__sort_key"
    )
    role = tables.Column(verbose_name=_("As whom"))
    valid_from = DayColumn(verbose_name=_("From"))
    valid_to = DayColumn(verbose_name=_("To"), default="")
    act = tables.Column(verbose_name=_("By which act"), default="")
    state = tables.Column(
        verbose_name=_("How it stands"), accessor="pk", orderable=False, empty_values=()
    )

    class Meta(AsharTable.Meta):
        """The columns in order."""

        model = Mandate
        fields = ("person", "organisation", "role", "valid_from", "valid_to", "act", "state")

    def render_role(self, record: Mandate) -> str:
        """Return the role in the reader's language."""
        return str(record.get_role_display())

    def render_state(self, record: Mandate) -> Any:
        """Return how the mandate stands today."""
        return state_of(record, timezone.localdate()).label

    def value_state(self, record: Mandate) -> str:
        """Return the same for Excel."""
        return str(self.render_state(record))
