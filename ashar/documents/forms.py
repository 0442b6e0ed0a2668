"""What a person types or sends to verify a paper."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ashar.documents.queries import tidy_code
from ashar.interface.forms import AsharForm
from ashar.interface.uploads import check_size


class CodeForm(AsharForm):
    """The short code printed on a paper."""

    code = forms.CharField(
        label=gettext_lazy("Verification code"),
        help_text=gettext_lazy("Ten signs at the bottom of the paper, for example K7M2-9QXDT."),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "data-width": "10"}
        ),
    )

    def clean_code(self) -> str:
        """Return the code as it is kept."""
        code = tidy_code(self.cleaned_data["code"])
        if not code:
            raise forms.ValidationError(
                _(
                    "A code has letters and figures only, and none of the signs 0, 1, A, E, I, L, O, U."
                )
            )
        return code


class CompareForm(AsharForm):
    """A file that somebody received, to be compared with the one kept here."""

    file = forms.FileField(
        label=gettext_lazy("File to compare"),
        help_text=gettext_lazy("The file is only compared. It is not kept."),
    )

    def clean_file(self) -> UploadedFile[Any]:
        """Refuse what is larger than any paper kept here."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        check_size(file)
        return file
