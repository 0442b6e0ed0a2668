"""The lists of studies, gatherings and needs, on the page and in Excel."""

from __future__ import annotations

from datetime import date, datetime

import django_tables2 as tables
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ashar.cases.queries import language, stage_of
from ashar.interface.lists import AsharTable, DayColumn, MomentColumn, NamedColumn
from ashar.needs.models import Gathering, Need, NeedsStudy
from ashar.needs.queries import topics


def _own_page(record: NeedsStudy | Gathering | Need) -> str:
    return record.get_absolute_url()


class OpenedColumn(MomentColumn):
    """When a case was opened; of an archived case its own period, not the day of its entry."""

    def render(self, value: datetime, record: NeedsStudy) -> str:  # type: ignore[override]
        """Write the period or the moment for the reader."""
        return record.case.period if record.case.is_archived else super().render(value)

    def value(self, value: datetime, record: NeedsStudy) -> date | str:  # type: ignore[override]
        """Export the period in words, or the moment itself."""
        return record.case.period if record.case.is_archived else value


class StudyTable(AsharTable):
    """Title, place, stage, when it was opened."""

    title = NamedColumn(
        "title", of="case", verbose_name=_("Study"), linkify=_own_page, order_by="case__title_ky"
    )
    place = tables.Column(
        accessor="case__territory",
        verbose_name=_("Municipality"),
        order_by="case__territory__sort_key",
    )
    stage = tables.Column(accessor="case", verbose_name=_("Stage"), order_by="case__stage")
    opened = OpenedColumn(accessor="case__opened_at", verbose_name=_("Opened"))

    class Meta(AsharTable.Meta):
        """Columns in the order they are read."""

        fields = ("title", "place", "stage", "opened")

    def render_stage(self, record: NeedsStudy) -> str:
        """Return the stage in words."""
        return stage_of(record.case).title.say(language())

    value_stage = render_stage


class GatheringTable(AsharTable):
    """Title, day, place, stage."""

    title = NamedColumn(
        "title",
        of="case",
        verbose_name=_("Gathering"),
        linkify=_own_page,
        order_by="case__title_ky",
    )
    day = DayColumn(accessor="event__held_on", verbose_name=_("Day"))
    place = tables.Column(
        accessor="event__place_text", verbose_name=_("Place of meeting"), default="—"
    )
    stage = tables.Column(accessor="case", verbose_name=_("Stage"), order_by="case__stage")

    class Meta(AsharTable.Meta):
        """Columns in the order they are read."""

        fields = ("title", "day", "place", "stage")

    def render_stage(self, record: Gathering) -> str:
        """Return the stage in words."""
        return stage_of(record.case).title.say(language())

    value_stage = render_stage


class NeedTable(AsharTable):
    """The need, its place, municipality, topic and outcome."""

    title = NamedColumn("title", verbose_name=_("Need"), linkify=_own_page, order_by="title_ky")
    position = tables.Column(verbose_name=_("Place in the ranking"))
    place = tables.Column(
        accessor="study__case__territory",
        verbose_name=_("Municipality"),
        order_by="study__case__territory__sort_key",
    )
    topic = tables.Column(verbose_name=_("Topic of the catalogue"))
    outcome = tables.Column(
        accessor="pk", verbose_name=_("Outcome"), empty_values=(), orderable=False
    )

    class Meta(AsharTable.Meta):
        """Columns in the order they are read."""

        fields = ("title", "position", "place", "topic", "outcome")

    def render_topic(self, value: str) -> str:
        """Return the topic in words."""
        return topics().get(value, value)

    value_topic = render_topic

    def render_outcome(self, record: Need) -> str:
        """Return what became of the need."""
        outcome = getattr(record, "outcome", None)
        return capfirst(str(outcome.get_kind_display())) if outcome else "—"

    value_outcome = render_outcome
