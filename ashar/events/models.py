"""An event, who attended it in counts, what was proposed there and how it voted."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ashar.cases.models import Case
from ashar.events.choices import EventKind, Sex, VotingMethod
from ashar.journal.models import Watched
from ashar.kernel.ids import new_ref
from ashar.places.models import Territory


class Event(models.Model):
    """A meeting of people on a day at a place."""

    ref = models.CharField(max_length=16, unique=True, default=new_ref, editable=False)
    case = models.ForeignKey(
        Case, null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=EventKind.choices)
    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="events")
    held_on = models.DateField(_("day"), null=True, blank=True)
    starts_at = models.TimeField(_("time"), null=True, blank=True)
    place_text = models.CharField(_("place of meeting"), max_length=300, blank=True)
    accessibility = models.CharField(
        _("how people with disability get in"), max_length=300, blank=True
    )
    online_link = models.URLField(_("link to take part from afar"), max_length=300, blank=True)
    group = models.CharField(_("group"), max_length=40, blank=True)
    # Only an archive knows a total without its parts; living events count their attendance.
    present_total = models.PositiveIntegerField(_("people present"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    # Two clerks may have the same page open: the second to save is told so.
    version = models.PositiveIntegerField(_("version"), default=1)

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.territory}, {self.held_on or '-'}"


class Attendance(Watched):
    """How many people of one kind attended; the parts add up to the whole."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="attendance")
    territory = models.ForeignKey(
        Territory, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sex = models.CharField(_("sex"), max_length=10, choices=Sex.choices)
    age_band = models.CharField(_("age band"), max_length=20, blank=True)
    with_disability = models.BooleanField(_("with disability"), default=False)
    number = models.PositiveIntegerField(_("number"))

    class Meta:
        """One row for each crossing."""

        constraints = (
            models.UniqueConstraint(
                fields=("event", "territory", "sex", "age_band", "with_disability"),
                name="attendance_once",
            ),
            models.UniqueConstraint(
                fields=("event", "sex", "age_band", "with_disability"),
                condition=Q(territory__isnull=True),
                name="attendance_once_without_place",
            ),
        )

    def __str__(self) -> str:
        return f"{self.sex} {self.age_band}: {self.number}"


class AgendaItem(models.Model):
    """One question on the agenda of a gathering."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField()
    text_ky = models.CharField(_("in Kyrgyz"), max_length=500)
    text_ru = models.CharField(_("in Russian"), max_length=500, blank=True)

    class Meta:
        """In the order of the agenda."""

        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.text_ky


class Suggestion(models.Model):
    """What somebody proposed at the meeting, and the answer given."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="suggestions")
    group = models.CharField(_("from which group"), max_length=200, blank=True)
    text = models.TextField(_("proposal"))
    answer = models.TextField(_("answer"), blank=True)
    is_accepted = models.BooleanField(_("accepted"), default=False)

    def __str__(self) -> str:
        return self.text[:80]


class Ballot(Watched):
    """How the meeting voted on one question."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="ballots")
    position = models.PositiveSmallIntegerField(default=1)
    question_ky = models.CharField(_("question in Kyrgyz"), max_length=500)
    question_ru = models.CharField(_("question in Russian"), max_length=500, blank=True)
    method = models.CharField(
        _("method"), max_length=10, choices=VotingMethod.choices, default=VotingMethod.OPEN
    )
    in_favour = models.PositiveIntegerField(_("in favour"), null=True, blank=True)
    against = models.PositiveIntegerField(_("against"), null=True, blank=True)
    abstained = models.PositiveIntegerField(_("abstained"), null=True, blank=True)

    class Meta:
        """In the order put to the vote; a vote is counted whole or not at all."""

        ordering = ("position", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(in_favour__isnull=True, against__isnull=True, abstained__isnull=True)
                | Q(in_favour__isnull=False, against__isnull=False, abstained__isnull=False),
                name="ballot_counted_whole",
            ),
        )

    def __str__(self) -> str:
        return self.question_ky

    @property
    def is_counted(self) -> bool:
        """Whether the votes were counted."""
        return self.in_favour is not None

    @property
    def cast(self) -> int:
        """How many votes were cast in all."""
        return (self.in_favour or 0) + (self.against or 0) + (self.abstained or 0)
