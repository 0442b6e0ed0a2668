"""Two contests: a great one whose proposals are being scored, and one that is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from ashar.calls.models import AdmissionCheck, Call, Proposal, Submission
from ashar.calls.queries.calls import rules_of
from ashar.cases.models import Case
from ashar.kernel.money import Som
from ashar.kernel.text import search_key
from ashar.programmes.models import Measure
from ashar.reviews.models import Disclosure, Review, Score
from tools.benching.cases import Plan, decide, make_cases, stand
from tools.benching.people import BATCH, WRITERS, Land

ORDER = "municipal_social_order"
PARTS = ("goal", "tasks", "problem", "target_group", "results", "requirements", "contact")
CRITERIA = ("relevance", "results", "method", "capacity", "cost", "sustainability")
WORDS = [
    "балдар",
    "күндүзгү",
    "борбор",
    "айыл",
    "жардам",
    "кароо",
    "окутуу",
    "ден",
    "соолук",
    "сууга",
    "жол",
    "үй",
    "бүлө",
]
RATE = 3_000_050  # tyiyn
SOURCES = ("local_own", "ngo_own")


@dataclass
class Contest:
    """A call with its proposals."""

    call: Call
    proposals: list[Proposal]


def sentence(chance: Random, words: int) -> str:
    """Return so many words of the field."""
    return " ".join(chance.choice(WORDS) for _ in range(words)).capitalize()


def _texts(chance: Random) -> dict[str, str]:
    lengths = {"title": 5, "summary": 60, "method": 150, "experience": 40, "sustainability": 40}
    return {part: sentence(chance, words) for part, words in lengths.items()}


def typed_of(texts: dict[str, str]) -> dict[str, Any]:
    """Return a complete draft as a person types it."""
    return {
        **texts,
        "results": [{"title": "Балдар", "unit": "бала", "target": "18"}],
        "activities": [{"title": "Ачуу", "starts_on": "01.02.2027", "ends_on": "01.03.2027"}],
        "team": [{"role": "Жетекчи", "qualification": "педагог"}],
        "budget": [
            {"title": "Айлык", "unit": "ай", "quantity": "10", "rate": "30 000,50", "source": one}
            for one in SOURCES
        ],
    }


def _content(texts: dict[str, str]) -> dict[str, Any]:
    """Return what is kept of a proposal handed in."""
    return {
        "texts": texts,
        "results": [{"title": "Балдар", "unit": "бала", "target": "18"}],
        "activities": [["Ачуу", "2027-02-01", "2027-03-01"]],
        "team": [{"role": "Жетекчи", "qualification": "педагог"}],
        "budget": [["Айлык", "ай", "10", RATE, RATE * 10, one] for one in SOURCES],
        "total": RATE * 20,
        "requested": RATE * 10,
        "papers": [],
    }


def _call(land: Land, stage: str, measure: Measure, chance: Random) -> Call:
    plan = Plan(ORDER, "call", stage, land.municipalities[0], sentence(chance, 6), days_ago=50)
    case = make_cases([(plan, measure.programme.case)])[0]
    stand([(case, "customer", land.offices[0]), (case, "commission", land.commissions[0])])
    decide([case], land.accounts["clerk"], ("announce", "preparing", "open"))
    texts = {f"{part}_{code}": sentence(chance, 50) for part in PARTS for code in ("ky", "ru")}
    ahead = timedelta(days=20 if stage == "open" else -10)
    return Call.objects.create(
        case=case,
        measure=measure,
        commission=land.commissions[0],
        starts_on=date(2027, 2, 1),
        ends_on=date(2027, 12, 1),
        maximum=Som.of(5_000_000),
        closes_at=timezone.now() + ahead,
        search_key=case.search_key,
        **texts,
    )


def _proposal_cases(land: Land, call: Call, stages: list[str]) -> list[Case]:
    place = land.municipalities[0]
    return make_cases(
        (
            Plan(ORDER, "proposal", stage, place, f"Долбоор {number}", 40, is_public=False),
            call.case,
        )
        for number, stage in enumerate(stages)
    )


def _proposals(land: Land, call: Call, stages: list[str], chance: Random) -> list[Proposal]:
    """Write proposals, the i-th of the i-th applicant; all but drafts with their submission."""
    cases = _proposal_cases(land, call, stages)
    texts = [_texts(chance) for _ in stages]
    rows = Proposal.objects.bulk_create(
        (
            Proposal(
                case=case, call=call, applicant=land.applicants[number],
                typed=typed_of(texts[number]), typed_at=timezone.now(), **texts[number],
            )
            for number, case in enumerate(cases)
        ),
        batch_size=BATCH,
    )  # fmt: skip
    _hand_in(land, [row for row in rows if row.case.stage != "draft"])
    stand((row.case, "applicant", row.applicant) for row in rows)
    return rows


def _hand_in(land: Land, rows: list[Proposal]) -> None:
    by = land.accounts["writer-0"]
    submissions = Submission.objects.bulk_create(
        (
            Submission(
                proposal=row, number=1, content=_content(_said(row)), sha256="0" * 64,
                title=row.title, total=Som(RATE * 20), requested=Som(RATE * 10),
                search_key=search_key(f"{row.title} {row.applicant.name_ky} {row.case.ref}"),
                submitted_at=row.case.since, submitted_by=by,
            )
            for row in rows
        ),
        batch_size=BATCH,
    )  # fmt: skip
    for row, submission in zip(rows, submissions, strict=True):
        row.counted = submission
    Proposal.objects.bulk_update(rows, ["counted"], batch_size=BATCH)


def _said(row: Proposal) -> dict[str, str]:
    parts = ("title", "summary", "method", "experience", "sustainability")
    return {part: getattr(row, part) for part in parts}


def make_great(land: Land, measure: Measure, count: int, chance: Random) -> Contest:
    """Make the contest in scoring: every proposal admitted, every interest declared."""
    call = _call(land, "scoring", measure, chance)
    rows = _proposals(land, call, ["admitted"] * count, chance)
    moves = (("submit", "draft", "submitted"), ("admit", "submitted", "admitted"))
    decide([row.case for row in rows], land.accounts["clerk"], *moves)
    for actor, body in (("customer", land.offices[0]), ("commission", land.commissions[0])):
        stand((row.case, actor, body) for row in rows)
    now = timezone.now()
    AdmissionCheck.objects.bulk_create(
        (
            AdmissionCheck(proposal=row, rule=rule.key, result="met", checked_at=now)
            for row in rows
            for rule in rules_of(call)
        ),
        batch_size=BATCH,
    )
    Disclosure.objects.bulk_create(
        (
            Disclosure(case=row.case, member=member, has_interest=False, declared_at=now)
            for row in rows
            for member in land.members
        ),
        batch_size=BATCH,
    )
    _score_half(land, rows, chance)
    return Contest(call, rows)


def _score_half(land: Land, rows: list[Proposal], chance: Random) -> None:
    """Let the last member have scored the first half of the proposals."""
    now, member = timezone.now(), land.members[-1]
    sheets = Review.objects.bulk_create(
        (Review(case=row.case, member=member, submitted_at=now) for row in rows[: len(rows) // 2]),
        batch_size=BATCH,
    )
    Score.objects.bulk_create(
        (
            Score(
                review=sheet, criterion=criterion, points=chance.randint(1, 10), comment="Негиздүү."
            )
            for sheet in sheets
            for criterion in CRITERIA
        ),
        batch_size=BATCH,
    )


def make_open(land: Land, measure: Measure, count: int, chance: Random) -> Contest:
    """Make the open contest: drafts of those who have accounts, the rest handed in."""
    call = _call(land, "open", measure, chance)
    stages = ["draft"] * WRITERS + ["submitted"] * max(
        0, min(count, len(land.applicants)) - WRITERS
    )
    return Contest(call, _proposals(land, call, stages, chance))
