"""Pages of proposals: one's own, those of a call, one proposal, its receipts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ashar.calls import actions
from ashar.calls.access import (
    acts_for_applicant,
    agreements_of,
    applicants_of,
    call_for,
    is_sealed,
    may_edit_draft,
    may_open_content,
    own_proposal_for,
    possible_applicants,
    proposal_for,
    with_shown_content,
    working_call_for,
)
from ashar.calls.forms import ApplicantForm
from ashar.calls.models import Proposal
from ashar.calls.queries.calls import (
    highest_total,
    papers_to_attach,
    rubric_of,
    time_left,
    unknown_rules_of,
)
from ashar.calls.queries.complaints import complaints_of, may_complain
from ashar.calls.queries.proposals import (
    checked_rules,
    content_of,
    missing_in,
    opened_proposals,
    proposals_of_applicants,
    reading_of,
    shown,
)
from ashar.calls.queries.sealed import (
    draft_of,
    envelopes_of,
    is_changed_since,
    said_holders,
    sealing_for,
)
from ashar.calls.tables import (
    OwnProposalFilter,
    OwnProposalTable,
    ProposalFilter,
    ProposalTable,
)
from ashar.calls.views.envelopes import sealed_receipt
from ashar.calls.views.people import account_of
from ashar.cases.core import CasePanel
from ashar.cases.queries import panel
from ashar.documents.core import digest
from ashar.interface.lists import listing
from ashar.seals.models import Sealing

SEALING_MOVES = frozenset({"submit", "replace"})


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """List the proposals of one's own organisations over all calls."""
    return listing(
        request,
        queryset=proposals_of_applicants([one.pk for one in applicants_of(request.user)]),
        filterset=OwnProposalFilter,
        table=OwnProposalTable,
        page_title=_("Our proposals"),
        empty=_("You have no proposals yet. Open a contest and press “Take part”."),
    )


