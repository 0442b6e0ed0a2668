"""One line of the journal, and the head of its chain."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ashar.journal.core.chain import FIRST, Line
from ashar.journal.models.append_only import AppendOnlyModel


class Entry(AppendOnlyModel):
    """Who did what, when, by which mandate and in which case."""

    # Counted from 1 without a gap: the next one is taken from the head, under its lock.
    number = models.BigAutoField(_("number"), primary_key=True)
    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)
    # A number and not a foreign key: the journal stands below every other room and outlives
    # the accounts it speaks of.
    actor_account = models.PositiveBigIntegerField(_("account"), null=True, blank=True)
    actor_name = models.CharField(_("who"), max_length=200, blank=True)
    mandate = models.TextField(_("by which mandate"), blank=True)
    action = models.CharField(_("action"), max_length=100)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    case_ref = models.CharField(_("case"), max_length=20, blank=True)
    data = models.JSONField(_("particulars"), default=dict, blank=True)
    # Name of each row the deed touched -> its digest afterwards; null when it was removed.
    rows = models.JSONField(_("digests of rows"), default=dict, blank=True, editable=False)
    digest = models.CharField(_("digest"), max_length=64, editable=False)

    # The columns of an entry in the order in which they are digested.
    DIGESTED = Line._fields[:-1]

    class Meta:
        """Newest first; found by case and by subject."""

        verbose_name = _("journal entry")
        verbose_name_plural = _("journal entries")
        ordering = ("-number",)
        indexes = (
            models.Index(fields=("case_ref", "number"), name="entry_by_case"),
            models.Index(fields=("subject", "number"), name="entry_by_subject"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.action} {self.subject}"


class Head(models.Model):
    """The last entry of the chain: one row, held while entries are appended."""

    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default=FIRST)
    # The moment of the last entry: a clock that runs behind it was set back.
    at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.number} {self.digest[:12]}"
