"""Filters of the lists of studies, gatherings and needs."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from ashar.interface.lists import AsharFilterSet, SearchFilter
from ashar.needs.models import Gathering, Need, NeedsStudy
from ashar.needs.queries import topics


def _topics() -> list[tuple[str, str]]:
    return list(topics().items())


class StudyFilter(AsharFilterSet):
    """Studies by place."""

    q = SearchFilter("case__territory__search_key", label=_("Municipality"))

    class Meta:
        """Filters over studies."""

        model = NeedsStudy
        fields = ("q",)


class GatheringFilter(AsharFilterSet):
    """Gatherings by place."""

    q = SearchFilter("event__territory__search_key", label=_("Municipality"))

    class Meta:
        """Filters over gatherings."""

        model = Gathering
        fields = ("q",)


class NeedFilter(AsharFilterSet):
    """Needs by place, topic and whether their outcome is known."""

    q = SearchFilter(
        "study__case__territory__search_key", "search_key", label=_("Need or municipality")
    )
    topic = django_filters.ChoiceFilter(
        choices=_topics, label=_("Topic of the catalogue"), empty_label=_("Every topic")
    )
    outcome = django_filters.ChoiceFilter(
        choices=(("known", _("has an outcome")), ("open", _("no outcome yet"))),
        method="by_outcome",
        label=_("Outcome"),
        empty_label=_("Any"),
    )

    class Meta:
        """Filters over needs."""

        model = Need
        fields = ("q", "topic", "outcome")

    def by_outcome(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Keep needs with or without an outcome."""
        return rows.filter(Q(outcome__isnull=value == "open"))
