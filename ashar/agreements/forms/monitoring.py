"""Forms of monitoring and evaluation; the form of a visit is made of the standard's clauses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ashar.agreements.actions import ClauseFound, Judgement, VisitPlan
from ashar.agreements.choices import ClauseResult, SurveyRound
from ashar.agreements.forms.drafts import VersionForm, long_text
from ashar.agreements.forms.rows import PatientForm, RowForm
from ashar.agreements.queries.standards import ClauseSeen, standard_choices
from ashar.cases.queries import language
from ashar.interface.forms import AsharForm, DayField, WholeNumberField


class PlanForm(AsharForm):
    """When, where and by which standard the service will be seen."""

    held_on = DayField(label=gettext_lazy("Day of the visit"))
    place = forms.CharField(
        label=gettext_lazy("Place of the visit"), max_length=300, required=False
    )
    standard = forms.ChoiceField(label=gettext_lazy("Quality standard"))

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["standard"].choices = standard_choices()  # type: ignore[attr-defined]

    def plan(self) -> VisitPlan:
        """Return what was typed as the action wants it."""
        return VisitPlan(**self.cleaned_data)


class VisitForm(PatientForm, VersionForm):
    """What was seen, clause by clause; a clause may wait until somebody has looked."""

    held_on = DayField(label=gettext_lazy("Day of the visit"))

    def __init__(self, *arguments: Any, clauses: Sequence[ClauseSeen] = (), **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.clauses = clauses
        self.asked = tuple(f"result_{clause.key}" for clause in clauses)
        tongue = language()
        for number, clause in enumerate(clauses, 1):
            self.fields[f"result_{clause.key}"] = forms.ChoiceField(
                label=f"{number}. {clause.title.say(tongue)}",
                choices=ClauseResult.choices,
                widget=forms.RadioSelect,
                initial=clause.result,
            )
            self.fields[f"evidence_{clause.key}"] = forms.CharField(
                label=_("What was seen"),
                required=False,
                max_length=1000,
                initial=clause.evidence,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        self.fields["summary"] = long_text(_("Summary"), required=False)

    def answers(self) -> dict[str, ClauseFound]:
        """Return what was seen on each clause."""
        return {
            clause.key: ClauseFound(
                self.cleaned_data[f"result_{clause.key}"],
                self.cleaned_data[f"evidence_{clause.key}"],
            )
            for clause in self.clauses
        }


class FindingForm(AsharForm):
    """A shortcoming, and the day by which it is to be mended."""

    clause = forms.ChoiceField(label=gettext_lazy("Clause of the standard"), required=False)
    text = long_text(gettext_lazy("What is to be mended"))
    fix_by = DayField(
        label=gettext_lazy("To be mended by"),
        not_before=timezone.localdate,
        not_before_reason=gettext_lazy("Give the contractor time to mend it."),
    )

    def __init__(self, *arguments: Any, clauses: Sequence[ClauseSeen] = (), **options: Any) -> None:
        super().__init__(*arguments, **options)
        tongue = language()
        named = [(one.key, one.title.say(tongue)) for one in clauses]
        self.fields["clause"].choices = [("", _("none")), *named]  # type: ignore[attr-defined]


class JudgementForm(VersionForm):
    """What worked, what did not, and what is advised."""

    strengths = long_text(gettext_lazy("What worked"), required=False)
    weaknesses = long_text(gettext_lazy("What did not work"), required=False)
    advice = long_text(gettext_lazy("Advice"), required=False)

    def judgement(self) -> Judgement:
        """Return what was typed as the action wants it."""
        names = ("strengths", "weaknesses", "advice")
        return Judgement(**{name: self.cleaned_data[name] for name in names})


class SurveyRowForm(RowForm):
    """One question in one round: how many were asked, how many are satisfied."""

    asked = ("round", "question_ky", "asked_people", "satisfied")
    round = forms.ChoiceField(label=gettext_lazy("When asked"))
    question_ky = forms.CharField(label=gettext_lazy("Question in Kyrgyz"), max_length=300)
    question_ru = forms.CharField(label=gettext_lazy("Question in Russian"), max_length=300)
    asked_people = WholeNumberField(
        label=gettext_lazy("People asked"), minimum=1, maximum=1_000_000
    )
    satisfied = WholeNumberField(label=gettext_lazy("Of them satisfied"), maximum=1_000_000)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        rounds = [("", _("choose")), *SurveyRound.choices]
        self.fields["round"].choices = rounds  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse more satisfied people than people asked."""
        given = super().clean()
        asked, satisfied = given.get("asked_people"), given.get("satisfied")
        if asked is not None and satisfied is not None and satisfied > asked:
            self.add_error("satisfied", _("More people cannot be satisfied than were asked."))
        return given
