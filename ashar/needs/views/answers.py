"""The page on which free answers are put under needs of the catalogue."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ashar.cases.queries import law
from ashar.needs.access import clerk_need_for, clerk_study_for
from ashar.needs.actions import NotNow, add_need, group_answers, remove_need, ungroup_answers
from ashar.needs.forms import GroupingForm, UngroupingForm
from ashar.needs.models import Answer, Need, NeedsStudy
from ashar.needs.queries import CATALOGUE, answers_of, grouped_needs, same_words, topics
from ashar.needs.views.saving import signed_in

COLLECTING = "collecting"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def grouping(request: HttpRequest, ref: str) -> HttpResponse:
    """Tick answers, choose a need or make one, and put them under it; or take them out again."""
    study = clerk_study_for(request.user, ref)
    if study.case.stage != COLLECTING:
        messages.warning(request, _("The ranking is fixed, so the answers cannot be changed."))
        return redirect(study)
    form = GroupingForm(None, study=study)
    if request.method == "POST":
        if "ungroup" in request.POST:
            return _ungroup(request, study)
        form = GroupingForm(request.POST, study=study)
        if form.is_valid() and _group(request, study, form):
            return redirect("needs:grouping", study.case.ref)
    return _page(request, study, form)


def _group(request: HttpRequest, study: NeedsStudy, form: GroupingForm) -> bool:
    """Put the ticked answers under the need; say how many a colleague grouped meanwhile."""
    given = form.cleaned_data
    try:
        need = given["need"] or _new_need(request, study, given)
        asked = _with_same_words(study, given["answers"], need=None)
        done = group_answers(study, asked, need=need, by=signed_in(request))
    except NotNow:
        form.add_error(None, _("The ranking is fixed, so the answers cannot be changed."))
        return False
    messages.success(request, _("Answers put under the need: %(count)s.") % {"count": done})
    if done < len(asked):
        sentence = _("Already put under a need by a colleague meanwhile: %(count)s.")
        messages.warning(request, sentence % {"count": len(asked) - done})
    return True


def _with_same_words(
    study: NeedsStudy, ticked: Iterable[Answer], *, need: Need | None
) -> list[int]:
    """Return the ticked answers and those beside them that say the same in the same words."""
    chosen = {answer.pk for answer in ticked}
    beside = [
        answer for answer in answers_of(study) if answer.need_id == (need.pk if need else None)
    ]
    for alike in same_words(beside):
        if chosen & set(alike.pks):
            chosen.update(alike.pks)
    return sorted(chosen)


def _new_need(request: HttpRequest, study: NeedsStudy, given: dict[str, str]) -> Need:
    """Make a need of the topic, in the words typed or else those of the catalogue."""
    words = law().vocabulary(CATALOGUE).terms[given["topic"]].title
    has_own = bool(given["title_ky"] or given["title_ru"])
    return add_need(
        study,
        topic=given["topic"],
        title_ky=given["title_ky"] if has_own else words.ky,
        title_ru=given["title_ru"] if has_own else words.ru,
        by=signed_in(request),
    )


def _ungroup(request: HttpRequest, study: NeedsStudy) -> HttpResponse:
    form = UngroupingForm(request.POST, study=study)
    if not form.is_valid():
        messages.warning(request, _("Tick at least one answer."))
    else:
        try:
            ticked = form.cleaned_data["answers"]
            asked = [pk for one in ticked for pk in _with_same_words(study, [one], need=one.need)]
            freed = ungroup_answers(study, asked, by=signed_in(request))
        except NotNow:
            messages.warning(request, _("The ranking is fixed, so the answers cannot be changed."))
        else:
            messages.success(request, _("Answers taken out: %(count)s.") % {"count": freed})
    return redirect("needs:grouping", study.case.ref)


def _page(request: HttpRequest, study: NeedsStudy, form: GroupingForm) -> HttpResponse:
    answers = list(answers_of(study))
    context = {
        "study": study,
        "case": study.case,
        "form": form,
        "left": same_words(answer for answer in answers if answer.need_id is None),
        "left_count": sum(answer.need_id is None for answer in answers),
        "needs": grouped_needs(study, answers),
        "topics": topics(),
        "total": len(answers),
    }
    return render(request, "needs/grouping.html", context)


@login_required
@require_POST
def delete_need(request: HttpRequest, ref: str) -> HttpResponse:
    """Remove a need under which no answer stands."""
    need = clerk_need_for(request.user, ref)
    study = need.study
    try:
        remove_need(need, by=signed_in(request))
    except NotNow:
        messages.warning(request, _("Take its answers out first; then the need can be removed."))
    else:
        messages.success(request, _("The need was removed."))
    return redirect("needs:grouping", study.case.ref)
