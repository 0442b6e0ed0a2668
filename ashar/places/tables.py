"""The list of places as a table on the page and in Excel."""

from __future__ import annotations

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ashar.interface.lists import AsharTable
from ashar.interface.templatetags.ashar import count
from ashar.places.models import Territory


class PlaceTable(AsharTable):
    """Name, what it lies in, kind, inhabitants with their year, code."""

    name = tables.Column(
        accessor="title",
        verbose_name=_("Name of the place"),
        linkify=lambda record: record.get_absolute_url(),
        attrs={"a": {"class": "govuk-link"}},
        order_by=("sort_key", "code"),
    )
    lies_in = tables.Column(
        accessor="parent", verbose_name=_("Lies in"), order_by=("parent__sort_key", "sort_key")
    )
    kind = tables.Column(accessor="get_kind_display", verbose_name=_("Kind"), order_by="kind")
    population = tables.Column(verbose_name=_("Inhabitants"), default="—")
    code = tables.Column(verbose_name=_("SOATE code"))
    note = tables.Column(
        accessor="valid_to", verbose_name=_("Remark"), default="", empty_values=(), orderable=False
    )

    class Meta(AsharTable.Meta):
        """Columns in the order they are read."""

        model = Territory
        fields = ("name", "lies_in", "kind", "population", "code", "note")

    def render_name(self, record: Territory) -> SafeString | str:
        """Return the name; a Russian one on a page in another language says that it is."""
        title = record.title_in(get_language() or "ky")
        if title.language == get_language():
            return title.text
        return format_html('<span lang="{}">{}</span>', title.language, title.text)

    def value_name(self, record: Territory) -> str:
        """Return the name for Excel."""
        return record.title

    def render_lies_in(self, record: Territory) -> str:
        """Return the unit above with what it lies in, so that equal names differ."""
        return record.parent.label if record.parent else ""

    def render_population(self, record: Territory) -> str:
        """Return the number of inhabitants with the year it was counted for."""
        year = f" ({record.population_year})" if record.population_year else ""
        return f"{count(record.population)}{year}"

    def value_population(self, record: Territory) -> int | None:
        """Return the number alone for Excel."""
        return record.population

    def render_note(self, record: Territory) -> str:
        """Return until when a former unit existed, or that the place is fictitious."""
        if record.is_demonstration:
            return str(_("Demonstration: this place does not exist"))
        if record.valid_to is None:
            return ""
        if record.is_valid_to_year_only:
            return str(_("Ended in %(year)s")) % {"year": record.valid_to.year}
        return str(_("Until %(day)s")) % {"day": f"{record.valid_to:%d.%m.%Y}"}
