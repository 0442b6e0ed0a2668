"""Ten years of every municipality: studies, programmes, contests, agreements and what follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from django.utils import timezone

from ashar.agreements.models import (
    Agreement,
    AgreementFunding,
    Evaluation,
    MonitoringVisit,
    Report,
    Tranche,
)
from ashar.calls.models import Call, Proposal
from ashar.cases.models import Case
from ashar.events.models import Attendance, Ballot, Event
from ashar.indicators.models import Indicator, Observation
from ashar.kernel.money import Som
from ashar.needs.models import Gathering, Need, NeedOutcome, NeedsStudy, NeedVote
from ashar.programmes.models import Measure, MeasureFunding, Programme
from tools.benching.cases import Plan, make_cases, stand
from tools.benching.contest import ORDER, sentence
from tools.benching.people import BATCH, Land

NEEDS = 5  # of one study; the first two become measures
MEASURES = 2
ROUNDS = 2  # tranches and reports of an agreement
YEAR = 365
DAY = date(2026, 6, 1)
SOURCES = ("local_own", "donor_direct", "community_in_kind")


@dataclass(frozen=True)
class Round:
    """One year of one municipality."""

    place: int
    year: int


def _made(model: Any, rows: Sequence[Any]) -> list[Any]:
    return list(model.objects.bulk_create(rows, batch_size=BATCH))


def _level(
    land: Land,
    rounds: Sequence[Round],
    where: tuple[str, str, str],
    parents: Sequence[Case | None],
    chance: Random,
) -> list[Case]:
    """Write one case for each round, below the parents in the same order."""
    procedure, track, stage = where
    cases = make_cases(
        (
            Plan(
                procedure, track, stage, land.municipalities[one.place], sentence(chance, 5),
                days_ago=YEAR * one.year + 30,
            ),
            parent,
        )
        for one, parent in zip(rounds, parents, strict=True)
    )  # fmt: skip
    actor = "customer" if procedure == ORDER else "municipality"
    stand((case, actor, land.offices[one.place]) for case, one in zip(cases, rounds, strict=True))
    return cases


def _events(cases: Sequence[Case], kind: str) -> list[Event]:
    events = _made(
        Event,
        [Event(case=case, kind=kind, territory=case.territory, held_on=DAY) for case in cases],
    )
    _made(
        Attendance,
        [Attendance(event=one, sex=sex, number=20) for one in events for sex in ("women", "men")],
    )
    return events


def make_studies(land: Land, rounds: Sequence[Round], chance: Random) -> list[Need]:
    """Write the studies with their gatherings, needs, votes and outcomes."""
    where = ("needs_study", "study", "concluded")
    cases = _level(land, rounds, where, [None] * len(rounds), chance)
    studies = _made(NeedsStudy, [NeedsStudy(case=case) for case in cases])
    _events(cases, "focus_group")
    needs = []
    for study in studies:
        for position in range(1, NEEDS + 1):
            title = sentence(chance, 4)
            needs.append(
                Need(
                    study=study, topic="care", title_ky=title, title_ru=title,
                    position=position, search_key=Need.key_for(title, title),
                )
            )  # fmt: skip
    _made(Need, needs)
    _made(
        NeedOutcome,
        [
            NeedOutcome(need=one, kind="social_order", reason_ky="Чечим", decided_at=timezone.now())
            for one in needs
        ],
    )
    _gatherings(land, rounds, studies, needs, chance)
    return needs


def _gatherings(
    land: Land,
    rounds: Sequence[Round],
    studies: Sequence[NeedsStudy],
    needs: Sequence[Need],
    chance: Random,
) -> None:
    where = ("needs_study", "gathering", "decided")
    cases = _level(land, rounds, where, [study.case for study in studies], chance)
    events = _events(cases, "gathering")
    _made(
        Gathering,
        [
            Gathering(case=case, event=event, study=study)
            for case, event, study in zip(cases, events, studies, strict=True)
        ],
    )
    ballots = _made(
        Ballot,
        [
            Ballot(
                event=events[number // NEEDS], position=need.position, question_ky=need.title_ky,
                in_favour=30, against=2, abstained=1,
            )
            for number, need in enumerate(needs)
        ],
    )  # fmt: skip
    _made(
        NeedVote,
        [
            NeedVote(ballot=ballot, need=need, is_carried=True)
            for ballot, need in zip(ballots, needs, strict=True)
        ],
    )


def make_programmes(
    land: Land, rounds: Sequence[Round], needs: Sequence[Need], chance: Random
) -> list[Measure]:
    """Write an approved programme for each round, with two measures and their money."""
    parents = [need.study.case for need in needs[::NEEDS]]
    where = ("social_order_programme", "programme", "approved")
    cases = _level(land, rounds, where, parents, chance)
    programmes = _made(
        Programme,
        [
            Programme(case=case, year_from=2026 - one.year, year_to=2027 - one.year)
            for case, one in zip(cases, rounds, strict=True)
        ],
    )
    measures = _made(
        Measure,
        [
            Measure(
                programme=programme, need=needs[NEEDS * number + place], position=place + 1,
                title_ky=sentence(chance, 4), title_ru=sentence(chance, 4),
            )
            for number, programme in enumerate(programmes)
            for place in range(MEASURES)
        ],
    )  # fmt: skip
    _made(
        MeasureFunding,
        [
            MeasureFunding(measure=one, source=source, year=2026, planned=Som.of(100_000))
            for one in measures
            for source in SOURCES
        ],
    )
    return measures


def make_contests(
    land: Land, rounds: Sequence[Round], measures: Sequence[Measure], chance: Random
) -> list[Proposal]:
    """Write an awarded contest for each round, with two proposals; return the winners."""
    first = measures[::MEASURES]
    parents = [measure.programme.case for measure in first]
    cases = _level(land, rounds, (ORDER, "call", "awarded"), parents, chance)
    calls = _made(
        Call,
        [
            Call(
                case=case, measure=measure, commission=land.commissions[one.place],
                goal_ky="Максат", goal_ru="Цель", maximum=Som.of(500_000),
                search_key=case.search_key,
            )
            for case, measure, one in zip(cases, first, rounds, strict=True)
        ],
    )  # fmt: skip
    winners: list[Proposal] = []
    for place, stage in enumerate(("awarded", "not_awarded")):
        below = _level(land, rounds, (ORDER, "proposal", stage), cases, chance)
        rows = _made(
            Proposal,
            [
                Proposal(
                    case=case, call=call, title=case.title_ky, rank=place + 1, total_score=8000,
                    applicant=land.applicants[(2 * number + place) % len(land.applicants)],
                )
                for number, (case, call) in enumerate(zip(below, calls, strict=True))
            ],
        )  # fmt: skip
        winners = winners or rows
    return winners


def make_agreements(
    land: Land, rounds: Sequence[Round], winners: Sequence[Proposal], chance: Random
) -> list[Agreement]:
    """Write the agreement of each winner with its money and results."""
    parents = [winner.case for winner in winners]
    cases = _level(land, rounds, (ORDER, "agreement", "completed"), parents, chance)
    agreements = _made(
        Agreement,
        [
            Agreement(
                case=case, proposal=winner, need=winner.call.measure.need,
                customer=land.offices[one.place], contractor=winner.applicant,
                signed_on=DAY, starts_on=DAY, ends_on=DAY, total=Som.of(300_000),
            )
            for case, winner, one in zip(cases, winners, rounds, strict=True)
        ],
    )  # fmt: skip
    _made(
        AgreementFunding,
        [
            AgreementFunding(
                agreement=one, source=source, planned=Som.of(100_000), actual=Som.of(90_000)
            )
            for one in agreements
            for source in SOURCES
        ],
    )
    indicators = _made(
        Indicator,
        [
            Indicator(
                case=case, key=f"r{place}", title_ky="Балдар", unit_ky="бала", target=18,
                counts_people=True, position=place,
            )
            for case in cases
            for place in (1, 2)
        ],
    )  # fmt: skip
    make_reports(land, rounds, agreements, indicators, chance)
    make_endings(land, rounds, agreements, chance)
    return agreements


def make_reports(
    land: Land,
    rounds: Sequence[Round],
    agreements: Sequence[Agreement],
    indicators: Sequence[Indicator],
    chance: Random,
) -> None:
    """Write the accepted reports with what they saw, and the tranches they released."""
    above = [one.case for one in agreements]
    preparing, approving = land.members[:2]
    for number in range(1, ROUNDS + 1):
        cases = _level(land, rounds, (ORDER, "report", "accepted"), above, chance)
        reports = _made(
            Report,
            [
                Report(case=case, agreement=one, number=number, period_from=DAY, period_to=DAY)
                for case, one in zip(cases, agreements, strict=True)
            ],
        )
        _made(
            Observation,
            [
                Observation(
                    indicator=one, case=cases[place // 2], sex=sex, value=5,
                    recorded_at=timezone.now(),
                )
                for place, one in enumerate(indicators)
                for sex in ("women", "men")
            ],
        )  # fmt: skip
        cases = _level(land, rounds, (ORDER, "tranche", "paid"), above, chance)
        _made(
            Tranche,
            [
                Tranche(
                    case=case, agreement=one, report=report, number=number, condition="report",
                    amount=Som.of(50_000), paid_on=DAY, paid=Som.of(50_000),
                    prepared_by=preparing, approved_by=approving,
                )
                for case, one, report in zip(cases, agreements, reports, strict=True)
            ],
        )  # fmt: skip


def make_endings(
    land: Land, rounds: Sequence[Round], agreements: Sequence[Agreement], chance: Random
) -> None:
    """Write a recorded visit and the final evaluation of each agreement."""
    above = [one.case for one in agreements]
    cases = _level(land, rounds, (ORDER, "visit", "recorded"), above, chance)
    events = _events(cases, "visit")
    _made(
        MonitoringVisit,
        [
            MonitoringVisit(case=case, agreement=one, event=event, standard="day_centre_children")
            for case, one, event in zip(cases, agreements, events, strict=True)
        ],
    )
    cases = _level(land, rounds, (ORDER, "evaluation", "continued"), above, chance)
    _made(
        Evaluation,
        [Evaluation(case=case, agreement=one) for case, one in zip(cases, agreements, strict=True)],
    )
