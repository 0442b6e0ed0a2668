"""Messages to people: shown at the desk, and sent by e-mail where there is an address."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from ashar.cases.models import Case
from ashar.parties.models import Account


class Message(models.Model):
    """One message to one account about one case; the same is never told twice."""

    to = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="notices")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notices")
    # What it is about ("move:award:7", "reminder:2026-12-01"): the key that makes it single.
    occasion = models.CharField(_("occasion"), max_length=120)
    text_ky = models.TextField(_("in Kyrgyz"))
    text_ru = models.TextField(_("in Russian"))
    text_en = models.TextField(_("in English"), blank=True)
    created_at = models.DateTimeField(_("written"))
    sent_at = models.DateTimeField(_("sent by e-mail"), null=True, blank=True)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)

    class Meta:
        """Newest first; once for each occasion."""

        ordering = ("-created_at", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("to", "case", "occasion"), name="told_once"),
        )

    def __str__(self) -> str:
        return self.text_ky[:80]
