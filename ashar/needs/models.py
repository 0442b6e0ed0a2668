"""Needs studies, free answers, needs, their ranking, gatherings and outcomes."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ashar.cases.models import Case
from ashar.events.models import Ballot, Event
from ashar.journal.models import Watched
from ashar.kernel.ids import new_ref
from ashar.kernel.text import search_key
from ashar.needs.choices import OutcomeKind
from ashar.places.models import Territory


class NeedsStudy(models.Model):
    """A joint study of a community's needs (СИНС / ЖМБА) in one municipality."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="needs_study")
    starts_on = models.DateField(_("begins"), null=True, blank=True)
    ends_on = models.DateField(_("ends"), null=True, blank=True)
    villages = models.ManyToManyField(Territory, related_name="+", blank=True)
    method = models.TextField(_("how it is done"), blank=True)
    # Weights of the groups in the ranking: group key -> whole number, visible on the page.
    group_weights = models.JSONField(_("weights of the groups"), default=dict, blank=True)
    # Two clerks may have the same page open: the second to save is told so.
    version = models.PositiveIntegerField(_("version"), default=1)

    def __str__(self) -> str:
        return str(self.case)

    def get_absolute_url(self) -> str:
        """Return the page of the study."""
        return reverse("needs:study", args=(self.case.ref,))


class Need(Watched):
    """What the community lacks, under a topic of the catalogue, in the people's own words."""

    ref = models.CharField(max_length=16, unique=True, default=new_ref, editable=False)
    study = models.ForeignKey(NeedsStudy, on_delete=models.PROTECT, related_name="needs")
    topic = models.CharField(_("topic of the catalogue"), max_length=60)
    title_ky = models.CharField(_("in Kyrgyz"), max_length=300)
    title_ru = models.CharField(_("in Russian"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("place in the ranking"), null=True, blank=True)
    search_key = models.CharField(max_length=600, db_index=True, blank=True, editable=False)
    # Weighted share of mentions in thousandths, as frozen when the study was ranked.
    score = models.PositiveIntegerField(_("score in thousandths"), null=True, blank=True)
    archive_note = models.CharField(_("note of the archive"), max_length=300, blank=True)

    class Meta:
        """In the order of the ranking."""

        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.title_ky or self.title_ru

    def get_absolute_url(self) -> str:
        """Return the page of the need, from which its whole chain can be walked."""
        return reverse("needs:need", args=(self.ref,))

    @property
    def is_ranked(self) -> bool:
        """Whether the need has its place in a frozen ranking."""
        return self.position is not None

    @staticmethod
    def key_for(title_ky: str, title_ru: str) -> str:
        """Return the stored key by which a need so called is found."""
        return search_key(f"{title_ky} {title_ru}")[:600]


class Answer(models.Model):
    """What a focus group or survey said freely, how many said so, and under which need it goes."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="answers")
    text = models.CharField(_("answer in the people's words"), max_length=500)
    mentions = models.PositiveIntegerField(_("how many said so"))
    need = models.ForeignKey(
        Need, null=True, blank=True, on_delete=models.SET_NULL, related_name="answers"
    )

    def __str__(self) -> str:
        return self.text


class Gathering(models.Model):
    """A citizens' gathering that votes on the ranked needs."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="gathering")
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="gathering")
    study = models.ForeignKey(NeedsStudy, on_delete=models.PROTECT, related_name="gatherings")
    initiator = models.CharField(_("on whose initiative"), max_length=300, blank=True)
    channels = models.CharField(_("how people are told"), max_length=300, blank=True)
    chair = models.CharField(_("chair"), max_length=200, blank=True)
    secretary = models.CharField(_("secretary"), max_length=200, blank=True)
    counting = models.CharField(_("counting commission"), max_length=300, blank=True)
    decision_ky = models.TextField(_("decision in Kyrgyz"), blank=True)
    decision_ru = models.TextField(_("decision in Russian"), blank=True)

    def __str__(self) -> str:
        return str(self.case)

    def get_absolute_url(self) -> str:
        """Return the page of the gathering."""
        return reverse("needs:gathering", args=(self.case.ref,))


class NeedVote(Watched):
    """A ballot by which the gathering supported or refused a need."""

    ballot = models.OneToOneField(Ballot, on_delete=models.CASCADE, related_name="need_vote")
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="votes")
    # Frozen when the gathering decides: whether the charter's majority was reached.
    is_carried = models.BooleanField(_("carried"), null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.need}: {self.ballot}"


class NeedOutcome(Watched):
    """What became of a need: no need can vanish."""

    need = models.OneToOneField(Need, on_delete=models.PROTECT, related_name="outcome")
    kind = models.CharField(_("outcome"), max_length=30, choices=OutcomeKind.choices)
    reason_ky = models.TextField(_("reason in Kyrgyz"))
    reason_ru = models.TextField(_("reason in Russian"), blank=True)
    citation = models.CharField(_("act and article, if any"), max_length=300, blank=True)
    decided_at = models.DateTimeField(_("decided"))
    version = models.PositiveIntegerField(_("version"), default=1)

    def __str__(self) -> str:
        return f"{self.need}: {self.get_kind_display()}"
