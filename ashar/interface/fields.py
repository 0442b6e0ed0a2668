"""Fields that read what people type, strictly, and say in a sentence what to correct."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, ClassVar, Union

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ashar.interface.uploads import KINDS, check_upload
from ashar.kernel.money import BadAmount, Som

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Text = Union[str, "_StrPromise"]
Day = date | Callable[[], date]
_DAYS = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII),
    re.compile(r"(?P<day>\d{1,2})[./](?P<month>\d{1,2})[./](?P<year>\d{4})", re.ASCII),
)
_HOUR = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)(:00)?", re.ASCII)
_WHOLE = re.compile(r"\d{1,3}( \d{3})+|\d+", re.ASCII)
_SPACES = str.maketrans("\u00a0\u202f\u2009\u2007", "    ")
EARLIEST_YEAR, LATEST_YEAR = 1900, 2100
LARGEST_WHOLE = 2**31 - 1


def read_day(typed: str) -> date | None:
    """Read 2026-11-21, 21.11.2026 or 21/11/2026; None when it is no day of any calendar."""
    for pattern in _DAYS:
        found = pattern.fullmatch(typed.strip())
        if found and EARLIEST_YEAR <= int(found["year"]) <= LATEST_YEAR:
            try:
                return date(int(found["year"]), int(found["month"]), int(found["day"]))
            except ValueError:
                return None
    return None


def _written(day: date) -> str:
    return f"{day:%d.%m.%Y}"


class SomFormField(forms.CharField):
    """An amount of money; gives `Som`."""

    refusals: ClassVar[dict[str, Text]] = {
        "empty": gettext_lazy("Enter an amount in som, for example 1 234,56."),
        "negative": gettext_lazy("The amount cannot be below zero. Enter it without a minus."),
        "exponent": gettext_lazy("Write the amount in digits, without the letter “e”."),
        "ambiguous": gettext_lazy(
            "It is not clear where the tyiyn begin. Write 1 234,56: a space between "
            "thousands, a comma before the tyiyn."
        ),
        "too_precise": gettext_lazy("A som has 100 tyiyn: at most two digits after the comma."),
        "too_large": gettext_lazy("This amount is too large. Check the number of digits."),
        "not_a_number": gettext_lazy("Enter an amount in digits, for example 1 234,56."),
    }

    def __init__(self, *, is_positive: bool = False, **options: Any) -> None:
        options.setdefault("max_length", 40)
        super().__init__(**options)
        self.is_positive = is_positive
        self.widget.attrs.update({"inputmode": "decimal", "data-width": "10", "data-suffix": "som"})

    def to_python(self, value: Any) -> Any:
        """Read the amount, or refuse it in a sentence."""
        if isinstance(value, Som):
            return value
        text = super().to_python(value)
        if text in self.empty_values:
            return None
        try:
            amount = Som.parse(str(text))
        except BadAmount as fault:
            sentence = self.refusals.get(fault.reason, self.refusals["not_a_number"])
            raise ValidationError(sentence, code=fault.reason) from fault
        if self.is_positive and not amount:
            raise ValidationError(_("Enter an amount above zero."), code="zero")
        return amount

    def run_validators(self, value: Any) -> None:
        """Length is a matter of what was typed; an amount that was read is sound."""

    def prepare_value(self, value: Any) -> Any:
        """Show an amount as people write it; show again what was typed wrongly."""
        if isinstance(value, Som):
            return str(value).replace(".", ",")
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare amounts, not how they were written."""
        return str(self.prepare_value(initial) or "") != str(data or "").strip()


class DayField(forms.CharField):
    """A day; gives `date`. May be bounded, each bound with its reason."""

    def __init__(
        self,
        *,
        not_before: Day | None = None,
        not_before_reason: Text = "",
        not_after: Day | None = None,
        not_after_reason: Text = "",
        **options: Any,
    ) -> None:
        options.setdefault("max_length", 30)
        options["help_text"] = options.get("help_text") or gettext_lazy("For example: 21.11.2026.")
        super().__init__(**options)
        self.not_before, self.not_before_reason = not_before, not_before_reason
        self.not_after, self.not_after_reason = not_after, not_after_reason
        self.widget.attrs.update(
            {"data-width": "10", "inputmode": "numeric", "autocomplete": "off"}
        )

    def to_python(self, value: Any) -> Any:
        """Read one of the three ways to write a day."""
        if isinstance(value, date):
            return value
        text = super().to_python(value)
        if text in self.empty_values:
            return None
        day = read_day(str(text))
        if day is None:
            raise ValidationError(
                _("“%(typed)s” is not a date. Write day, month and year: 21.11.2026."),
                code="not_a_day",
                params={"typed": text},
            )
        return day

    def run_validators(self, value: Any) -> None:
        """Refuse a day outside the bounds, with the reason."""
        if not isinstance(value, date):
            return
        first, last = _resolved(self.not_before), _resolved(self.not_after)
        if first and value < first:
            sentence = _("The date cannot be earlier than %(bound)s. %(reason)s")
            raise _out_of_bounds(sentence, "too_early", first, self.not_before_reason)
        if last and value > last:
            sentence = _("The date cannot be later than %(bound)s. %(reason)s")
            raise _out_of_bounds(sentence, "too_late", last, self.not_after_reason)

    def prepare_value(self, value: Any) -> Any:
        """Show a day as 21.11.2026."""
        return _written(value) if isinstance(value, date) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare days, not how they were written."""
        return bool(initial or data) and read_day(str(data or "")) != initial


def _resolved(bound: Day | None) -> date | None:
    return bound() if callable(bound) else bound


def _out_of_bounds(sentence: str, code: str, bound: date, reason: Text) -> ValidationError:
    said = sentence % {"bound": _written(bound), "reason": reason}
    return ValidationError(said.strip(), code=code)


class MomentField(forms.CharField):
    """A day and an hour in Bishkek time; gives an aware `datetime`."""

    def __init__(self, *, not_before: Callable[[], datetime] | None = None, **options: Any) -> None:
        options.setdefault("max_length", 30)
        options["help_text"] = options.get("help_text") or gettext_lazy(
            "For example: 21.11.2026 17:00, Bishkek time."
        )
        super().__init__(**options)
        self.not_before = not_before
        self.widget.attrs.update({"data-width": "20", "autocomplete": "off"})

    def to_python(self, value: Any) -> Any:
        """Read a day and an hour: 21.11.2026 17:00."""
        if isinstance(value, datetime):
            return value
        text = super().to_python(value)
        if text in self.empty_values:
            return None
        moment = _read_moment(str(text))
        if moment is None:
            raise ValidationError(
                _("“%(typed)s” is not a date and time. Write it as 21.11.2026 17:00."),
                code="not_a_moment",
                params={"typed": text},
            )
        return moment

    def run_validators(self, value: Any) -> None:
        """Refuse a moment before the bound, if there is one."""
        first = self.not_before() if self.not_before else None
        if isinstance(value, datetime) and first and value < first:
            bound = f"{timezone.localtime(first):%d.%m.%Y %H:%M}"
            raise ValidationError(
                _("This moment cannot be earlier than %(bound)s.") % {"bound": bound},
                code="too_early",
            )

    def prepare_value(self, value: Any) -> Any:
        """Show a moment as 21.11.2026 17:00."""
        if isinstance(value, datetime):
            return f"{timezone.localtime(value):%d.%m.%Y %H:%M}"
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare moments, not how they were written."""
        return bool(initial or data) and _read_moment(str(data or "")) != initial


