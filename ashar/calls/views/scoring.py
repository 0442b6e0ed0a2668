"""Pages of the commission: interests, sheets one after another, the board of progress."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ashar.calls import access, actions
from ashar.calls.access import (
    is_sealed,
    judged_proposal_for,
    member_call_for,
    working_call_for,
)
from ashar.calls.forms import DisclosureForm, SheetForm
from ashar.calls.models import Proposal
from ashar.calls.queries.calls import rubric_of
from ashar.calls.queries.hints import hints_on
from ashar.calls.queries.proposals import shown
from ashar.calls.queries.scoring import (
    board_of,
    declared_by,
    has_left,
    next_to_score,
    sheet_of,
    tied,
)
from ashar.calls.views.people import account_of
from ashar.calls.views.signs import questions, signs
from ashar.cases.queries import language, panel, procedure_of, roles_of, whose_figures
from ashar.parties.models import Person
from ashar.reviews.actions import HasInterest, InterestStands, NotDeclared, SheetChanged

BOARD_ROWS = 50


def _to_next(request: HttpRequest, proposal: Proposal, member: Person) -> HttpResponse:
    """Go to the member's next proposal, or to the board when nothing is left."""
    following = next_to_score(proposal.call, member, after=proposal.pk)
    if following is None:
        messages.success(request, _("You have finished: every proposal is scored or excused."))
        return redirect("calls:board", proposal.call.case.ref)
    return redirect("calls:sheet", following.case.ref)


@login_required
@require_safe
def next_sheet(request: HttpRequest, ref: str) -> HttpResponse:
    """Lead a member to the next proposal that waits for a sheet."""
    found, member = member_call_for(request.user, ref)
    following = next_to_score(found, member) if not is_sealed(found) else None
    if following is None or found.case.stage != "scoring":
        return redirect("calls:board", found.case.ref)
    return redirect("calls:sheet", following.case.ref)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def interest(request: HttpRequest, ref: str) -> HttpResponse:
    """Let a member declare an interest in the proposal, or that there is none."""
    found, member = judged_proposal_for(request.user, ref)
    declared = declared_by(found, member)
    initial = (
        {"has_interest": "yes" if declared.has_interest else "no", "reason": declared.reason}
        if declared
        else {}
    )
    form = DisclosureForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.disclose(found, member=member, by=account_of(request), **form.cleaned_data)
        except actions.ScoringClosed:
            form.add_error(None, _("The commission has decided already."))
        except InterestStands:
            said = _("You declared an interest. It stands: you cannot take it back yourself.")
            form.add_error("has_interest", said)
        except actions.OwnProposal:
            said = _("You act for this applicant: that is an interest. Answer “Yes” and name it.")
            form.add_error("has_interest", said)
        else:
            if form.cleaned_data["has_interest"]:
                messages.success(
                    request, _("Your interest is recorded. You do not score this proposal.")
                )
                return _to_next(request, found, member)
            return redirect(_after_declaring(found))
    context = {
        "proposal": found,
        "call": found.call,
        "case": found.case,
        "form": form,
        "may_open": access.may_open_content(request.user, found),
        "hints": questions(hints_on(found, member)),
    }
    return render(request, "calls/interest.html", context)


def _after_declaring(proposal: Proposal) -> str:
    """Return where a member without an interest goes on: the check, the sheet or the proposal."""
    names = {"admission": "calls:check", "scoring": "calls:sheet"}
    name = names.get(proposal.call.case.stage, "calls:proposal")
    return reverse(name, args=(proposal.case.ref,))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, ref: str) -> HttpResponse:
    """Fill one's own sheet on a proposal; colleagues' sheets are nowhere to be seen."""
    found, member = judged_proposal_for(request.user, ref)
    declared = declared_by(found, member)
    if declared is None or declared.has_interest:
        if declared is not None:
            messages.info(request, _("You declared an interest: this sheet is closed to you."))
        return redirect("calls:interest", found.case.ref)
    rubric = rubric_of(found.call)
    if rubric is None:
        raise Http404
    given = sheet_of(found, member)
    form = SheetForm(rubric, given, request.POST or None)
    if request.method == "POST" and form.is_valid() and _saved(request, found, member, form):
        if not form.marks().unreasoned:
            return _to_next(request, found, member)
        given = sheet_of(found, member)
        form = form.asking_for_reasons(given)
    context = {
        "proposal": found,
        "call": found.call,
        "case": found.case,
        "content": shown(found.counted) if found.counted else None,
        "form": form,
        "sheet": given,
        "rubric": rubric,
        "is_open": found.call.case.stage == "scoring",
        "whose_figures": whose_figures(procedure_of(found.call.case), language()),
    }
    return render(request, "calls/sheet.html", context)


def _saved(request: HttpRequest, proposal: Proposal, member: Person, form: SheetForm) -> bool:
    """Save the sheet; say on the form why not."""
    marks = form.marks()
    try:
        actions.score(
            proposal,
            member=member,
            marks=marks,
            by=account_of(request),
            version=form.cleaned_data["version"] or 0,
        )
    except actions.ScoringClosed:
        form.add_error(None, _("Sheets are filled only while the contest is being scored."))
        return False
    except (HasInterest, NotDeclared):
        form.add_error(None, _("First declare whether you have an interest in this proposal."))
        return False
    except SheetChanged:
        form.add_error(
            None, _("You saved this sheet in another window. Open it again to see what is kept.")
        )
        return False
    if marks.is_complete:
        messages.success(request, _("The sheet is complete and handed in."))
    else:
        messages.info(
            request,
            _("Saved, but not handed in: some criteria still have no points or no reason."),
        )
    return True


@login_required
@require_safe
def board(request: HttpRequest, ref: str) -> HttpResponse:
    """Show who has still to do what, without any mark."""
    found = working_call_for(request.user, ref)
    if is_sealed(found):
        raise Http404
    board = board_of(found)
    page = Paginator(board.proposals, BOARD_ROWS).get_page(request.GET.get("page"))
    cells = board.progress.cells
    rows = [
        (one, [(m, cells[one.case_id, m.person_id].value) for m in board.members]) for one in page
    ]
    shown_panel = panel(found.case, request.user)
    context = {
        "call": found,
        "panel": shown_panel,
        "board": board,
        "rows": rows,
        "page": page,
        "done": sum(state.value in {"scored", "excused"} for state in cells.values()),
        "whole": len(cells),
        "is_member": "commission" in shown_panel.roles,
        "has_left": has_left(found, roles_of(found.case, request.user).get("commission")),
        "tied": tied(found) if found.case.stage == "decided" else (),
        **signs(found, shown_panel.roles),
    }
    return render(request, "calls/board.html", context)
