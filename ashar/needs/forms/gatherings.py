"""A gathering as it is typed in: its plan, who came, suggestions, votes, minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ashar.events.choices import VotingMethod
from ashar.events.queries import counts_of
from ashar.interface.forms import (
    AsharForm,
    AsharFormSet,
    MomentField,
    WholeNumberField,
    rows_of,
    wording_pair,
)
from ashar.interface.words import named
from ashar.kernel.ids import new_ref
from ashar.needs.actions import GatheringPlan, Minutes
from ashar.needs.forms.counts import MOST_PEOPLE, CountsForm
from ashar.needs.forms.studies import VillageField
from ashar.needs.models import Gathering, Need, NeedsStudy, NeedVote
from ashar.places.queries import villages_of

FURTHEST = timedelta(days=730)


class NeedsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Needs by their place and words."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the place of the need in the ranking and its words."""
        return f"{obj.position}. {named(obj, 'title')}"


def _line(label: Any, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=300, **{"required": False, **options})


class GatheringForm(AsharForm):
    """When and where, for whom, who proposes it, how people are told, what is voted on."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    once = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16, initial=new_ref)
    when = MomentField(
        label=gettext_lazy("Day and hour"), help_text=gettext_lazy("For example 21.12.2026 14:00")
    )
    territory = VillageField(
        label=gettext_lazy("For whom"),
        empty_label=gettext_lazy("the whole municipality"),
        required=False,
    )
    place = _line(gettext_lazy("Place of meeting"), required=True)
    accessibility = _line(gettext_lazy("How people with disability get in"))
    online_link = forms.URLField(
        label=gettext_lazy("Link to take part from afar"),
        max_length=300,
        required=False,
        assume_scheme="https",
    )
    initiator = _line(gettext_lazy("On whose initiative"))
    channels = _line(
        gettext_lazy("How people are told"),
        help_text=gettext_lazy(
            "For example: notice board, messenger groups, the mosque, the school."
        ),
    )
    method = forms.ChoiceField(
        label=gettext_lazy("How people vote"),
        choices=[(method.value, capfirst(method.label)) for method in VotingMethod],
        initial=VotingMethod.OPEN,
        widget=forms.RadioSelect,
    )
    needs = NeedsField(
        queryset=Need.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Needs put to the vote"),
        required=False,
    )

    def __init__(self, *arguments: Any, study: NeedsStudy, **options: Any) -> None:
        super().__init__(*arguments, **options)
        ranked = study.needs.filter(position__isnull=False).order_by("position", "pk")
        self.fields["needs"].queryset = ranked  # type: ignore[attr-defined]
        self.fields["needs"].initial = [need.pk for need in ranked]
        place = study.case.territory
        self.fields["territory"].queryset = villages_of(place)  # type: ignore[attr-defined]

    def clean_when(self) -> datetime:
        """Refuse a moment that has passed, or one so far that the year is a slip."""
        when: datetime = self.cleaned_data["when"]
        now = timezone.now()
        if when <= now:
            raise forms.ValidationError(
                _("This moment has passed. A gathering is called for a day to come.")
            )
        if when > now + FURTHEST:
            raise forms.ValidationError(_("This is more than two years away. Check the year."))
        return when

    def plan(self, agenda: AsharFormSet) -> GatheringPlan:
        """Return what was typed, with the agenda of the rows."""
        given = self.cleaned_data
        when = timezone.localtime(given["when"])
        return GatheringPlan(
            held_on=when.date(),
            starts_at=when.time(),
            place=given["place"],
            agenda=tuple(
                (row.cleaned_data["text_ky"], row.cleaned_data["text_ru"])
                for row in agenda.forms
                if row.cleaned_data.get("text_ky")
            ),
            needs=tuple(given["needs"]),
            method=given["method"],
            territory=given["territory"],
            accessibility=given["accessibility"],
            online_link=given["online_link"],
            initiator=given["initiator"],
            channels=given["channels"],
        )

    @staticmethod
    def shown(gathering: Gathering) -> dict[str, Any]:
        """Return what the form shows of a gathering that exists."""
        event = gathering.event
        when = None
        if event.held_on and event.starts_at:
            when = timezone.make_aware(datetime.combine(event.held_on, event.starts_at))
        ballot = event.ballots.first()
        is_local = event.territory_id != gathering.case.territory_id
        return {
            "version": event.version,
            "when": when,
            "territory": event.territory if is_local else None,
            "place": event.place_text,
            "accessibility": event.accessibility,
            "online_link": event.online_link,
            "initiator": gathering.initiator,
            "channels": gathering.channels,
            "method": ballot.method if ballot else VotingMethod.OPEN,
            "needs": list(
                NeedVote.objects.filter(ballot__event=event).values_list("need", flat=True)
            ),
        }


class AgendaRow(AsharForm):
    """One question of the agenda, in Kyrgyz and Russian."""

    text_ky = forms.CharField(label=gettext_lazy("In Kyrgyz"), max_length=500, required=False)
    text_ru = forms.CharField(label=gettext_lazy("In Russian"), max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        """Kyrgyz is the original of every paper."""
        given = super().clean() or self.cleaned_data
        if given.get("text_ru") and not given.get("text_ky") and not self.has_error("text_ky"):
            self.add_error("text_ky", _("Write this item in Kyrgyz too."))
        return given


AgendaRows = rows_of(AgendaRow, extra=2, most=40)


class VersionForm(AsharForm):
    """The version of the page that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class AttendanceForm(CountsForm):
    """Who came to the gathering."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @classmethod
    def shown(cls, gathering: Gathering) -> dict[str, Any]:
        """Return what the form shows of people already written down."""
        event = gathering.event
        return {"version": event.version, **cls.shown_counts(counts_of([event]))}


class SuggestionRow(AsharForm):
    """What somebody proposed, and the answer."""

    group = forms.CharField(
        label=gettext_lazy("From whom (a group, not a name)"), max_length=200, required=False
    )
    text = forms.CharField(
        label=gettext_lazy("Proposal"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        required=False,
    )
    answer = forms.CharField(
        label=gettext_lazy("Answer"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        required=False,
    )
    is_accepted = forms.BooleanField(label=gettext_lazy("Accepted"), required=False)

    def clean(self) -> dict[str, Any]:
        """An answer belongs to a proposal."""
        given = super().clean() or self.cleaned_data
        others = (given.get(name) for name in ("group", "answer", "is_accepted"))
        if any(others) and not given.get("text") and not self.has_error("text"):
            self.add_error("text", _("Write what was proposed."))
        return given


SuggestionRows = rows_of(SuggestionRow, extra=2, most=200)


@dataclass(frozen=True)
class VoteRow:
    """One question with its three numbers."""

    vote: NeedVote
    cells: tuple[BoundField, ...]


COUNTED = ("in_favour", "against", "abstained")


class VotesForm(AsharForm):
    """How many voted in favour, against and abstained on each need."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *arguments: Any, votes: list[NeedVote], present: int, **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        self.votes, self.present = votes, present
        labels = {
            "in_favour": _("In favour"),
            "against": _("Against"),
            "abstained": _("Abstained"),
        }
        for vote in votes:
            for name in COUNTED:
                self.fields[f"{name}_{vote.ballot_id}"] = WholeNumberField(
                    label=labels[name],
                    maximum=MOST_PEOPLE,
                    required=False,
                    initial=getattr(vote.ballot, name),
                )

    @property
    def rows(self) -> list[VoteRow]:
        """The questions with their fields."""
        return [
            VoteRow(vote, tuple(self[f"{name}_{vote.ballot_id}"] for name in COUNTED))
            for vote in self.votes
        ]

    def clean(self) -> dict[str, Any]:
        """A vote is counted whole or not at all, and by no more people than came."""
        given = super().clean() or self.cleaned_data
        for vote in self.votes:
            names = [f"{name}_{vote.ballot_id}" for name in COUNTED]
            if any(self.has_error(name) for name in names):
                continue
            numbers = [given.get(name) for name in names]
            if all(number is None for number in numbers):
                continue  # not counted yet
            for name, number in zip(names, numbers, strict=True):
                if number is None:
                    self.add_error(name, _("Write all three numbers; 0 when nobody voted so."))
            cast = sum(number or 0 for number in numbers)
            if cast > self.present:
                sentence = _("%(cast)s votes, but only %(present)s people came. Count again.")
                self.add_error(names[0], sentence % {"cast": cast, "present": self.present})
        return given

    def counts(self) -> dict[int, tuple[int, int, int] | None]:
        """Return the votes by ballot; None where nobody counted yet."""
        found: dict[int, tuple[int, int, int] | None] = {}
        for vote in self.votes:
            numbers = [self.cleaned_data.get(f"{name}_{vote.ballot_id}") for name in COUNTED]
            counted = [number for number in numbers if number is not None]
            whole = len(counted) == len(COUNTED)
            found[vote.ballot_id] = (counted[0], counted[1], counted[2]) if whole else None
        return found


class MinutesForm(AsharForm):
    """Who led, who wrote, who counted, and what was decided."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    chair = _line(gettext_lazy("Chair"), required=True)
    secretary = _line(gettext_lazy("Secretary"), required=True)
    counting = _line(gettext_lazy("Counting commission"))
    decision_ky, decision_ru = wording_pair(gettext_lazy("Decision"), is_long=True)

    def minutes(self) -> Minutes:
        """Return what was typed."""
        given = {k: v for k, v in self.cleaned_data.items() if k != "version"}
        return Minutes(**given)

    @staticmethod
    def shown(gathering: Gathering) -> dict[str, Any]:
        """Return what the form shows of minutes already written."""
        names = ("chair", "secretary", "counting", "decision_ky", "decision_ru")
        return {
            "version": gathering.event.version,
            **{name: getattr(gathering, name) for name in names},
        }
