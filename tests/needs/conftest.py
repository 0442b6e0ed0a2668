"""A study of the model aimak at each of its stages."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.utils import timezone

from ashar.cases.actions import make_move
from ashar.events.core import HeadCount
from ashar.needs import actions
from ashar.needs.actions import GatheringPlan, Minutes, OutcomePlan, Session, StudyPlan
from tests.people import build_world


@pytest.fixture
def world(db):
    return build_world()


@pytest.fixture
def office(world):
    return next(b for b in world.bodies.values() if b.kind == "aiyl_okmotu" and b.territory_id)


@pytest.fixture
def planned(world, office):
    plan = StudyPlan("Муктаждыктар, 2026", "Нужды, 2026", villages=tuple(world.villages))
    return actions.open_study(office, plan, by=world.aigul)


@pytest.fixture
def collecting(world, planned):
    make_move(planned.case, "open_study", by=world.aigul)
    return planned


PEOPLE = (
    HeadCount("women", "a29_45", with_disability=False, number=40),
    HeadCount("men", "a63_plus", with_disability=True, number=20),
)


def session_in(village, /, **changes):
    given = {
        "kind": "focus_group",
        "village": village,
        "held_on": timezone.localdate() - timedelta(days=20),
        "counts": PEOPLE,
        "answers": (("Бала бакча жок", 30), ("Таза суу керек", 10)),
        "group": "unemployed_women",
    }
    return Session(**{**given, **changes})


@pytest.fixture
def grouped(world, collecting):
    study = collecting
    for village in world.villages:
        actions.record_session(study, session_in(village), by=world.aigul)
    nursery = actions.add_need(
        study, topic="kindergarten", title_ky="Бала бакча", title_ru="Детский сад", by=world.aigul
    )
    water = actions.add_need(
        study, topic="other", title_ky="Таза суу", title_ru="Чистая вода", by=world.aigul
    )
    for need, text in ((nursery, "Бала бакча жок"), (water, "Таза суу керек")):
        pks = [a.pk for event in study.case.events.all() for a in event.answers.filter(text=text)]
        actions.group_answers(study, pks, need=need, by=world.aigul)
    return study


@pytest.fixture
def ranked(world, grouped):
    make_move(grouped.case, "rank", by=world.aigul)
    return grouped


def gathering_plan(study, **changes):
    given = {
        "held_on": timezone.localdate() + timedelta(days=10),
        "starts_at": time(14, 0),
        "place": "Маданият үйү",
        "agenda": (("Муктаждыктарды талкуулоо", "Обсуждение нужд"),),
        "needs": tuple(study.needs.all()),
    }
    return GatheringPlan(**{**given, **changes})


@pytest.fixture
def called(world, ranked):
    return actions.call_gathering(ranked, gathering_plan(ranked), by=world.aigul)


@pytest.fixture
def announced(world, called):
    make_move(called.case, "announce", by=world.aigul)
    return called


@pytest.fixture
def held(world, announced):
    actions.record_attendance(announced, PEOPLE, by=world.aigul)
    later = timezone.now() + timedelta(days=11)
    make_move(announced.case, "hold", by=world.aigul, now=later)
    return announced


@pytest.fixture
def decided(world, held):
    first, second = held.event.ballots.all()
    votes = {first.pk: (31, 20, 9), second.pk: (30, 30, 0)}
    actions.record_votes(held, votes, by=world.aigul)
    minutes = Minutes("Асанов А.", "Бекова Б.", "", "Бала бакча тандалды.", "Выбран детский сад.")
    actions.write_minutes(held, minutes, by=world.aigul)
    make_move(held.case, "decide", by=world.aigul)
    return held


@pytest.fixture
def concluded(world, ranked, decided):
    for need in ranked.needs.all():
        outcome = OutcomePlan("social_order", "Жыйын тандады.", "Выбрал сход.", "")
        actions.set_outcome(need, outcome, by=world.aigul)
    make_move(ranked.case, "conclude", by=world.aigul)
    return ranked
