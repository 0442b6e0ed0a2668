"""Reads about complaints."""

from __future__ import annotations

from django.utils import timezone

from ashar.calls.models import Complaint, Proposal
from ashar.calls.queries.calls import complaint_last_day

# Stage of the proposal -> where the call may stand while its decision can be complained of.
STAGES = {
    "admitted": frozenset({"decided"}),
    "not_admitted": frozenset({"admission", "scoring", "decided"}),
}


def may_complain(proposal: Proposal) -> bool:
    """Say whether a complaint on the proposal can be lodged now."""
    call = proposal.call
    if call.case.stage not in STAGES.get(proposal.case.stage, frozenset()):
        return False
    last_day = complaint_last_day(call)
    if last_day is not None and timezone.localdate() > last_day:
        return False
    return not proposal.complaints.filter(case__stage="lodged").exists()


def complaints_of(proposal: Proposal) -> list[Complaint]:
    """Return the complaints on a proposal, oldest first."""
    return list(proposal.complaints.select_related("case").order_by("pk"))