@login_required
@require_safe
def of_call(request: HttpRequest, ref: str) -> HttpResponse:
    """List a call's proposals to its customer and commission once they are opened."""
    found = working_call_for(request.user, ref)
    if is_sealed(found):
        raise Http404
    return listing(
        request,
        queryset=with_shown_content(request.user, found, opened_proposals(found)),
        filterset=ProposalFilter,
        table=ProposalTable,
        page_title=_("Proposals of the contest"),
        empty=_("No proposal was handed in."),
        template="calls/proposals.html",
        context={"call": found, "case": found.case},
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def take_part(request: HttpRequest, ref: str) -> HttpResponse:
    """Start a proposal for one of one's organisations."""
    found = call_for(request.user, ref)
    organisations = possible_applicants(request.user, found)
    if not organisations:
        messages.info(request, _("You cannot start a proposal in this contest now."))
        return redirect(found)
    form = ApplicantForm(organisations, request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = next(o for o in organisations if o.ref == form.cleaned_data["organisation"])
        try:
            started = actions.start_proposal(found, organisation=chosen, by=account_of(request))
        except (actions.CallClosed, actions.MayNotApply):
            messages.info(request, _("Proposals are no longer accepted."))
            return redirect(found)
        return redirect("calls:edit_proposal", started.case.ref)
    sealing = sealing_for(found)
    context = {
        "call": found,
        "case": found.case,
        "form": form,
        "keys": said_holders(sealing) if sealing else None,
    }
    return render(request, "calls/take_part.html", context)


@require_safe
def proposal(request: HttpRequest, ref: str) -> HttpResponse:
    """Show a proposal as handed in; the draft is shown to its own applicant alone."""
    found = proposal_for(request.user, ref)
    is_own = acts_for_applicant(request.user, found)
    may_open = may_open_content(request.user, found)
    shown_panel = _without_sealed_moves(found, panel(found.case, request.user))
    is_working = bool({"commission", "customer"} & shown_panel.roles)
    context = {
        "proposal": found,
        "call": found.call,
        "panel": shown_panel,
        "content": shown(found.counted) if found.counted and may_open else None,
        "may_open": may_open,
        "is_own": is_own,
        "is_member": "commission" in shown_panel.roles,
        "is_working": is_working,
        "is_sealed": is_sealed(found.call),
        "sees_all": is_own or is_working,
        "highest": highest_total(rubric_of(found.call)) if found.rank else None,
        "agreements": agreements_of(request.user, found),
        **(_for_applicant(request, found) if is_own else {}),
        **(_admission(found) if (is_own or is_working) and may_open else {}),
    }
    return render(request, "calls/proposal.html", context)


def _without_sealed_moves(proposal: Proposal, whole: CasePanel) -> CasePanel:
    """Leave handing in to the page that seals, where keys close the proposals."""
    if sealing_for(proposal.call) is None:
        return whole
    offers = tuple(one for one in whole.offers if one.key not in SEALING_MOVES)
    return replace(whole, offers=offers)


def _for_applicant(request: HttpRequest, proposal: Proposal) -> dict[str, Any]:
    """Return the receipts and the state of the draft."""
    common = {
        "may_edit": may_edit_draft(request.user, proposal),
        "time_left": time_left(proposal.call.closes_at),
        "may_complain": may_complain(proposal),
    }
    sealing = sealing_for(proposal.call)
    if sealing is not None:
        return {**common, **_sealed_for_applicant(proposal, sealing)}
    reading = reading_of(proposal)
    return {
        **common,
        "receipts": list(proposal.submissions.defer("content")),
        "missing": missing_in(reading) if proposal.case.stage == "draft" else (),
        "is_changed": _is_changed(proposal) if proposal.case.stage == "submitted" else False,
        "to_attach": papers_to_attach(proposal.case),
    }


def _sealed_for_applicant(proposal: Proposal, sealing: Sealing) -> dict[str, Any]:
    """Return the receipts of the envelopes; what the draft says, the applicant alone can read."""
    return {
        "keys": said_holders(sealing),
        "envelopes": envelopes_of(proposal),
        "draft": draft_of(proposal),
        "is_changed": proposal.case.stage == "submitted" and is_changed_since(proposal),
    }


def _is_changed(proposal: Proposal) -> bool:
    """Say whether the draft differs from what was handed in, so that nobody forgets to replace."""
    if proposal.counted is None:
        return True
    now = content_of(proposal, reading_of(proposal))
    return digest(now) != proposal.counted.sha256


def _admission(proposal: Proposal) -> dict[str, Any]:
    """Return what was found on each rule, and the complaints."""
    if is_sealed(proposal.call) or proposal.counted is None:
        return {}
    return {
        "checked": checked_rules(proposal),
        "unknown_rules": unknown_rules_of(proposal.call),
        "complaints": complaints_of(proposal),
    }


@login_required
@require_safe
def receipt(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    """Show the receipt of one submission to its applicant."""
    found = own_proposal_for(request.user, ref)
    sealing = sealing_for(found.call)
    if sealing is not None:
        return sealed_receipt(request, found, sealing, number)
    submission = get_object_or_404(
        found.submissions.select_related("submitted_by__person"), number=number
    )
    context = {
        "proposal": found,
        "call": found.call,
        "case": found.case,
        "submission": submission,
        "content": shown(submission),
        "is_last": found.counted_id == submission.pk,
    }
    return render(request, "calls/receipt.html", context)


@login_required
@require_POST
def receipt_paper(request: HttpRequest, ref: str) -> HttpResponse:
    """Make the receipt of the last submission as a paper with its QR code."""
    found = own_proposal_for(request.user, ref)
    if found.counted is None:
        raise Http404
    actions.make_receipt(found, by=account_of(request))
    messages.success(request, _("The receipt is ready among the papers below."))
    return redirect(f"{found.get_absolute_url()}#papers")
