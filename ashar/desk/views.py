"""The desk: what waits for me, what waits for others, my messages, my calendar."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ashar.desk.core import calendar
from ashar.desk.queries import (
    PAGE,
    chores_of,
    task,
    waiting_for,
    waiting_for_others,
    with_chores,
    with_parties,
)
from ashar.desk.tables import EntryFilters, EntryTable
from ashar.interface.lists import listing
from ashar.journal.queries import entries
from ashar.notices.actions import mark_read
from ashar.notices.queries import messages_of
from ashar.parties.access import mandates_of, signed_in
from ashar.parties.choices import MandateRole
from ashar.people.access import card_mandates, owner_mandates


def _holds(request: HttpRequest, *roles: str) -> bool:
    """Say whether the person holds one of the roles anywhere."""
    return any(mandate.role in roles for mandate in mandates_of(request.user))


@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Show what waits for the person, soonest first, and what others still have to do."""
    paginator = Paginator(with_parties(waiting_for(request.user)), PAGE)
    page = paginator.get_page(request.GET.get("page"))
    tasks = [task(case, request.user) for case in page]
    if not page.has_previous():
        tasks = with_chores(tasks, chores_of(request.user))
    others = with_parties(waiting_for_others(request.user))[:PAGE]
    context = {
        "page": page,
        "tasks": tasks,
        "others": [task(case, request.user) for case in others],
        "mandates": mandates_of(request.user),
        "may_begin": _holds(request, "specialist", "head"),
        "may_apply": _holds(request, "representative"),
        "sees_journal": _holds(request, "officer"),
        "is_member": _holds(request, MandateRole.MEMBER),
        "keeps_cards": bool(card_mandates(request.user) or owner_mandates(request.user)),
        "unread": messages_of(signed_in(request)).filter(read_at__isnull=True)[:5],
    }
    return render(request, "desk/desk.html", context)


@login_required
@require_safe
def messages(request: HttpRequest) -> HttpResponse:
    """Show the person's messages, the newest first."""
    page = Paginator(messages_of(signed_in(request)), PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/messages.html", {"page": page})


@login_required
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Note that the messages were read."""
    mark_read(signed_in(request))
    return redirect("desk:messages")


@login_required
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Give the person's deadlines as a calendar file that Outlook or a phone reads."""
    dated = with_parties(waiting_for(request.user).filter(due_at__isnull=False))[:500]
    events = [
        (case.ref, case.due_at, str(case), request.build_absolute_uri(case.get_absolute_url()))
        for case in dated
        if case.due_at is not None
    ]
    response = HttpResponse(calendar(events), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="ashar.ics"'
    return response


@require_safe
def journal(request: HttpRequest) -> HttpResponse:
    """List what was done anywhere, newest first, for officers of the ministry."""
    if not _holds(request, "officer"):
        raise Http404
    return listing(
        request,
        queryset=entries(),
        filterset=EntryFilters,
        table=EntryTable,
        page_title=_("Journal"),
        empty=_("Nothing was done yet. Each step that somebody takes is written here."),
    )
