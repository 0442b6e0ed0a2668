"""What is published of a decided contest, so that anybody can count the ranking again."""

from __future__ import annotations

from typing import Any

from django.utils.crypto import salted_hmac

from ashar.calls.models import Call, Proposal
from ashar.calls.queries.calls import rubric_of
from ashar.calls.queries.proposals import admitted_proposals
from ashar.cases.queries import procedure_of
from ashar.reviews.models import Review
from ashar.reviews.queries import complete_sheets, declarations_on

# tools/recount.py reads this shape; a change of the shape is a new name.
FORMAT = "ashar-scores-1"


def published_scores(call: Call) -> dict[str, Any]:
    """Return the sheets of a decided call with its weights and outcome; members are numbered.

    Their numbers follow no list: who gave which mark is not told, only that it was one person.
    """
    rubric = rubric_of(call)
    if rubric is None:
        raise ValueError("a contest without a rubric has no scores")
    proposals = list(admitted_proposals(call).select_related("case").order_by("rank", "pk"))
    cases = [one.case_id for one in proposals]
    sheets = list(complete_sheets(cases).prefetch_related("scores"))
    declared = declarations_on(cases)
    numbers = _numbers(call, {member for _case, member in declared} | {s.member_id for s in sheets})
    pass_mark = procedure_of(call.case).numbers.get("pass_mark")
    return {
        "format": FORMAT,
        "call": call.case.ref,
        "title": {"ky": call.case.title_ky, "ru": call.case.title_ru},
        "scale": _figure(rubric.scale.value),
        "pass_mark": _figure(pass_mark.value) if pass_mark else None,
        "criteria": [
            {
                "key": one.key,
                "title": {"ky": one.title.ky, "ru": one.title.ru},
                "weight": _figure(one.weight.value),
            }
            for one in rubric.criteria
        ],
        "proposals": [
            _proposal(
                one,
                [sheet for sheet in sheets if sheet.case_id == one.case_id],
                [m for (case, m), interest in declared.items() if case == one.case_id and interest],
                numbers,
            )
            for one in proposals
        ],
    }


def _figure(value: object) -> str | None:
    """Return a figure of the law exactly, as whole numbers or a fraction; None while unknown."""
    return None if value is None else str(value)


def _numbers(call: Call, members: set[int]) -> dict[int, int]:
    """Number the members in an order that tells nothing of who they are."""

    def place(member: int) -> str:
        return salted_hmac("ashar.calls.published", f"{call.case.ref} {member}").hexdigest()

    return {member: number for number, member in enumerate(sorted(members, key=place), start=1)}


def _proposal(
    proposal: Proposal, sheets: list[Review], excused: list[int], numbers: dict[int, int]
) -> dict[str, Any]:
    """Return one proposal with its sheets; that of a member with an interest never counted."""
    return {
        "ref": proposal.case.ref,
        "place": proposal.rank,
        "total_thousandths": proposal.total_score,
        "won": proposal.case.stage == "awarded",
        "excused": sorted(numbers[member] for member in excused),
        "sheets": sorted(
            (
                {
                    "member": numbers[sheet.member_id],
                    "points": {score.criterion: score.points for score in sheet.scores.all()},
                }
                for sheet in sheets
                if sheet.member_id not in excused
            ),
            key=lambda sheet: str(sheet["member"]).zfill(4),
        ),
    }
