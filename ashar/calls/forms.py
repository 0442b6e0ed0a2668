"""Input of the calls room: the notice, the commission, questions, admission, sheets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ashar.calls.choices import NOTICE_PARTS, CheckResult
from ashar.calls.models import Call
from ashar.interface.forms import AsharForm, DayField, SomFormField, WholeNumberField
from ashar.interface.words import reader_language
from ashar.parties.models import Person
from ashar.procedures.model import Rubric
from ashar.reviews.core import Marks
from ashar.reviews.models import Review

TEXT_LENGTH = 5000
LINE_LENGTH = 300


def asked_later(field: forms.Field) -> forms.Field:
    """A draft is kept without it, the finished page is not: so it is never called optional."""
    field.is_asked_later = True  # type: ignore[attr-defined]
    return field


def long_text(label: Any, *, rows: int = 4, **options: Any) -> forms.CharField:
    """Return a field for running text."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=widget, max_length=TEXT_LENGTH, **options)


class PreparedForm(AsharForm):
    """A page of a call in preparation; it remembers which version was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @property
    def says_what_is_saved(self) -> bool:
        """Whether nothing but the version differs from what is saved, as after a second click."""
        return set(self.changed_data) <= {"version"}

    def changed_meanwhile(self, version: int) -> None:
        """Say that somebody saved first, and let what was typed be saved after a look."""
        self.add_error(
            None,
            _(
                "Somebody saved this page while you were typing. What you typed is kept here. "
                "Compare it with the saved page in another tab, then save again."
            ),
        )
        typed = cast("QueryDict", self.data).copy()
        typed["version"] = str(version)
        self.data = typed


class NoticeForm(PreparedForm):
    """The items of the announcement; a draft may be incomplete, the announcement may not."""

    title_ky = forms.CharField(label=gettext_lazy("Title (in Kyrgyz)"), max_length=LINE_LENGTH)
    title_ru = forms.CharField(
        label=gettext_lazy("Title (in Russian)"), max_length=LINE_LENGTH, required=False
    )

    def __init__(self, call: Call, data: Any = None) -> None:
        """Show what is written already."""
        initial = {
            "title_ky": call.case.title_ky,
            "title_ru": call.case.title_ru,
            "starts_on": call.starts_on,
            "ends_on": call.ends_on,
            "maximum": call.maximum,
            "version": call.case.version,
        }
        for part in NOTICE_PARTS:
            for code in ("ky", "ru"):
                initial[f"{part}_{code}"] = getattr(call, f"{part}_{code}")
        super().__init__(data, initial=initial)
        for part, title in NOTICE_PARTS.items():
            for code, tongue in (("ky", _("in Kyrgyz")), ("ru", _("in Russian"))):
                field = long_text(f"{title} ({tongue})", required=False)
                field.widget.attrs["lang"] = code
                self.fields[f"{part}_{code}"] = field
        self.fields["starts_on"] = DayField(label=_("Work begins"), required=False)
        self.fields["ends_on"] = DayField(label=_("Work ends"), required=False)
        self.fields["maximum"] = SomFormField(
            label=_("Largest sum asked from the customer"), required=False, is_positive=True
        )
        for one in self.fields.values():
            asked_later(one)

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        given = super().clean() or self.cleaned_data
        first, last = given.get("starts_on"), given.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The work cannot end before it begins."))
        return given


class CommissionForm(PreparedForm):
    """By which act the commission is appointed."""

    act = forms.CharField(
        label=gettext_lazy("Act of appointment"),
        help_text=gettext_lazy("For example: order № 12 of 21.11.2026"),
        max_length=LINE_LENGTH,
    )


class CandidateField(forms.ModelChoiceField):  # type: ignore[type-arg]  # no generic at run time
    """A choice of people who share names: each is told with the bodies they act for."""

    bodies: Mapping[int, str] = MappingProxyType({})

    def label_from_instance(self, obj: Any) -> str:
        """Return the name with the organisation and the role, if any."""
        bodies = self.bodies.get(obj.pk)
        return f"{obj} – {bodies}" if bodies else str(obj)


class MemberForm(AsharForm):
    """One member of the commission."""

    person = CandidateField(
        label=gettext_lazy("Member"), queryset=Person.objects.none(), required=False
    )
    is_independent = forms.BooleanField(
        label=gettext_lazy("Independent, not an official"), required=False
    )

    def __init__(
        self,
        *arguments: Any,
        people: Any = None,
        bodies: Mapping[int, str] | None = None,
        **options: Any,
    ) -> None:
        """Offer the people who can sign in, each with what they act for."""
        super().__init__(*arguments, **options)
        field = cast("CandidateField", self.fields["person"])
        field.bodies = bodies or {}
        if people is not None:
            field.queryset = people


class QuestionForm(AsharForm):
    """A question about the call."""

    text = long_text(
        gettext_lazy("Your question"),
        help_text=gettext_lazy(
            "The question and the answer are published for everybody; your name is not."
        ),
    )


class AnswerForm(AsharForm):
    """The public answer."""

    answer = long_text(gettext_lazy("Answer"), rows=6)


class ApplicantForm(AsharForm):
    """For which of one's organisations one takes part."""

    organisation = forms.ChoiceField(label=gettext_lazy("For which organisation"))

    def __init__(self, organisations: Iterable[Any], *arguments: Any, **options: Any) -> None:
        """Offer these organisations by their public reference."""
        super().__init__(*arguments, **options)
        choices = [(one.ref, str(one)) for one in organisations]
        self.fields["organisation"].choices = choices  # type: ignore[attr-defined]


