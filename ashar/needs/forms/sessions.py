"""A focus group or household survey as it is typed in, also on a phone."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ashar.events.choices import EventKind
from ashar.events.models import Event
from ashar.events.queries import counts_of
from ashar.interface.forms import AsharForm, AsharFormSet, DayField, WholeNumberField, rows_of
from ashar.kernel.ids import new_ref
from ashar.needs.actions import Session
from ashar.needs.forms.counts import MOST_PEOPLE, CountsForm
from ashar.needs.forms.studies import VillageField
from ashar.needs.models import NeedsStudy
from ashar.needs.queries import focus_groups, kinds_of_sessions

MOST_ANSWERS = 100


class SessionForm(CountsForm):
    """Where, when, with whom, and how many came."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    once = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16, initial=new_ref)
    kind = forms.ChoiceField(label=gettext_lazy("What it was"), widget=forms.RadioSelect)
    village = VillageField(
        label=gettext_lazy("Village"), empty_label=gettext_lazy("Choose a village")
    )
    group = forms.ChoiceField(
        label=gettext_lazy("Which group"),
        help_text=gettext_lazy("Leave empty for a household survey."),
        required=False,
    )
    held_on = DayField(
        label=gettext_lazy("On which day"),
        not_after=timezone.localdate,
        not_after_reason=gettext_lazy("What has not taken place yet cannot be recorded."),
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        required=False,
    )
    field_order = ("version", "kind", "village", "group", "held_on", "total")

    def __init__(self, *arguments: Any, study: NeedsStudy, **options: Any) -> None:
        super().__init__(*arguments, **options)
        villages = study.villages.order_by("sort_key", "code")
        self.fields["village"].queryset = villages  # type: ignore[attr-defined]
        self.fields["kind"].choices = list(kinds_of_sessions().items())  # type: ignore[attr-defined]
        choices = [("", _("Choose a group")), *focus_groups().items()]
        self.fields["group"].choices = choices  # type: ignore[attr-defined]
        day = self.fields["held_on"]
        if study.starts_on and isinstance(day, DayField):
            day.not_before = study.starts_on
            day.not_before_reason = _("The study begins on that day.")

    def clean(self) -> dict[str, Any]:
        """Ask for the group of a focus group."""
        given = super().clean()
        is_focus_group = given.get("kind") == EventKind.FOCUS_GROUP
        if is_focus_group and not given.get("group") and not self.has_error("group"):
            self.add_error("group", _("Choose whose focus group it was."))
        return given

    def session(self, answers: tuple[tuple[str, int], ...]) -> Session:
        """Return what was typed, with the answers of the rows."""
        given = self.cleaned_data
        return Session(
            kind=given["kind"],
            village=given["village"],
            held_on=given["held_on"],
            counts=self.counts(),
            answers=answers,
            group=given["group"],
            note=given["note"],
        )

    @classmethod
    def shown(cls, event: Event) -> dict[str, Any]:
        """Return what the form shows of a session that exists."""
        return {
            "version": event.version,
            "kind": event.kind,
            "village": event.territory,
            "group": event.group,
            "held_on": event.held_on,
            "note": event.note,
            **cls.shown_counts(counts_of([event])),
        }


class AnswerRow(AsharForm):
    """One answer in the people's own words, and how many said so."""

    text = forms.CharField(label=gettext_lazy("What people said"), max_length=500, required=False)
    mentions = WholeNumberField(
        label=gettext_lazy("How many said so"), minimum=1, maximum=MOST_PEOPLE, required=False
    )

    def clean(self) -> dict[str, Any]:
        """An answer has both its words and its number."""
        given = super().clean() or self.cleaned_data
        text, mentions = given.get("text"), given.get("mentions")
        if text and mentions is None and not self.has_error("mentions"):
            self.add_error("mentions", _("Write how many people said this."))
        if mentions is not None and not text and not self.has_error("text"):
            self.add_error("text", _("Write what these people said."))
        return given


AnswerRows = rows_of(AnswerRow, extra=4, most=MOST_ANSWERS)


def answers_in(rows: AsharFormSet, total: int) -> tuple[tuple[str, int], ...] | None:
    """Return the answers typed; None when more people said one thing than took part.

    The same words written twice are one answer.
    """
    found: dict[str, int] = {}
    is_sound = True
    for row in rows.forms:
        text, mentions = row.cleaned_data.get("text"), row.cleaned_data.get("mentions")
        if not text or mentions is None:
            continue
        found[text] = found.get(text, 0) + mentions
        if found[text] > total:
            sentence = _("%(mentions)s people said this, but only %(total)s took part.")
            row.add_error("mentions", sentence % {"mentions": found[text], "total": total})
            is_sound = False
    return tuple(found.items()) if is_sound else None
