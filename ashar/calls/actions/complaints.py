"""An applicant complains of a decision about its proposal."""

from __future__ import annotations

from ashar.calls.models import Complaint, Proposal
from ashar.calls.queries.complaints import may_complain
from ashar.cases.actions import Opening, hold_stage, open_case
from ashar.journal.actions import deed
from ashar.parties.models import Account


class MayNotComplain(Exception):
    """There is no decision to complain of, or it is too late, or one complaint is open."""


@deed
def lodge_complaint(proposal: Proposal, *, text: str, by: Account | None) -> Complaint:
    """Lodge a complaint: a case of its own under the proposal's, for the customer to answer."""
    call = proposal.call.case
    if not hold_stage(call, call.stage) or not may_complain(proposal):
        raise MayNotComplain
    case = open_case(
        Opening(
            procedure=proposal.case.procedure,
            track="complaint",
            territory=proposal.case.territory,
            title_ky=proposal.case.title_ky,
            title_ru=proposal.case.title_ru,
            parent=proposal.case,
        ),
        by=by,
    )
    return Complaint.objects.create(case=case, proposal=proposal, text=text.strip())
