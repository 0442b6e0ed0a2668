"""The page of the journal."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ashar.interface.lists import listing
from ashar.journal.access import entries_for
from ashar.journal.tables import EntryFilters, EntryTable


@require_safe
def journal(request: HttpRequest) -> HttpResponse:
    """List what was done, newest first."""
    return listing(
        request,
        queryset=entries_for(request.user),
        filterset=EntryFilters,
        table=EntryTable,
        page_title=_("Journal"),
        empty=_("Nothing was done yet. Each step that somebody takes is written here."),
    )
