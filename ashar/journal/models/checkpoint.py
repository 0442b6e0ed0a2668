"""Published marks of the journal: size, root, signature, and who cosigned."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ashar.journal.models.append_only import AppendOnlyModel


class Checkpoint(AppendOnlyModel):
    """The root over all entries up to one, signed and published; never changed."""

    size = models.PositiveBigIntegerField(_("number of entries"), primary_key=True)
    root = models.CharField(_("root"), max_length=64)
    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)
    # Why just now: the name of the decisive move, or "interval".
    occasion = models.CharField(_("occasion"), max_length=100, blank=True)
    note = models.TextField(_("signed note"))
    # The roots of the full subtrees, so that the next checkpoint reads only what is new.
    frontier = models.JSONField(default=list, editable=False)

    class Meta:
        """Newest first."""

        verbose_name = _("checkpoint")
        verbose_name_plural = _("checkpoints")
        ordering = ("-size",)

    def __str__(self) -> str:
        return f"{self.size} {self.root[:12]}"


class Cosignature(AppendOnlyModel):
    """Another server confirms that it saw the checkpoint and that nothing before it changed."""

    checkpoint = models.ForeignKey(
        Checkpoint, on_delete=models.PROTECT, related_name="cosignatures"
    )
    witness = models.CharField(_("who cosigned"), max_length=200)
    line = models.TextField(_("signature"))
    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)

    class Meta:
        """Each witness once."""

        constraints = (
            models.UniqueConstraint(fields=("checkpoint", "witness"), name="cosignature_once"),
        )

    def __str__(self) -> str:
        return f"{self.witness}: {self.checkpoint_id}"


class WitnessedJournal(models.Model):
    """The newest checkpoint of another server's journal that this one has cosigned."""

    origin = models.CharField(_("journal"), max_length=200, unique=True)
    size = models.PositiveBigIntegerField(_("number of entries"), default=0)
    root = models.CharField(_("root"), max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.origin}: {self.size}"
