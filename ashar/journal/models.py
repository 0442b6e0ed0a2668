"""One line of the journal, and the base of every table that may only grow."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AppendOnlyError(RuntimeError):
    """Somebody tried to change or remove what may only be added to."""

    def __init__(self, model: type[models.Model]) -> None:
        super().__init__(f"{model.__name__} is append-only: write a new row instead")


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Rows that may be read and added, never changed or removed."""

    def update(self, **_values: object) -> NoReturn:
        """Refuse: a written row stays as it was written."""
        raise AppendOnlyError(self.model)

    def bulk_update(self, *_arguments: object, **_options: object) -> NoReturn:
        """Refuse: a written row stays as it was written."""
        raise AppendOnlyError(self.model)

    def update_or_create(self, *_arguments: object, **_options: object) -> NoReturn:
        """Refuse: a written row stays as it was written."""
        raise AppendOnlyError(self.model)

    def delete(self) -> NoReturn:
        """Refuse: a written row stays."""
        raise AppendOnlyError(self.model)


class AppendOnlyModel(models.Model):
    """A table that only grows; the database refuses the rest by its own triggers."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        """No table of its own."""

        abstract = True

    def _do_update(self, *_arguments: object, **_options: object) -> NoReturn:
        # Django comes here from `save()` when a row is not new; a new row never passes here.
        raise AppendOnlyError(type(self))

    def delete(self, *_arguments: object, **_options: object) -> NoReturn:
        """Refuse: a written row stays."""
        raise AppendOnlyError(type(self))


class Entry(AppendOnlyModel):
    """Who did what, when, by which mandate and in which case."""

    # Numbers grow in the order of writing; a number may be missing when a transaction was
    # given up, so that a later chain of digests follows the order and not the arithmetic.
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
