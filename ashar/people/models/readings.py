"""Who opened a card and why, and who is cleared to read which particulars."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ashar.journal.models import Watched
from ashar.parties.models import Account, Organisation, Person
from ashar.people.choices import ParticularKind, Purpose
from ashar.people.models.cards import Card
from ashar.vault.models import EncryptedTextField, Protected


class Reading(Protected):
    """Somebody opened a card, for a purpose; the words may name people and are sealed."""

    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="readings")
    reader = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="readings")
    purpose = models.CharField(_("purpose"), max_length=12, choices=Purpose.choices)
    words = EncryptedTextField(_("in words"))
    opened_at = models.DateTimeField(_("opened"), default=timezone.now, editable=False)

    class Meta(Protected.Meta):
        """Newest first; found by reader."""

        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        ordering = ("-pk",)
        indexes = (models.Index(fields=("reader", "opened_at"), name="reading_by_reader"),)


class Clearance(Watched):
    """A person may read one kind of particulars for an office, from - to, by which act."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="clearances")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="clearances"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=ParticularKind.choices)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("to"), null=True, blank=True)
    act = models.CharField(_("act"), max_length=300)
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """Nobody clears himself; a clearance does not end before it begins."""

        verbose_name = _("clearance")
        verbose_name_plural = _("clearances")
        ordering = ("-valid_from", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(given_by=F("person")), name="clearance_by_another_person"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="clearance_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.get_kind_display()}"
