"""Lists of calls and of proposals."""

from __future__ import annotations

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ashar.calls.choices import CALL_STAGES, PROPOSAL_STAGES
from ashar.calls.models import Call, Proposal
from ashar.interface.lists import (
    AsharFilterSet,
    AsharTable,
    MomentColumn,
    NamedColumn,
    SearchFilter,
    SomColumn,
)
from ashar.interface.words import named

DEADLINES = {
    "open": _("Closing moment ahead"),
    "past": _("Closing moment past"),
}


class CallFilter(AsharFilterSet):
    """Find calls by words, stage and closing moment."""

    q = SearchFilter("search_key", label=_("Title or place"))
    stage = django_filters.ChoiceFilter(
        field_name="case__stage",
        choices=list(CALL_STAGES.items()),
        label=_("Stage"),
        empty_label=_("Every stage"),
    )
    deadline = django_filters.ChoiceFilter(
        choices=list(DEADLINES.items()),
        method="by_deadline",
        label=_("Closing moment"),
        empty_label=_("Any"),
    )

    def by_deadline(self, rows: QuerySet[Call], _name: str, which: str) -> QuerySet[Call]:
        """Keep calls whose closing moment is still ahead, or past."""
        now = timezone.now()
        return (
            rows.filter(closes_at__gt=now) if which == "open" else rows.filter(closes_at__lte=now)
        )


class CallTable(AsharTable):
    """Calls: what, where, how far, until when, how much."""

    title = NamedColumn(
        "title",
        of="case",
        verbose_name=_("Contest"),
        linkify=lambda record: record.get_absolute_url(),
        order_by=("search_key", "pk"),
    )
    place = tables.Column(
        accessor="case__territory", verbose_name=_("Place"), order_by=("case__territory__sort_key",)
    )
    stage = tables.Column(accessor="case__stage", verbose_name=_("Stage"))
    closes_at = MomentColumn(verbose_name=_("Proposals until"), default="—")
    maximum = SomColumn(verbose_name=_("Largest sum"), default="—")
    proposal_count = tables.Column(verbose_name=_("Proposals"))

    class Meta(AsharTable.Meta):
        """Columns in the order they are read."""

        model = Call
        fields = ("title", "place", "stage", "closes_at", "maximum", "proposal_count")

    def render_stage(self, value: str) -> str:
        """Say the stage in words."""
        return str(CALL_STAGES.get(value, value))


class ProposalFilter(AsharFilterSet):
    """Find proposals by words and stage."""

    q = SearchFilter("shown_key", label=_("Title or applicant"))
    stage = django_filters.ChoiceFilter(
        field_name="case__stage",
        choices=list(PROPOSAL_STAGES.items()),
        label=_("Stage"),
        empty_label=_("Every stage"),
    )


class OwnProposalFilter(AsharFilterSet):
    """Find one's own proposals, drafts included."""

    q = SearchFilter("counted__search_key", "call__search_key", label=_("Title or contest"))
    stage = django_filters.ChoiceFilter(
        field_name="case__stage",
        choices=list(PROPOSAL_STAGES.items()),
        label=_("Stage"),
        empty_label=_("Every stage"),
    )


class ProposalTable(AsharTable):
    """Proposals of a call as handed in, as far as `access.with_shown_content` shows them."""

    title = tables.Column(
        accessor="pk",
        verbose_name=_("Project"),
        linkify=lambda record: record.get_absolute_url(),
        order_by=("shown_key", "pk"),
    )
    applicant = NamedColumn(
        of="applicant", verbose_name=_("Applicant"), order_by=("applicant__sort_key", "pk")
    )
    requested = SomColumn(
        accessor="shown_requested", verbose_name=_("Asked from the customer"), default="—"
    )
    submitted_at = MomentColumn(
        accessor="counted__submitted_at", verbose_name=_("Handed in"), default="—"
    )
    stage = tables.Column(accessor="case__stage", verbose_name=_("Stage"))
    rank = tables.Column(verbose_name=_("Place in the ranking"), default="—")

    class Meta(AsharTable.Meta):
        """Columns in the order they are read."""

        model = Proposal
        fields = ("title", "applicant", "requested", "submitted_at", "stage", "rank")

    def render_title(self, record: Proposal) -> str:
        """Return the title; of one that is closed to the reader, its number."""
        title: str = record.shown_title  # type: ignore[attr-defined]
        return title or _("Proposal %(ref)s") % {"ref": record.case.ref}

    def value_title(self, record: Proposal) -> str:
        """Export the same words."""
        return self.render_title(record)

    def render_stage(self, value: str) -> str:
        """Say the stage in words."""
        return str(PROPOSAL_STAGES.get(value, value))


class OwnProposalTable(AsharTable):
    """One's own proposals over all calls."""

    title = tables.Column(
        accessor="pk",
        verbose_name=_("Project"),
        linkify=lambda record: record.get_absolute_url(),
        order_by=("title", "pk"),
    )
    call = tables.Column(
        accessor="call__case",
        verbose_name=_("Contest"),
        order_by=("call__search_key", "pk"),
        linkify=lambda record: record.call.get_absolute_url(),
    )
    closes_at = MomentColumn(
        accessor="call__closes_at", verbose_name=_("Proposals until"), default="—"
    )
    stage = tables.Column(accessor="case__stage", verbose_name=_("Stage"))

    class Meta(AsharTable.Meta):
        """Columns in the order they are read."""

        model = Proposal
        fields = ("title", "call", "closes_at", "stage")

    def render_title(self, record: Proposal) -> str:
        """Return the title; while nobody here can read it, the number of the proposal."""
        return record.title or _("Proposal %(ref)s") % {"ref": record.case.ref}

    def value_title(self, record: Proposal) -> str:
        """Export the same words."""
        return self.render_title(record)

    def render_call(self, record: Proposal) -> str:
        """Return the title of the contest."""
        return named(record.call.case, "title")

    def render_stage(self, value: str) -> str:
        """Say the stage in words."""
        return str(PROPOSAL_STAGES.get(value, value))
