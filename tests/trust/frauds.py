"""The eleven frauds of a contest, looked for by plain code that asks the rules nothing.

A `Picture` is read by SQL; `frauds` compares the picture before a step with that after it. The
weights and the pass mark are read from the law's text, the ranking is counted by tools/recount.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from fractions import Fraction

import yaml
from django.conf import settings
from django.db import connection

from tools import recount

LOCKED = frozenset({"decided", "awarded"})
DEAD = frozenset({"failed", "cancelled", "preparing"})
BUDGET_SOURCES = ("local_own", "republican_budget")
PROFILE = settings.BASE_DIR / "law" / "profiles" / "demonstration.yaml"


@dataclass(frozen=True)
class Picture:
    """A contest as its tables show it at one moment."""

    now: datetime
    stage: str = ""
    closes_at: datetime | None = None
    submissions: dict = field(default_factory=dict)  # pk -> (case, handed in at, asked)
    proposals: dict = field(default_factory=dict)  # case -> (ref, stage, place, total, asked)
    standing: frozenset = frozenset()  # (case, actor)
    sheets: dict = field(default_factory=dict)  # (case, member) -> {criterion: points}
    interests: dict = field(default_factory=dict)  # (case, member) -> has an interest
    tranches: dict = field(default_factory=dict)  # pk -> (asked, paid, order, agreement)
    payments: dict = field(default_factory=dict)  # tranche -> decisions that recorded it
    hands: dict = field(default_factory=dict)  # tranche -> who prepared or approved, in order
    agreements: dict = field(default_factory=dict)  # pk -> proposal's case
    budget: int = 0
    committed: int = 0  # by the announced calls for the same measure
    seen_early: frozenset = frozenset()  # (who, case) may read though the envelope is closed


def _rows(sql, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def _aware(moment):
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    if moment is not None and moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)  # SQLite keeps moments without a zone
    return moment


def picture(call, now, readers=frozenset()) -> Picture:
    """Read the contest from its tables; `readers` are (who, case) who may open a proposal."""
    ((stage, closes_at, measure),) = _rows(
        "SELECT c.stage, l.closes_at, l.measure_id FROM calls_call l"
        " JOIN cases_case c ON c.id = l.case_id WHERE l.id = %s",
        call,
    )
    proposals = {
        case: (ref, where, rank, total, asked)
        for case, ref, where, rank, total, asked in _rows(
            "SELECT p.case_id, c.ref, c.stage, p.rank, p.total_score, s.requested"
            " FROM calls_proposal p JOIN cases_case c ON c.id = p.case_id"
            " LEFT JOIN calls_submission s ON s.id = p.counted_id WHERE p.call_id = %s",
            call,
        )
    }
    submissions = {
        pk: (case, _aware(at), asked)
        for pk, case, at, asked in _rows(
            "SELECT s.id, p.case_id, s.submitted_at, s.requested FROM calls_submission s"
            " JOIN calls_proposal p ON p.id = s.proposal_id WHERE p.call_id = %s",
            call,
        )
    }
    sheets: dict = {}
    for case, member, criterion, points in _rows(
        "SELECT r.case_id, r.member_id, s.criterion, s.points FROM reviews_review r"
        " JOIN calls_proposal p ON p.case_id = r.case_id"
        " LEFT JOIN reviews_score s ON s.review_id = r.id"
        " WHERE p.call_id = %s AND r.submitted_at IS NOT NULL",
        call,
    ):
        sheets.setdefault((case, member), {})[criterion] = points
    interests = {
        (case, member): bool(interest)
        for case, member, interest in _rows(
            "SELECT d.case_id, d.member_id, d.has_interest FROM reviews_disclosure d"
            " JOIN calls_proposal p ON p.case_id = d.case_id WHERE p.call_id = %s",
            call,
        )
    }
    tranches, payments, hands = _money(call)
    budget, committed = _measure(measure)
    return Picture(
        now=now,
        stage=stage,
        closes_at=_aware(closes_at),
        submissions=submissions,
        proposals=proposals,
        standing=frozenset(
            _rows(
                "SELECT t.case_id, t.actor FROM cases_caseparty t"
                " JOIN calls_proposal p ON p.case_id = t.case_id WHERE p.call_id = %s",
                call,
            )
        ),
        sheets=sheets,
        interests=interests,
        tranches=tranches,
        payments=payments,
        hands=hands,
        agreements=dict(
            _rows(
                "SELECT a.id, p.case_id FROM agreements_agreement a"
                " JOIN calls_proposal p ON p.id = a.proposal_id WHERE p.call_id = %s",
                call,
            )
        ),
        budget=budget,
        committed=committed,
        seen_early=readers,
    )


def _money(call):
    found = _rows(
        "SELECT t.id, t.amount, t.paid, t.payment_order, t.agreement_id, t.case_id"
        " FROM agreements_tranche t JOIN agreements_agreement a ON a.id = t.agreement_id"
        " JOIN calls_proposal p ON p.id = a.proposal_id WHERE p.call_id = %s",
        call,
    )
    tranches = {pk: (asked, paid, order, deal) for pk, asked, paid, order, deal, _case in found}
    by_case = {case: pk for pk, _a, _p, _o, _d, case in found}
    payments: dict = {}
    hands: dict = {}
    if by_case:
        marks = ", ".join(["%s"] * len(by_case))
        for case, move, by in _rows(
            "SELECT d.case_id, d.move, a.person_id FROM cases_decision d"  # noqa: S608 - %s alone
            " LEFT JOIN parties_account a ON a.id = d.made_by_id"
            f" WHERE d.case_id IN ({marks}) ORDER BY d.id",
            *by_case,
        ):
            hands.setdefault(by_case[case], []).append((move, by))
            if move == PAYING[-1]:
                payments[by_case[case]] = payments.get(by_case[case], 0) + 1
    return tranches, payments, hands


def _measure(measure):
    sources = ", ".join(["%s"] * len(BUDGET_SOURCES))
    ((budget,),) = _rows(
        "SELECT COALESCE(SUM(planned), 0) FROM programmes_measurefunding"  # noqa: S608 - %s alone
        f" WHERE measure_id = %s AND source IN ({sources})",
        measure,
        *BUDGET_SOURCES,
    )
    committed = sum(
        maximum or 0
        for maximum, stage in _rows(
            "SELECT l.maximum, c.stage FROM calls_call l JOIN cases_case c ON c.id = l.case_id"
            " WHERE l.measure_id = %s",
            measure,
        )
        if stage not in DEAD
    )
    return int(budget), int(committed)


def law_figures():
    """Weights, scale and pass mark as the training profile writes them."""
    figures = yaml.safe_load(PROFILE.read_text("utf-8"))["for"]["municipal_social_order@2022-11-25"]
    weights = {
        name.removeprefix("weight_"): Fraction(figure["value"])
        for name, figure in figures.items()
        if name.startswith("weight_")
    }
    return weights, figures["scale"]["value"], Fraction(figures["pass_mark"]["value"])


def counted(picture: Picture):
    """Count the ranking again from the sheets of those without an interest."""
    weights, scale, _pass_mark = law_figures()
    scores = {
        "scale": scale,
        "criteria": [{"key": key, "weight": str(weight)} for key, weight in weights.items()],
        "proposals": [
            {
                "ref": case,
                "sheets": [
                    {"member": member, "points": points}
                    for (of, member), points in sorted(picture.sheets.items())
                    if of == case and not picture.interests.get((of, member))
                ],
            }
            for case, (_ref, stage, *_rest) in picture.proposals.items()
            if stage in {"admitted", "awarded", "not_awarded"}
        ],
    }
    found = recount.totals(scores)
    return found, recount.places(found)


def frauds(before: Picture, after: Picture) -> list[str]:
    """Return what happened between the two pictures that must never happen."""
    checks = (
        late_proposal, moved_deadline, early_opening, score_after_lock, conflict_ignored,
        conflict_declared_late, not_the_best, double_funding, one_approver_twice, tranche_twice,
        overpaid,
    )  # fmt: skip
    return [f"{check.__name__}: {found}" for check in checks for found in check(before, after)]


def late_proposal(before: Picture, after: Picture):
    """P11: something counts that was handed in after the closing moment."""
    for pk in after.submissions.keys() - before.submissions.keys():
        _case, at, _asked = after.submissions[pk]
        if before.stage != "open" or after.now >= before.closes_at or at >= before.closes_at:
            yield f"handed in {at}, closed {before.closes_at}"


def moved_deadline(before: Picture, after: Picture):
    """P11: the closing moment moved back, or moved after it had passed."""
    if before.closes_at is None or after.closes_at == before.closes_at:
        return
    if after.closes_at is None or after.closes_at < before.closes_at:
        yield f"back from {before.closes_at} to {after.closes_at}"
    if before.stage != "open" or before.now >= before.closes_at:
        yield f"moved after it had passed, {before.closes_at}"


def early_opening(before: Picture, after: Picture):
    """P7, P11: envelopes opened, or others stand in them, before the closing moment."""
    if before.stage != "open" or after.now >= before.closes_at:
        return
    if after.stage not in {"open", "cancelled"}:
        yield f"{after.stage} before {before.closes_at}"
    for case, actor in after.standing:
        if actor != "applicant":
            yield f"{actor} stands in {case}"
    yield from (f"{who} may read {case}" for who, case in sorted(after.seen_early))


def score_after_lock(before: Picture, after: Picture):
    """P13: a sheet, a total or a place changed after the decision."""
    if before.stage not in LOCKED or after.stage not in LOCKED:
        return
    if before.sheets != after.sheets:
        yield "sheets"
    if _outcome(before) != _outcome(after):
        yield "totals or places"


def _outcome(picture: Picture):
    return {case: row[2:4] for case, row in picture.proposals.items()}


def conflict_ignored(before: Picture, after: Picture):
    """P12: a member judged what he had declared an interest in."""
    for pair, points in after.sheets.items():
        if before.interests.get(pair) and before.sheets.get(pair) != points:
            yield f"member {pair[1]} on {pair[0]}"


def conflict_declared_late(before: Picture, after: Picture):
    """P12: a sheet stands although an interest was declared after it."""
    for pair, interest in after.interests.items():
        if interest and not before.interests.get(pair) and pair in after.sheets:
            yield f"member {pair[1]} on {pair[0]}"


def not_the_best(before: Picture, after: Picture):
    """P12: totals, places or the winner are not what the sheets give."""
    if after.stage not in LOCKED or (before.stage, before.proposals) == (
        after.stage,
        after.proposals,
    ):
        return
    totals, places = counted(after)
    _weights, _scale, pass_mark = law_figures()
    for case, (ref, stage, rank, total, _asked) in after.proposals.items():
        exact = round(totals[case] * recount.THOUSANDTHS) if case in totals else None
        if (rank, total) != (places.get(case), exact):
            yield f"{ref} has place {rank} and {total}, counted {places.get(case)} and {exact}"
        if stage == "awarded" and (places.get(case) != 1 or totals[case] < pass_mark):
            yield f"{ref} won at place {places.get(case)}"


def double_funding(before: Picture, after: Picture):
    """P16: one need is funded twice: more is called for than the measure has, or two agreements."""
    if after.committed > after.budget and after.committed > before.committed:
        yield f"{after.committed} called for, {after.budget} planned"
    deals = list(after.agreements.values())
    if len(deals) != len(set(deals)) or len(deals) > 1:
        yield f"{len(deals)} agreements from one contest"


def one_approver_twice(before: Picture, after: Picture):
    """P14: who prepared a payment also approved it."""
    for tranche, made in after.hands.items():
        if after.payments.get(tranche, 0) <= before.payments.get(tranche, 0):
            continue
        # Of a payment sent back and prepared anew, the last preparation counts.
        people = {move: by for move, by in made if move in PAYING}
        if len(set(people.values())) < len(PAYING) or None in people.values():
            yield f"tranche {tranche}: {made}"


# The moves of which each needs a person of its own.
PAYING = ("prepare_payment", "approve_payment")


def tranche_twice(before: Picture, after: Picture):
    """P15: a tranche is recorded as paid twice, or its payment changes afterwards."""
    yield from (f"tranche {pk}" for pk, times in after.payments.items() if times > 1)
    for pk, (_asked, paid, order, _deal) in before.tranches.items():
        if paid is not None and after.tranches.get(pk, (0, None, ""))[1:3] != (paid, order):
            yield f"tranche {pk} was changed after it was paid"


def overpaid(_before: Picture, after: Picture):
    """P16: more was paid than awarded."""
    paid: dict = {}
    for _asked, sum_paid, _order, deal in after.tranches.values():
        paid[deal] = paid.get(deal, 0) + (sum_paid or 0)
    for deal, total in paid.items():
        awarded = after.proposals[after.agreements[deal]][4]
        if total > awarded:
            yield f"{total} paid, {awarded} awarded"