class CheckForm(AsharForm):
    """What was found on one rule."""

    result = forms.ChoiceField(
        label=gettext_lazy("Result"), choices=CheckResult.choices, widget=forms.RadioSelect
    )
    evidence = long_text(
        gettext_lazy("Evidence"),
        rows=2,
        required=False,
        help_text=gettext_lazy("Which paper or register shows it; the applicant reads this."),
    )

    def clean(self) -> dict[str, Any]:
        """A refusal needs its evidence: the applicant reads why."""
        given = super().clean() or self.cleaned_data
        if given.get("result") == CheckResult.NOT_MET and not given.get("evidence", "").strip():
            self.add_error("evidence", _("Write why the rule is not met: the applicant reads it."))
        return given


class DisclosureForm(AsharForm):
    """Whether a member has an interest in a proposal."""

    has_interest = forms.TypedChoiceField(
        label=gettext_lazy("Does an interest tie you to this applicant?"),
        help_text=gettext_lazy(
            "A relative, a former or present job, money, a dispute: anything for which others "
            "could doubt your judgement. With an interest you do not score this proposal."
        ),
        choices=[("no", gettext_lazy("No, none")), ("yes", gettext_lazy("Yes"))],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
    )
    reason = long_text(gettext_lazy("Which interest"), rows=2, required=False)

    def clean(self) -> dict[str, Any]:
        """An interest is named."""
        given = super().clean() or self.cleaned_data
        if given.get("has_interest") is True and not given.get("reason", "").strip():
            self.add_error("reason", _("Say in a few words which interest it is."))
        return given


class SheetForm(AsharForm):
    """A member's score sheet: points and a reason for each criterion."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, rubric: Rubric, sheet: Review | None, data: Any = None) -> None:
        """Show what was given already."""
        self.rubric = rubric
        given = {score.criterion: score for score in sheet.scores.all()} if sheet else {}
        initial: dict[str, Any] = {"version": sheet.version if sheet else 0}
        if sheet:
            initial["advice"] = sheet.advice
        for key, score in given.items():
            initial[f"points_{key}"] = score.points
            initial[f"comment_{key}"] = score.comment
        super().__init__(data, initial=initial)
        highest = rubric.scale.value if isinstance(rubric.scale.value, int) else 0
        for one in rubric.criteria:
            points = WholeNumberField(
                label=_("Points from 0 to %(highest)s") % {"highest": highest},
                maximum=highest,
                required=False,
            )
            comment = long_text(
                _("Why these points"),
                rows=2,
                required=False,
                help_text=_("Published with the points. Without it the sheet is not complete."),
            )
            self.fields[f"points_{one.key}"] = asked_later(points)
            self.fields[f"comment_{one.key}"] = asked_later(comment)
        self.fields["advice"] = long_text(_("Advice to the applicant"), rows=3, required=False)

    def asking_for_reasons(self, saved: Review | None) -> SheetForm:
        """Return the sheet as saved, with a sentence beside every reason not written."""
        typed = cast("QueryDict", self.data).copy()
        typed["version"] = str(saved.version if saved else 0)
        asking = SheetForm(self.rubric, saved, typed)
        for key in self.marks().unreasoned:
            asking.add_error(
                f"comment_{key}",
                _("Write why you gave these points: the sheet counts only with the reason."),
            )
        return asking

    def lines(self) -> list[tuple[str, str, Any, Any]]:
        """Return title, weight and the two fields of each criterion."""
        tongue = reader_language()
        return [
            (
                one.title.say(tongue),
                one.weight.say(tongue),
                self[f"points_{one.key}"],
                self[f"comment_{one.key}"],
            )
            for one in self.rubric.criteria
        ]

    def marks(self) -> Marks:
        """Return the sheet as given."""
        given = self.cleaned_data
        keys = [one.key for one in self.rubric.criteria]
        return Marks(
            points={key: given.get(f"points_{key}") for key in keys},
            comments={key: given.get(f"comment_{key}", "") for key in keys},
            advice=given.get("advice", ""),
        )


class ComplaintForm(AsharForm):
    """What the applicant complains of."""

    text = long_text(
        gettext_lazy("What was wrong, and what you ask for"),
        rows=8,
        help_text=gettext_lazy("The customer must answer before the winner can be confirmed."),
    )
