"""Pages of a call: the list, the call, its notice, commission, questions and answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ashar.calls import actions
from ashar.calls.access import (
    CUSTOMER_ROLES,
    applicants_of,
    call_for,
    calls_visible_to,
    clerk_call_for,
    possible_applicants,
)
from ashar.calls.choices import NOTICE_PARTS
from ashar.calls.forms import AnswerForm, CommissionForm, MemberForm, NoticeForm, QuestionForm
from ashar.calls.models import Call
from ashar.calls.queries.calls import (
    appointed_to,
    call_list,
    customer_of,
    highest_total,
    is_receiving,
    measures_to_order,
    members_of,
    procedures_without_programme,
    questions_of,
    representatives_among,
    rubric_of,
    rules_of,
    said_bodies,
    text_in,
    time_left,
    unknown_rules_of,
)
from ashar.calls.queries.proposals import own_proposal_in, refused_proposals, submission_count
from ashar.calls.queries.scoring import has_left, scored_proposals
from ashar.calls.tables import CallFilter, CallTable
from ashar.calls.views.people import account_of
from ashar.cases.queries import language, panel, roles_of
from ashar.events.actions import ChangedMeanwhile
from ashar.interface.forms import AsharForm, rows_of
from ashar.interface.lists import listing
from ashar.parties.access import organisations_of
from ashar.parties.actions import SamePerson
from ashar.parties.models import Account, Organisation, Person
from ashar.programmes.models import Measure

DECIDED_STAGES = frozenset({"decided", "awarded"})
MOST_MEMBERS = 30


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the calls the reader may open; published ones for everybody."""
    return listing(
        request,
        queryset=call_list().filter(calls_visible_to(request.user)),
        filterset=CallFilter,
        table=CallTable,
        page_title=_("Contests of social orders"),
        empty=_("No contest has been announced yet. Come back later."),
    )


@require_safe
def call(request: HttpRequest, ref: str) -> HttpResponse:
    """Show a call: notice, deadline, questions, commission and, once decided, the results."""
    found = call_for(request.user, ref)
    roles = roles_of(found.case, request.user)
    context = {
        "call": found,
        "panel": panel(found.case, request.user),
        "customer": customer_of(found),
        "items": _items(found),
        "time_left": time_left(found.closes_at) if found.case.stage == "open" else "",
        "members": members_of(found),
        **_waiting_members(request, found),
        "rubric": rubric_of(found),
        "rules": rules_of(found),
        "unknown_rules": unknown_rules_of(found),
        "questions": questions_of(found),
        "question_form": QuestionForm(),
        "is_receiving": is_receiving(found),
        "submission_count": submission_count(found),
        "is_clerk": "customer" in roles,
        "is_member": "commission" in roles,
        "has_left": has_left(found, roles.get("commission")),
        "applicants": possible_applicants(request.user, found),
        "own": own_proposal_in(found, [one.pk for one in applicants_of(request.user)]),
        **_results(found),
    }
    return render(request, "calls/call.html", context)


def _items(call: Call) -> list[tuple[str, str]]:
    """Return the written items of the notice in the reader's language."""
    tongue = language()
    return [(str(title), text_in(call, part, tongue)) for part, title in NOTICE_PARTS.items()]


