"""What the machine remembers of its own work: forms carried out, signs of life."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SentForm(models.Model):
    """A form that was carried out; the same form sent again leads to the same result."""

    digest = models.CharField(_("digest"), max_length=64, primary_key=True)
    at = models.DateTimeField(_("when"), default=timezone.now)
    answer = models.TextField(_("where the result stands"), blank=True)

    class Meta:
        """Old marks are swept by their age."""

        verbose_name = _("sent form")
        verbose_name_plural = _("sent forms")
        indexes = (models.Index(fields=("at",), name="sent_form_by_age"),)

    def __str__(self) -> str:
        return self.digest[:12]


class Beat(models.Model):
    """When a part of the machine last gave a sign of life, and what it said."""

    name = models.CharField(_("part"), max_length=50, primary_key=True)
    at = models.DateTimeField(_("when"), default=timezone.now)
    said = models.JSONField(_("what it said"), default=dict, blank=True)

    class Meta:
        """One line for each part."""

        verbose_name = _("sign of life")
        verbose_name_plural = _("signs of life")

    def __str__(self) -> str:
        return self.name
