"""Members' keys, who holds those of a contest, sealed drafts and papers, envelopes, openings."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from ashar.cases.models import Case
from ashar.journal.models import AppendOnlyModel, Watched
from ashar.kernel.ids import new_ref
from ashar.parties.models import Account, Person
from ashar.seals.choices import OpenedHow, SealedBy
from ashar.seals.core import fingerprint

RECIPIENT_LENGTH = 100


class MemberKey(Watched):
    """The key of a member of commissions: its public side, and the rest under a passphrase."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="seal_keys")
    recipient = models.CharField(_("public side"), max_length=RECIPIENT_LENGTH, unique=True)
    locked = models.TextField(_("locked under the passphrase"))
    made_at = models.DateTimeField(_("made"))
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)

    class Meta:
        """A person has one live key."""

        ordering = ("-made_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("person",),
                condition=models.Q(retired_at__isnull=True),
                name="member_key_live_once",
            ),
        )

    def __str__(self) -> str:
        return self.fingerprint

    @property
    def fingerprint(self) -> str:
        """The short mark by which people compare keys."""
        return fingerprint(self.recipient)


class Sealing(Watched):
    """How many of which members open the proposals of a contest: frozen at its announcement."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="sealing")
    threshold = models.PositiveSmallIntegerField(_("how many members open together"))
    made_at = models.DateTimeField(_("frozen"))

    def __str__(self) -> str:
        return f"{self.case.ref}: {self.threshold}"


class KeyHolder(Watched):
    """A member of the commission who holds one share of every envelope of the contest."""

    sealing = models.ForeignKey(Sealing, on_delete=models.PROTECT, related_name="holders")
    position = models.PositiveSmallIntegerField(_("position"))
    key = models.ForeignKey(MemberKey, on_delete=models.PROTECT, related_name="holdings")
    name = models.CharField(_("name as announced"), max_length=300)

    class Meta:
        """Positions count from one."""

        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=("sealing", "position"), name="holder_position_once"),
            models.UniqueConstraint(fields=("sealing", "key"), name="holder_key_once"),
        )

    def __str__(self) -> str:
        return f"{self.position}. {self.name}"


class SealedDraft(models.Model):
    """An applicant's draft, locked to the key of the proposal that only the applicant has."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="sealed_draft")
    recipient = models.CharField(_("public side"), max_length=RECIPIENT_LENGTH)
    ciphertext = models.BinaryField(_("locked draft"))
    # Counts changes, so that two people do not overwrite each other.
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(_("draft saved"))
    saved_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.case_id}: {self.version}"


class SealedPaper(models.Model):
    """A paper of a proposal, locked to the same key; its digest is of the locked bytes."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="sealed_papers")
    ref = models.CharField(_("reference"), max_length=16, unique=True, default=new_ref)
    size = models.PositiveIntegerField(_("size of the locked paper"))
    sha256 = models.CharField(_("digest of the locked paper"), max_length=64)
    ciphertext = models.BinaryField(_("locked paper"))
    kept_at = models.DateTimeField(_("taken in"))
    removed_at = models.DateTimeField(_("taken off"), null=True, blank=True)

    class Meta:
        """In the order taken in."""

        ordering = ("kept_at", "pk")

    def __str__(self) -> str:
        return self.ref


class Envelope(AppendOnlyModel, Watched):
    """A proposal as handed in, locked; the shares of its key, each locked to one holder."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="envelopes")
    number = models.PositiveSmallIntegerField(_("number"))
    recipient = models.CharField(_("public side"), max_length=RECIPIENT_LENGTH)
    ciphertext = models.BinaryField(_("locked proposal"))
    sha256 = models.CharField(_("digest of the locked proposal"), max_length=64)
    shares = models.JSONField(_("shares, each locked to its holder"))
    papers = models.JSONField(_("locked papers"))
    statement = models.JSONField(_("what the applicant's page says of the content"))
    sealed_by = models.CharField(_("where it was closed"), max_length=10, choices=SealedBy.choices)
    handed_in_at = models.DateTimeField(_("handed in"))
    handed_in_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """Numbered from one; the last is the one that counts."""

        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("case", "number"), name="envelope_once"),)

    def __str__(self) -> str:
        return f"{self.case_id}: {self.number}"


class OpenedShare(Watched):
    """A share that its holder opened after the close of the contest."""

    envelope = models.ForeignKey(Envelope, on_delete=models.PROTECT, related_name="opened_shares")
    holder = models.ForeignKey(KeyHolder, on_delete=models.PROTECT, related_name="opened_shares")
    share = models.BinaryField(_("share"))
    posted_at = models.DateTimeField(_("given"))

    class Meta:
        """A holder gives one share of an envelope."""

        constraints = (
            models.UniqueConstraint(fields=("envelope", "holder"), name="opened_share_once"),
        )

    def __str__(self) -> str:
        return f"{self.envelope_id}: {self.holder_id}"


class Opening(Watched):
    """An envelope was opened: when, how, what came out, whose share did not fit."""

    envelope = models.OneToOneField(Envelope, on_delete=models.PROTECT, related_name="opening")
    opened_at = models.DateTimeField(_("opened"))
    how = models.CharField(_("opened by"), max_length=10, choices=OpenedHow.choices)
    sha256 = models.CharField(_("digest of the content"), max_length=64)
    faults = models.JSONField(_("holders whose share did not fit"), default=list)

    def __str__(self) -> str:
        return f"{self.envelope_id}: {self.how}"