def _results(call: Call) -> dict[str, Any]:
    """Return what is published once the commission has decided."""
    if call.case.stage in DECIDED_STAGES:
        return {
            "scored": scored_proposals(call),
            "refused": refused_proposals(call),
            "highest": highest_total(rubric_of(call)),
        }
    if call.case.stage == "failed":
        return {"refused": refused_proposals(call)}
    return {}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Choose the measure of an approved programme for which a call is prepared."""
    own = organisations_of(request.user, *CUSTOMER_ROLES)
    measures = measures_to_order([one for one in own if one.territory_id])
    if not own:
        raise Http404
    others = procedures_without_programme()
    if request.method == "POST":
        made = _begun(request, measures, dict(others), own[0])
        messages.success(request, _("The call is prepared. Now write its announcement."))
        return redirect("calls:edit", made.case.ref)
    return render(request, "calls/begin.html", {"measures": measures, "others": others})


def _begun(
    request: HttpRequest,
    measures: QuerySet[Measure],
    others: Mapping[str, str],
    customer: Organisation,
) -> Call:
    """Open the call that was chosen; Http404 for what was not offered."""
    procedure = request.POST.get("procedure", "")
    if procedure in others:
        return actions.open_call(
            None, by=account_of(request), procedure=procedure, customer=customer
        )
    measure = get_object_or_404(measures, ref=request.POST.get("measure", ""))
    begun = measure.calls.filter(case__stage="preparing").first()  # perhaps by a first click
    return begun or actions.open_call(measure, by=account_of(request))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, ref: str) -> HttpResponse:
    """Write the announcement before it is published."""
    found = clerk_call_for(request.user, ref)
    published = _("The announcement is published already and changes only by a recorded decision.")
    if request.method != "POST" and found.case.stage != "preparing":
        messages.info(request, published)
        return redirect(found)
    form = NoticeForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        if form.says_what_is_saved:
            return redirect(found)
        try:
            actions.edit_call(found, by=account_of(request), **form.cleaned_data)
        except ChangedMeanwhile:
            form.changed_meanwhile(found.case.version)
        except actions.NoticeClosed:
            form.add_error(None, published)
        else:
            messages.success(request, _("The announcement is saved."))
            return redirect(found)
    return render(request, "calls/edit.html", {"call": found, "case": found.case, "form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def commission(request: HttpRequest, ref: str) -> HttpResponse:
    """Appoint the commission: its members, the independent ones among them, and the act."""
    found = clerk_call_for(request.user, ref)
    if request.method != "POST" and found.case.stage != "preparing":
        messages.info(request, _("The call is announced: its commission can no longer be changed."))
        return redirect(found)
    present = appointed_to(found)
    act = present[0].act if present else ""
    form = CommissionForm(request.POST or None, initial={"act": act, "version": found.case.version})
    people = Person.objects.filter(account__isnull=False).order_by("search_key", "pk")
    members = rows_of(MemberForm, extra=3 if present else 5, most=MOST_MEMBERS)(
        request.POST or None,
        prefix="members",
        form_kwargs={"people": people, "bodies": said_bodies(people)},
        initial=[
            {"person": one.person_id, "is_independent": one.is_independent} for one in present
        ],
    )
    if request.method == "POST" and form.is_valid() and members.is_valid():
        chosen = [
            (row["person"], row["is_independent"])
            for row in (one.cleaned_data for one in members.forms)
            if row.get("person")
        ]
        is_saved = form.says_what_is_saved and not members.has_changed()
        if is_saved or (
            not _chosen_twice(members.forms) and _appointed(request, found, form, chosen)
        ):
            return redirect(found)
    context = {"call": found, "case": found.case, "form": form, "formset": members}
    return render(request, "calls/commission.html", context)


def _waiting_members(request: HttpRequest, call: Call) -> dict[str, Any]:
    """Return who of the commission waits for a second person, to those who may know."""
    if call.case.stage != "preparing":
        return {}
    waiting = [one for one in appointed_to(call) if one.confirmed_at is None]
    user = request.user
    person = user.person_id if isinstance(user, Account) else None
    may = bool(waiting) and person not in {
        pk for one in waiting for pk in (one.given_by_id, one.person_id)
    }
    return {"waiting_members": waiting, "may_confirm": may}


@login_required
@require_POST
def confirm_commission(request: HttpRequest, ref: str) -> HttpResponse:
    """Confirm the composition that a colleague appointed."""
    found = clerk_call_for(request.user, ref)
    try:
        actions.confirm_commission(found, by=account_of(request))
    except SamePerson:
        said = _(
            "Whoever appointed the commission, or sits in it, cannot confirm it. Ask the head or "
            "another colleague."
        )
        messages.error(request, said)
    except actions.NoticeClosed:
        messages.info(request, _("The composition of this commission is settled."))
    else:
        messages.success(request, _("The commission is confirmed."))
    return redirect(found)


def _chosen_twice(rows: Iterable[AsharForm]) -> bool:
    """Say beside every row that names a person of an earlier row that it does."""
    seen: dict[Person, int] = {}
    is_found = False
    for number, row in enumerate(rows, start=1):
        person = row.cleaned_data.get("person")
        if person is None:
            continue
        if seen.setdefault(person, number) != number:
            is_found = True
            said = _("%(name)s stands in row %(number)s already. Choose somebody else.")
            row.add_error("person", said % {"name": person, "number": seen[person]})
    return is_found


def _warn_of_representatives(request: HttpRequest, people: list[Person]) -> None:
    """Say who acts for a body that may itself take part: no act forbids such a member."""
    for one in representatives_among(people):
        said = _(
            "%(name)s represents «%(body)s». If it takes part, this member must declare an "
            "interest and does not score its proposal. Choose somebody else if you can."
        )
        body = one.organisation.name_ru if language() == "ru" else one.organisation.name_ky
        messages.warning(request, said % {"name": one.person, "body": body})


def _appointed(
    request: HttpRequest, call: Call, form: CommissionForm, chosen: list[tuple[Person, bool]]
) -> bool:
    """Appoint those chosen; say on the form why not."""
    if not chosen:
        form.add_error(None, _("Choose at least one member."))
        return False
    try:
        actions.appoint_commission(
            call, members=chosen, by=account_of(request), **form.cleaned_data
        )
    except ChangedMeanwhile:
        form.changed_meanwhile(call.case.version)
        return False
    except actions.NoticeClosed:
        form.add_error(None, _("The call is announced: its commission can no longer be changed."))
        return False
    messages.success(request, _("The commission is appointed."))
    _warn_of_representatives(request, [person for person, _independent in chosen])
    return True


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, ref: str) -> HttpResponse:
    """Put a question about an open call."""
    found = call_for(request.user, ref)
    if request.method != "POST" and not is_receiving(found):
        messages.info(request, _("Questions were accepted until the call closed."))
        return redirect(found)
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_question(found, text=form.cleaned_data["text"], by=account_of(request))
        except actions.NoticeClosed:
            form.add_error(None, _("Questions were accepted until the call closed."))
        else:
            messages.success(request, _("Your question is published. The answer appears here too."))
            return redirect(f"{found.get_absolute_url()}#questions")
    return render(request, "calls/ask.html", {"call": found, "case": found.case, "form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Answer a question publicly."""
    found = clerk_call_for(request.user, ref)
    question = get_object_or_404(found.questions, pk=pk)
    form = AnswerForm(request.POST or None, initial={"answer": question.answer})
    if request.method == "POST" and form.is_valid():
        actions.answer_question(
            question, answer=form.cleaned_data["answer"], by=account_of(request)
        )
        messages.success(request, _("The answer is published."))
        return redirect(f"{found.get_absolute_url()}#questions")
    return render(
        request,
        "calls/answer.html",
        {"call": found, "case": found.case, "question": question, "form": form},
    )
