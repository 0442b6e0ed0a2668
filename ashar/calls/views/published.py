"""The scores of a decided contest as data, for whoever wants to count again."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from ashar.calls.access import call_for
from ashar.calls.queries.calls import rubric_of
from ashar.calls.queries.published import published_scores
from ashar.calls.views.calls import DECIDED_STAGES


@require_safe
def scores(request: HttpRequest, ref: str) -> HttpResponse:
    """Give every sheet of the contest, its weights and its outcome (see tools/recount.py)."""
    found = call_for(request.user, ref)
    if found.case.stage not in DECIDED_STAGES or found.case.is_archived or rubric_of(found) is None:
        raise Http404
    return JsonResponse(published_scores(found), json_dumps_params={"ensure_ascii": False})
