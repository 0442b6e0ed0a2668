"""Pages of admission: which proposals wait, and each rule with its evidence."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ashar.calls import actions
from ashar.calls.access import (
    is_sealed,
    judged_proposal_for,
    may_open_content,
    with_shown_content,
    working_call_for,
)
from ashar.calls.forms import CheckForm
from ashar.calls.queries.calls import unknown_rules_of
from ashar.calls.queries.proposals import CheckedRule, checked_rules, opened_proposals, shown
from ashar.calls.tables import ProposalFilter, ProposalTable
from ashar.calls.views.people import account_of
from ashar.cases.queries import language, law, panel
from ashar.interface.lists import listing


@login_required
@require_safe
def index(request: HttpRequest, ref: str) -> HttpResponse:
    """List the proposals whose admission is not decided yet."""
    found = working_call_for(request.user, ref)
    if is_sealed(found):
        raise Http404
    return listing(
        request,
        queryset=with_shown_content(
            request.user, found, opened_proposals(found).filter(case__stage="submitted")
        ),
        filterset=ProposalFilter,
        table=ProposalTable,
        page_title=_("Proposals waiting for admission"),
        empty=_("Every proposal is checked. The commission may go on to scoring."),
        template="calls/proposals.html",
        context={"call": found, "case": found.case},
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, ref: str) -> HttpResponse:
    """Show each rule with its article; record what the commission finds on it."""
    found, _member = judged_proposal_for(request.user, ref)
    if not may_open_content(request.user, found):
        messages.info(request, _("First say whether an interest ties you to this applicant."))
        return redirect("calls:interest", found.case.ref)
    rules = checked_rules(found)
    is_open = found.case.stage == "submitted" and found.call.case.stage == "admission"
    pressed = request.POST.get("rule", "")
    forms = [_form(one, request, pressed) for one in rules]
    if request.method == "POST" and not is_open:
        messages.info(request, _("Admission of this proposal is decided already."))
        return redirect(found)
    for one, form in zip(rules, forms, strict=True):
        if form.is_bound and form.is_valid():
            try:
                actions.record_check(
                    found, rule=one.rule.key, by=account_of(request), **form.cleaned_data
                )
            except actions.AdmissionDecided:
                messages.info(request, _("Admission of this proposal is decided already."))
                return redirect(found)
            messages.success(request, _("The result is recorded."))
            return redirect(f"{request.path}#rule-{one.rule.key}")
    context = {
        "proposal": found,
        "call": found.call,
        "panel": panel(found.case, request.user),
        "content": shown(found.counted) if found.counted else None,
        "lines": [
            (one, one.rule.cite.say(law(), language()) if one.rule.cite else "", form)
            for one, form in zip(rules, forms, strict=True)
        ],
        "unknown_rules": unknown_rules_of(found.call),
        "is_open": is_open,
    }
    return render(request, "calls/check.html", context)


def _form(one: CheckedRule, request: HttpRequest, pressed: str) -> CheckForm:
    initial = {"result": one.check.result, "evidence": one.check.evidence} if one.check else {}
    data = request.POST if request.method == "POST" and pressed == one.rule.key else None
    return CheckForm(data, initial=initial, auto_id=f"id_{one.rule.key}_%s")
