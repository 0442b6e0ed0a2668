"""The case, who stands in it as whom, its decisions, deadlines and papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ashar.documents.models import Document
from ashar.journal.models import AppendOnlyModel, Watched, WatchedQuerySet
from ashar.kernel.ids import new_ref
from ashar.parties.models import Account, Organisation
from ashar.places.models import Territory

if TYPE_CHECKING:
    from datetime import datetime


class CaseQuerySet(WatchedQuerySet["Case"]):
    """Lists of cases."""

    def running(self) -> CaseQuerySet:
        """Cases that have not reached a final stage."""
        return self.filter(closed_at__isnull=True)

    def overdue(self, now: datetime) -> CaseQuerySet:
        """Running cases whose clock has run out by the moment."""
        return self.running().filter(due_at__lte=now)


class Case(Watched):
    """One run of one track of a procedure, under the edition and figures it began with."""

    ref = models.CharField(_("reference"), max_length=16, unique=True, default=new_ref)
    procedure = models.CharField(_("procedure"), max_length=60)
    edition = models.CharField(_("edition"), max_length=10)
    sha256 = models.CharField(_("digest of the edition"), max_length=64)
    profile = models.CharField(_("profile"), max_length=60, blank=True)
    figures = models.JSONField(_("figures as frozen at the opening"), default=dict)
    track = models.CharField(_("track"), max_length=40)
    stage = models.CharField(_("stage"), max_length=40)
    since = models.DateTimeField(_("in this stage since"))
    due_at = models.DateTimeField(_("due"), null=True, blank=True, db_index=True)
    version = models.PositiveIntegerField(_("version"), default=1)
    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="cases")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    path = models.CharField(_("references from the root"), max_length=200, db_index=True)
    is_public = models.BooleanField(_("published"), default=False)
    title_ky = models.CharField(_("title in Kyrgyz"), max_length=300, blank=True)
    title_ru = models.CharField(_("title in Russian"), max_length=300, blank=True)
    search_key = models.CharField(max_length=600, blank=True, db_index=True, editable=False)
    source = models.TextField(_("source of an archived case"), blank=True)
    period = models.CharField(_("period of an archived case"), max_length=40, blank=True)
    opened_at = models.DateTimeField(_("opened"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    unwatched = ("search_key",)

    objects = CaseQuerySet.as_manager()  # type: ignore[misc]  # the plug-in thinks that the abstract table fixed it

    class Meta:
        """Found by track and stage, and by place."""

        indexes = (
            models.Index(fields=("track", "stage"), name="case_by_stage"),
            models.Index(fields=("territory", "track"), name="case_by_place"),
        )

    def __str__(self) -> str:
        return self.title_ky or self.title_ru or self.ref

    def get_absolute_url(self) -> str:
        """Where the subject of the case is shown; any reference leads there."""
        return reverse("cases:case", args=(self.ref,))

    @property
    def is_archived(self) -> bool:
        """Whether the case was entered from a source instead of being run here."""
        return bool(self.source)

    @property
    def is_closed(self) -> bool:
        """Whether the case has reached a final stage."""
        return self.closed_at is not None


class CaseParty(Watched):
    """An organisation stands in the case as one of the procedure's actors."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="parties")
    actor = models.CharField(_("actor"), max_length=40)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="case_parties"
    )

    class Meta:
        """Each organisation stands once as each actor."""

        constraints = (
            models.UniqueConstraint(
                fields=("case", "actor", "organisation"), name="case_party_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.actor}: {self.organisation}"


class Decision(AppendOnlyModel, Watched):
    """One move made: who, by which mandate, from where to where, on which answers, citing what."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    move = models.CharField(_("move"), max_length=60)
    from_stage = models.CharField(_("from"), max_length=40, blank=True)
    to_stage = models.CharField(_("to"), max_length=40)
    actor = models.CharField(_("as"), max_length=40)
    made_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    mandate = models.CharField(_("by which mandate"), max_length=400, blank=True)
    at = models.DateTimeField(_("when"))
    cite = models.CharField(_("under which article"), max_length=200, blank=True)
    answers = models.JSONField(_("answers"), default=dict)
    facts = models.JSONField(_("facts at that moment"), default=dict)
    version = models.PositiveIntegerField(_("version of the case after it"))

    class Meta:
        """In the order made; one decision for each version of a case."""

        ordering = ("at", "pk")
        constraints = (models.UniqueConstraint(fields=("case", "version"), name="decision_once"),)

    def __str__(self) -> str:
        return f"{self.move}: {self.from_stage} -> {self.to_stage}"


class CaseDocument(Watched):
    """A document filed on a case as one of the kinds the procedure names."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="papers")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="filings")
    kind = models.CharField(_("kind"), max_length=60)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        """Each document is filed once on a case."""

        constraints = (
            models.UniqueConstraint(fields=("case", "document"), name="case_document_once"),
        )

    def __str__(self) -> str:
        return f"{self.kind}: {self.document}"
