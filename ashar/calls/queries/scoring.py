"""Reads of the commission's work: progress without marks, the ranking, what is published."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Exists, OuterRef

from ashar.calls.core import Progress
from ashar.calls.models import Call, Proposal
from ashar.calls.queries.calls import members_of, rubric_of
from ashar.calls.queries.proposals import admitted_proposals
from ashar.cases.queries import procedure_of
from ashar.parties.models import Mandate, Person
from ashar.procedures.model import Criterion
from ashar.procedures.scoring import Ranking, ScoreSheet, rank
from ashar.reviews.models import Disclosure, Review
from ashar.reviews.queries import complete_sheets, conflicted_sheets, declarations_on


@dataclass(frozen=True)
class Board:
    """Who has still to do what; no mark is told."""

    proposals: tuple[Proposal, ...]
    members: tuple[Mandate, ...]
    progress: Progress


@dataclass(frozen=True)
class CriterionScore:
    """What the commission gave for one criterion, with the reasons written."""

    criterion: Criterion
    mean: Fraction
    comments: tuple[str, ...]


@dataclass(frozen=True)
class ScoredProposal:
    """A proposal with its place, scores and reasons, as published."""

    proposal: Proposal
    scores: tuple[CriterionScore, ...]
    advice: tuple[str, ...]
    reviewers: int


def board_of(call: Call) -> Board:
    """Return the board of the commission's progress."""
    proposals = tuple(admitted_proposals(call).order_by("pk"))
    members = tuple(members_of(call))
    progress = progress_of([proposal.case_id for proposal in proposals], members)
    return Board(proposals, members, progress)


def progress_of(cases: Collection[int], members: Collection[Mandate]) -> Progress:
    """Return how far these members have come with the proposals of these cases."""
    return Progress.of(
        cases,
        [mandate.person_id for mandate in members],
        declared=declarations_on(cases),
        scored=set(complete_sheets(cases).values_list("case_id", "member_id")),
    )


def progress_in(call: Call) -> Progress:
    """Return how far the commission of the call has come, without reading its proposals."""
    return progress_of(_admitted_cases(call), members_of(call))


def _admitted_cases(call: Call) -> list[int]:
    return list(admitted_proposals(call).order_by("pk").values_list("case_id", flat=True))


def conflicted_scores(call: Call) -> int:
    """Return how many sheets stand although their member declared an interest."""
    return conflicted_sheets(_admitted_cases(call)).count()


def ranking_of(call: Call) -> Ranking:
    """Return the ranking by the sheets as they stand."""
    rubric = rubric_of(call)
    if rubric is None:
        return Ranking()
    cases = _admitted_cases(call)
    excused = {pair for pair, interest in declarations_on(cases).items() if interest}
    sheets = [
        ScoreSheet(
            proposal=str(sheet.case_id),
            reviewer=str(sheet.member_id),
            marks={score.criterion: score.points for score in sheet.scores.all()},
            is_conflicted=(sheet.case_id, sheet.member_id) in excused,
        )
        for sheet in complete_sheets(cases).prefetch_related("scores")
    ]
    return rank(rubric, sheets, procedure_of(call.case).numbers.get("pass_mark"))


def scored_proposals(call: Call) -> tuple[ScoredProposal, ...]:
    """Return the proposals by place with the mean and the reasons of each criterion."""
    rubric = rubric_of(call)
    if rubric is None:
        return ()
    proposals = list(admitted_proposals(call).order_by("rank", "pk"))
    sheets = list(complete_sheets([one.case_id for one in proposals]).prefetch_related("scores"))
    by_case: dict[int, list[Review]] = {}
    for sheet in sheets:
        by_case.setdefault(sheet.case_id, []).append(sheet)
    return tuple(
        _scored(proposal, rubric.criteria, by_case.get(proposal.case_id, []))
        for proposal in proposals
    )


def _scored(
    proposal: Proposal, criteria: tuple[Criterion, ...], sheets: list[Review]
) -> ScoredProposal:
    scores = []
    for criterion in criteria:
        marks = [s for sheet in sheets for s in sheet.scores.all() if s.criterion == criterion.key]
        mean = Fraction(sum(s.points for s in marks), len(marks)) if marks else Fraction(0)
        comments = tuple(s.comment for s in marks if s.comment.strip())
        scores.append(CriterionScore(criterion, mean, comments))
    advice = tuple(sheet.advice for sheet in sheets if sheet.advice.strip())
    return ScoredProposal(proposal, tuple(scores), advice, len(sheets))


def next_to_score(call: Call, member: Person, after: int = 0) -> Proposal | None:
    """Return the member's next proposal without a complete sheet, going round after one.

    Asked after every sheet, so that it reads one proposal and not the whole board.
    """
    mine = {"case_id": OuterRef("case_id"), "member": member}
    left = (
        admitted_proposals(call)
        .exclude(Exists(Disclosure.objects.filter(**mine, has_interest=True)))
        .exclude(Exists(Review.objects.filter(**mine, submitted_at__isnull=False)))
        .order_by("pk")
    )
    return left.filter(pk__gt=after).first() or left.first()


def has_left(call: Call, member: Mandate | None) -> bool:
    """Say whether a proposal being scored still waits for the member's sheet."""
    is_scoring = call.case.stage == "scoring"
    return is_scoring and member is not None and next_to_score(call, member.person) is not None


def declared_by(proposal: Proposal, member: Person) -> Disclosure | None:
    """Return what the member declared about the proposal."""
    return Disclosure.objects.filter(case_id=proposal.case_id, member=member).first()


def sheet_of(proposal: Proposal, member: Person) -> Review | None:
    """Return the member's own sheet on the proposal, with its scores."""
    return (
        Review.objects.filter(case_id=proposal.case_id, member=member)
        .prefetch_related("scores")
        .first()
    )


def tied(call: Call) -> tuple[Proposal, ...]:
    """Return the proposals that share the first place, when more than one does."""
    first = tuple(admitted_proposals(call).filter(rank=1))
    return first if len(first) > 1 else ()
