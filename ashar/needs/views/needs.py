"""Public pages of needs, and the form of what becomes of one."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ashar.cases.access import may_view
from ashar.cases.queries import roles_of
from ashar.events.queries import present_at
from ashar.interface.charts import bar_chart
from ashar.interface.lists import listing
from ashar.needs.access import MUNICIPALITY, clerk_need_for, need_for, visible_needs
from ashar.needs.actions import set_outcome
from ashar.needs.forms import NeedFilter, OutcomeForm
from ashar.needs.models import Need, NeedOutcome
from ashar.needs.queries import Voiced, gatherings, topics, who_voiced
from ashar.needs.tables import NeedTable
from ashar.needs.views.saving import saved, signed_in, status_of


@require_safe
def need_list(request: HttpRequest) -> HttpResponse:
    """Show the ranked needs of all municipalities."""
    return listing(
        request,
        queryset=visible_needs(request.user).order_by(
            "study__case__territory__sort_key", "position", "pk"
        ),
        filterset=NeedFilter,
        table=NeedTable,
        page_title=_("Needs of communities"),
        empty=_("No need is published yet. Needs appear here once a gathering is announced."),
    )


@require_safe
def need(request: HttpRequest, ref: str) -> HttpResponse:
    """Show a need: who voiced it, its place, how the gathering voted, what became of it."""
    found = need_for(request.user, ref)
    study = found.study
    voiced = who_voiced(found)
    is_clerk = MUNICIPALITY in roles_of(study.case, request.user)
    context = {
        "need": found,
        "study": study,
        "case": study.case,
        "topic": topics().get(found.topic, found.topic),
        "voiced": voiced,
        "chart": _chart(voiced),
        "votes": _votes(request, found),
        "of": study.needs.filter(position__isnull=False).count(),
        "outcome": getattr(found, "outcome", None),
        "may_view_study": may_view(request.user, study.case),
        "may_decide": is_clerk and study.case.stage == "ranked" and found.is_ranked,
    }
    return render(request, "needs/need.html", context)


def _chart(voiced: list[Voiced]) -> object:
    if not voiced:
        return ""
    rows = [(row.title, row.mentions) for row in voiced]
    return bar_chart(_("Who named this need, and how often"), rows)


def _votes(request: HttpRequest, found: Need) -> list[tuple[object, object, int]]:
    """Return each vote on the need: the gathering, the vote, how many people came."""
    at = {gathering.event_id: gathering for gathering in gatherings().filter(study=found.study)}
    return [
        (at[vote.ballot.event_id], vote, present_at(vote.ballot.event) or 0)
        for vote in found.votes.all()
        if vote.ballot.event_id in at
        and vote.ballot.is_counted
        and may_view(request.user, at[vote.ballot.event_id].case)
    ]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def outcome(request: HttpRequest, ref: str) -> HttpResponse:
    """Say what becomes of a need, why, and under which act."""
    found = clerk_need_for(request.user, ref)
    if found.study.case.stage != "ranked" or not found.is_ranked:
        messages.warning(
            request, _("What becomes of a need is decided after the ranking is fixed.")
        )
        return redirect(found.study)
    form = OutcomeForm(request.POST or None, initial=OutcomeForm.shown(found))
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0

        def act() -> None:
            set_outcome(found, form.outcome(), by=signed_in(request), version=version)

        if saved(request, form, act, fresh=lambda: _fresh(found)):
            return redirect(found.study)
    context = {"form": form, "need": found, "study": found.study, "case": found.study.case}
    return render(request, "needs/outcome.html", context, status=status_of(form))


def _fresh(found: Need) -> int:
    return NeedOutcome.objects.filter(need=found).values_list("version", flat=True).first() or 0
