"""Requests about people's data: on a card by two persons, on one's own account by its holder."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ashar.journal.models import Watched, WatchedQuerySet
from ashar.kernel.ids import new_ref
from ashar.parties.models import Account
from ashar.people.models import Card
from ashar.privacy.choices import CardRequestKind, OwnRequestKind
from ashar.vault.models import (
    EncryptedTextField,
    Protected,
    ProtectedManager,
    ProtectedQuerySet,
)


class CardRequestQuerySet(WatchedQuerySet["CardRequest"], ProtectedQuerySet):  # type: ignore[override]  # made by Django
    """Requests with their keys, whose every change the journal knows."""


class CardRequestManager(ProtectedManager.from_queryset(CardRequestQuerySet)):  # type: ignore[misc]  # made by Django
    """Adds the key to every reading."""


class CardRequest(Watched, Protected):
    """One person asks, another decides: nobody gives away or destroys people's data alone.

    An approval written by SQL would give a copy away: the journal watches all but what the
    renewal of keys seals anew.
    """

    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="requests")
    kind = models.CharField(_("what is asked"), max_length=10, choices=CardRequestKind.choices)
    reason = EncryptedTextField(_("reason"))
    asked_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked"), default=timezone.now, editable=False)
    decided_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True, editable=False)
    is_approved = models.BooleanField(_("approved"), null=True, editable=False)

    unwatched = ("reason",)

    objects = CardRequestManager()  # type: ignore[misc]  # the plug-in thinks that the abstract table fixed it

    class Meta(Protected.Meta):
        """Two persons: whoever asks never decides, whatever the program says."""

        verbose_name = _("request about a card")
        verbose_name_plural = _("requests about cards")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="card_request_two_persons",
            ),
            models.CheckConstraint(
                condition=Q(is_approved__isnull=True, decided_by__isnull=True)
                | Q(is_approved__isnull=False, decided_by__isnull=False),
                name="card_request_decided_by_somebody",
            ),
            models.UniqueConstraint(
                fields=("card", "kind"),
                condition=Q(is_approved__isnull=True),
                name="card_request_one_open",
            ),
        )


class OwnRequest(models.Model):
    """The holder of an account asks that his own data be corrected or forgotten."""

    ref = models.CharField(max_length=16, unique=True, default=new_ref, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="own_requests")
    kind = models.CharField(_("what is asked"), max_length=12, choices=OwnRequestKind.choices)
    text = models.TextField(_("in words"), blank=True)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now, editable=False)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True, editable=False)
    answer = models.TextField(_("answer"), blank=True)

    class Meta:
        """Newest first."""

        verbose_name = _("request about one's own data")
        verbose_name_plural = _("requests about one's own data")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.ref
