"""The form by which anybody compares a mark of the journal."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ashar.interface.forms import AsharForm


class NoteForm(AsharForm):
    """A mark as it was printed, mailed or saved."""

    note = forms.CharField(
        label=_("The mark you kept"),
        help_text=_(
            "Paste the whole text from the letter or the file, from the first line to the last."
        ),
        widget=forms.Textarea(attrs={"rows": 7, "spellcheck": "false"}),
        max_length=4000,
        strip=True,
    )
