"""The protected card of a person whom services concern, and what is kept with it.

Households, enrolments and visits stand in higher rooms and point here; the card knows none.
"""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ashar.parties.models import Account
from ashar.people.choices import ConsentKind, ParticularKind, Sex
from ashar.people.core import Birth
from ashar.places.models import Territory
from ashar.vault.models import (
    BlindIndexField,
    EncryptedDateField,
    EncryptedJSONField,
    EncryptedTextField,
    Protected,
)


class Card(Protected):
    """One person as one municipality knows her; sealed with a key of her own."""

    municipality = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    village = models.ForeignKey(
        Territory, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sex = models.CharField(_("sex"), max_length=10, choices=Sex.choices, blank=True)
    surname = EncryptedTextField(_("surname"))
    name = EncryptedTextField(_("name"))
    patronymic = EncryptedTextField(_("patronymic"))
    pin = EncryptedTextField(_("personal number (PIN)"))
    pin_index = BlindIndexField(source="pin")
    born_on = EncryptedDateField(_("born on"))
    birth_year = EncryptedTextField(_("year of birth"))
    phone = EncryptedTextField(_("telephone"))
    address = EncryptedTextField(_("address"))
    registered_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    registered_at = models.DateTimeField(_("registered"), default=timezone.now, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    forgotten_at = models.DateTimeField(_("forgotten"), null=True, blank=True, editable=False)

    class Meta(Protected.Meta):
        """Within a municipality; a number is never a key, and twice the same is a warning."""

        verbose_name = _("card")
        verbose_name_plural = _("cards")
        indexes = (models.Index(fields=("municipality", "id"), name="card_by_municipality"),)

    def get_absolute_url(self) -> str:
        """Where the card is opened."""
        return reverse("people:card", args=(self.ref,))

    @property
    def full_name(self) -> str:
        """Surname, name and patronymic, as far as known."""
        return " ".join(part for part in (self.surname, self.name, self.patronymic) if part)

    @property
    def birth(self) -> Birth:
        """The day of birth, or the year."""
        return Birth(self.born_on, int(self.birth_year) if self.birth_year else None)

    @property
    def is_forgotten(self) -> bool:
        """Whether everything sealed on this card is gone."""
        return self.forgotten_at is not None


class Particular(Protected):
    """What only those with a clearance of its kind may read."""

    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="particulars")
    kind = models.CharField(_("kind"), max_length=10, choices=ParticularKind.choices)
    text = EncryptedTextField(_("particulars"))
    written_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(_("written"), default=timezone.now, editable=False)
    # An older wording stays as history; only the newest is shown first.
    is_replaced = models.BooleanField(_("replaced"), default=False, editable=False)

    class Meta(Protected.Meta):
        """One present wording of each kind."""

        verbose_name = _("particulars")
        verbose_name_plural = _("particulars")
        constraints = (
            models.UniqueConstraint(
                fields=("card", "kind"),
                condition=models.Q(is_replaced=False),
                name="particular_one_present",
            ),
        )


class Correction(Protected):
    """What stood on the card before it was corrected, who corrected it and why."""

    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="corrections")
    before = EncryptedJSONField(_("what stood there before"))
    reason = EncryptedTextField(_("reason"))
    corrected_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    corrected_at = models.DateTimeField(_("corrected"), default=timezone.now, editable=False)

    class Meta(Protected.Meta):
        """Newest first."""

        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ("-pk",)


class Consent(models.Model):
    """What was agreed to, by which wording, on which day; it may be taken back."""

    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="consents")
    kind = models.CharField(_("consent"), max_length=10, choices=ConsentKind.choices)
    wording = models.CharField(_("version of the wording"), max_length=20)
    given_on = models.DateField(_("given on"))
    by_representative = models.BooleanField(_("given by a legal representative"), default=False)
    withdrawn_on = models.DateField(_("taken back on"), null=True, blank=True)
    recorded_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("recorded"), default=timezone.now, editable=False)

    class Meta:
        """A consent is not taken back before it was given."""

        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ("-given_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(withdrawn_on__isnull=True)
                | models.Q(withdrawn_on__gte=models.F("given_on")),
                name="consent_taken_back_later",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.wording}"
