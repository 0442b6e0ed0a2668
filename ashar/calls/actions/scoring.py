"""Members declare and score; the decision freezes the ranking; the award settles it."""

from __future__ import annotations

from datetime import datetime

from ashar.calls.models import Call, Proposal
from ashar.calls.queries.hints import hints_on
from ashar.calls.queries.proposals import admitted_proposals
from ashar.calls.queries.scoring import ranking_of
from ashar.cases.actions import hold_stage, make_move, publish_case, retitle_case
from ashar.cases.models import Case
from ashar.journal.actions import deed
from ashar.parties.access import acts_for
from ashar.parties.models import Account, Person
from ashar.reviews.actions import declare_interest, save_sheet
from ashar.reviews.core import Marks
from ashar.reviews.core.hints import asked_of
from ashar.reviews.models import Disclosure, Review

THOUSANDTHS = 1000


class ScoringClosed(Exception):
    """Sheets are filled only while the call is being scored."""


class OwnProposal(Exception):
    """Who acts for the applicant has an interest in its proposal and cannot deny it."""


def _require(proposal: Proposal, *stages: str) -> None:
    """Hold the call at one of these stages, so that no decision overtakes the sheet."""
    if not hold_stage(proposal.call.case, *stages) or proposal.case.stage not in {
        "submitted",
        "admitted",
    }:
        raise ScoringClosed


@deed
def disclose(
    proposal: Proposal, *, member: Person, has_interest: bool, reason: str = "", by: Account
) -> Disclosure:
    """Declare whether the member has an interest in the proposal; with one there is no sheet.

    Raises ScoringClosed outside admission and scoring, OwnProposal when a person who acts for
    the applicant declares to have none.
    """
    _require(proposal, "admission", "scoring")
    if not has_interest and acts_for(by, proposal.applicant_id):
        raise OwnProposal
    return declare_interest(
        proposal.case,
        member=member,
        has_interest=has_interest,
        reason=reason,
        hinted=asked_of(hints_on(proposal, member)),
        by=by,
    )


@deed
def score(
    proposal: Proposal, *, member: Person, marks: Marks, by: Account, version: int | None = None
) -> Review:
    """Fill the member's sheet on the proposal.

    Raises ScoringClosed outside scoring; NotDeclared, HasInterest, SheetChanged as reviews.
    """
    _require(proposal, "scoring")
    return save_sheet(proposal.case, member=member, marks=marks, by=by, version=version)


def freeze_ranking(case: Case) -> None:
    """Write each admitted proposal's total and place."""
    ranking = ranking_of(Call.objects.select_related("case").get(case=case))
    for place in ranking.places:
        Proposal.objects.filter(case_id=int(place.proposal)).update(
            total_score=round(place.total * THOUSANDTHS), rank=place.place
        )


def unfreeze_ranking(case: Case) -> None:
    """Take totals and places back: the proposals are scored again."""
    Proposal.objects.filter(call__case=case).update(total_score=None, rank=None)


def settle_proposals(case: Case, *, now: datetime | None = None) -> None:
    """Tell every admitted proposal whether it won, and open the winner's page to everybody.

    A tie for the first place does not come here: the commission scores again.
    A proposal below the pass mark, where one is set, does not win.
    """
    call = Call.objects.select_related("case").get(case=case)
    passes = {int(place.proposal): place.passes for place in ranking_of(call).places}
    for proposal in admitted_proposals(call).filter(case__stage="admitted"):
        wins = proposal.rank == 1 and passes.get(proposal.case_id) is not False
        make_move(proposal.case, "win" if wins else "lose", by=None, now=now)
        # What was scored is published with its reasons: from now on the project names the case.
        retitle_case(proposal.case, title_ky=proposal.title, title_ru=proposal.title)
        if wins:
            publish_case(proposal.case)