def _read_moment(typed: str) -> datetime | None:
    parts = typed.replace("T", " ").replace(",", " ").split()
    if len(parts) != 2:  # noqa: PLR2004 - a day and an hour
        return None
    day, hour = read_day(parts[0]), _HOUR.fullmatch(parts[1])
    if day is None or hour is None:
        return None
    return timezone.make_aware(datetime.combine(day, time(int(hour[1]), int(hour[2]))))


class WholeNumberField(forms.CharField):
    """A count: digits only, never below zero; gives `int`."""

    def __init__(self, *, minimum: int = 0, maximum: int = LARGEST_WHOLE, **options: Any) -> None:
        options.setdefault("max_length", 20)
        super().__init__(**options)
        self.minimum, self.maximum = minimum, maximum
        self.widget.attrs.update({"inputmode": "numeric", "data-width": "5"})

    def to_python(self, value: Any) -> Any:
        """Read digits, with or without spaces between thousands."""
        if isinstance(value, int):
            return value
        text = super().to_python(value)
        if text in self.empty_values:
            return None
        digits = str(text).translate(_SPACES).strip()
        if not _WHOLE.fullmatch(digits):
            raise ValidationError(
                _("“%(typed)s” is not a whole number. Write it in digits, for example 25."),
                code="not_whole",
                params={"typed": text},
            )
        return int(digits.replace(" ", ""))

    def run_validators(self, value: Any) -> None:
        """Refuse a count outside the bounds."""
        if isinstance(value, int) and not self.minimum <= value <= self.maximum:
            raise ValidationError(
                _("Enter a number from %(first)s to %(last)s."),
                code="out_of_bounds",
                params={"first": self.minimum, "last": self.maximum},
            )

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare as text: 5 and “5” are the same count."""
        return str("" if initial is None else initial) != str(data or "").strip()


class UploadField(forms.FileField):
    """A file: of an allowed kind by its content, and not too large."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "required": gettext_lazy("Choose a file."),
        "empty": gettext_lazy("This file is empty. Choose another one."),
    }

    def __init__(self, *, kinds: tuple[str, ...] = tuple(KINDS), **options: Any) -> None:
        options.setdefault("max_length", 200)
        options.setdefault("widget", forms.FileInput)
        super().__init__(**options)
        self.kinds = kinds
        self.widget.attrs["accept"] = ",".join(f".{kind}" for kind in kinds)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Refuse what is too large or is not what its name says."""
        upload = super().clean(data, initial)
        if data:
            check_upload(upload, self.kinds)
        return upload


def wording_pair(
    label: Text, *, is_long: bool = False, is_required: bool = True, help_text: Text = ""
) -> tuple[forms.CharField, forms.CharField]:
    """Return the Kyrgyz and the Russian field of one wording.

    Kyrgyz may be asked for (`is_required`); Russian may always follow later.
    """
    length = 5000 if is_long else 200
    made = []
    for code, tongue in (("ky", gettext_lazy("Kyrgyz")), ("ru", gettext_lazy("Russian"))):
        widget = forms.Textarea(attrs={"rows": 4}) if is_long else forms.TextInput()
        widget.attrs["lang"] = code
        field = forms.CharField(
            label=_label_in(label, tongue),
            help_text=help_text if code == "ky" else "",
            max_length=length,
            required=is_required and code == "ky",
            widget=widget,
        )
        made.append(field)
    return made[0], made[1]


def _say_label(label: Text, tongue: Text) -> str:
    return _("%(label)s (in %(tongue)s)") % {"label": label, "tongue": tongue}


# Said when the page is shown, not when the form is read: every reader has a language.
_label_in = lazy(_say_label, str)
