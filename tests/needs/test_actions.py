"""What a clerk does in a study and a gathering, and what is refused."""

from __future__ import annotations

import pytest

from ashar.cases.actions import MovedMeanwhile, make_move
from ashar.events.queries import people_at
from ashar.needs import actions
from ashar.needs.actions import ChangedMeanwhile, NotNow, OutcomePlan, StudyPlan
from ashar.needs.models import Answer, NeedOutcome
from ashar.procedures.engine import Refused
from tests.needs.conftest import PEOPLE, gathering_plan, session_in


def reasons(refused):
    return [refusal.reason.key for refusal in refused.value.refusals]


def test_a_study_without_villages_is_not_started(world, office):
    study = actions.open_study(office, StudyPlan("Изилдөө"), by=world.aigul)
    with pytest.raises(Refused) as refused:
        make_move(study.case, "open_study", by=world.aigul)
    assert reasons(refused) == ["study_has_villages"]


def test_nobody_answers_before_the_study_is_started(world, planned):
    with pytest.raises(NotNow):
        actions.record_session(planned, session_in(world.villages[0]), by=world.aigul)


def test_ranking_waits_for_every_village_and_every_answer(world, collecting):
    with pytest.raises(Refused) as refused:
        make_move(collecting.case, "rank", by=world.aigul)
    assert reasons(refused) == ["answers_recorded"]
    actions.record_session(collecting, session_in(world.villages[0]), by=world.aigul)
    with pytest.raises(Refused) as refused:
        make_move(collecting.case, "rank", by=world.aigul)
    assert reasons(refused) == ["villages_without_answers", "every_answer_grouped"]


def test_people_are_counted_in_parts(world, collecting):
    event = actions.record_session(collecting, session_in(world.villages[0]), by=world.aigul)
    people = people_at(event)
    assert (people.total, people.women, people.men, people.with_disability) == (60, 40, 20, 20)


def test_the_ranking_is_frozen_with_places_and_scores(ranked):
    rows = ranked.needs.order_by("position").values_list("title_ky", "position", "score")
    assert list(rows) == [("Бала бакча", 1, 750), ("Таза суу", 2, 250)]


def test_an_answer_that_came_in_between_stops_the_ranking(world, grouped):
    actions.record_session(grouped, session_in(world.villages[0], group="salaried"), by=world.aigul)
    with pytest.raises(MovedMeanwhile):
        actions.freeze_ranking(grouped)


def test_after_the_ranking_nothing_is_added(world, ranked):
    need = ranked.needs.first()
    with pytest.raises(NotNow):
        actions.record_session(ranked, session_in(world.villages[0]), by=world.aigul)
    with pytest.raises(NotNow):
        actions.group_answers(ranked, [], need=need, by=world.aigul)
    with pytest.raises(NotNow):
        actions.change_study(ranked, StudyPlan("Башка"), by=world.aigul)


def test_a_reopened_ranking_is_forgotten_at_the_next_answer(world, ranked):
    make_move(ranked.case, "reopen", by=world.aigul, answers={"reason": "Ката табылды"})
    actions.record_session(ranked, session_in(world.villages[0]), by=world.aigul)
    assert ranked.needs.filter(position__isnull=False).count() == 0


def test_a_corrected_session_keeps_what_was_grouped(world, grouped):
    event = grouped.case.events.first()
    answers = (("Бала бакча жок", 25), ("Жол оңдолсун", 3))
    changed = session_in(event.territory, answers=answers)
    actions.change_session(grouped, event, changed, by=world.aigul, version=event.version)
    rows = event.answers.order_by("pk").values_list("text", "mentions", "need__title_ky")
    assert list(rows) == [("Бала бакча жок", 25, "Бала бакча"), ("Жол оңдолсун", 3, None)]


def test_the_second_of_two_clerks_is_told(world, grouped):
    event = grouped.case.events.first()
    version = event.version
    session = session_in(event.territory)
    actions.change_session(grouped, event, session, by=world.aigul, version=version)
    with pytest.raises(ChangedMeanwhile):
        actions.change_session(grouped, event, session, by=world.aigul, version=version)


def test_an_answer_grouped_by_a_colleague_stays_there(world, grouped):
    first, second = grouped.needs.order_by("pk")
    pks = list(Answer.objects.filter(need=first).values_list("pk", flat=True))
    assert actions.group_answers(grouped, pks, need=second, by=world.aigul) == 0
    assert actions.ungroup_answers(grouped, pks[:1], by=world.aigul) == 1
    assert actions.group_answers(grouped, pks, need=second, by=world.aigul) == 1


def test_a_need_with_answers_is_not_removed(world, grouped):
    need = grouped.needs.first()
    with pytest.raises(NotNow):
        actions.remove_need(need, by=world.aigul)
    actions.ungroup_answers(grouped, [a.pk for a in need.answers.all()], by=world.aigul)
    actions.remove_need(need, by=world.aigul)
    assert grouped.needs.count() == 1


def test_a_removed_session_takes_its_answers_along(world, collecting):
    event = actions.record_session(collecting, session_in(world.villages[0]), by=world.aigul)
    actions.remove_session(collecting, event, by=world.aigul)
    assert (collecting.case.events.count(), Answer.objects.count()) == (0, 0)


def test_a_gathering_is_announced_after_its_term_only(world, ranked):
    plan = gathering_plan(ranked, held_on=gathering_plan(ranked).held_on.replace(year=2020))
    found = actions.call_gathering(ranked, plan, by=world.aigul)
    with pytest.raises(Refused) as refused:
        make_move(found.case, "announce", by=world.aigul)
    assert reasons(refused) == ["gathering_in_future", "notice_term_kept"]


def test_announcing_makes_the_notice_and_publishes(announced):
    papers = announced.case.papers.order_by("pk").values_list("kind", "document__language")
    assert [kind for kind, _ in papers] == ["gathering_notice"] * 4
    assert sorted({tongue for _, tongue in papers}) == ["ky", "ru"]
    announced.case.refresh_from_db()
    assert announced.case.is_public is True


def test_without_quorum_the_gathering_fails(world, announced):
    actions.record_attendance(announced, PEOPLE[:1], by=world.aigul)
    held_on = announced.event.held_on
    later = announced.case.since.replace(year=held_on.year + 1)
    make_move(announced.case, "hold", by=world.aigul, now=later)
    with pytest.raises(Refused) as refused:
        make_move(announced.case, "decide", by=world.aigul)
    assert reasons(refused) == ["quorum_present", "questions_without_votes"]
    make_move(announced.case, "fail", by=world.aigul)
    assert announced.case.papers.filter(kind="gathering_protocol").count() == 4


def test_more_votes_than_people_are_refused(world, held):
    votes = {ballot.pk: (50, 10, 1) for ballot in held.event.ballots.all()}
    actions.record_votes(held, votes, by=world.aigul)
    with pytest.raises(Refused) as refused:
        make_move(held.case, "decide", by=world.aigul)
    assert reasons(refused) == ["votes_within_attendance"]


def test_half_of_those_present_is_no_majority(decided):
    votes = [b.need_vote.is_carried for b in decided.event.ballots.order_by("position")]
    assert votes == [True, False]
    assert decided.case.papers.filter(kind="gathering_protocol").count() == 4


def test_no_need_may_vanish(world, ranked, decided):
    with pytest.raises(Refused) as refused:
        make_move(ranked.case, "conclude", by=world.aigul)
    assert reasons(refused) == ["every_need_has_outcome"]


def test_a_concluded_study_is_public_with_its_summary(concluded):
    concluded.case.refresh_from_db()
    assert concluded.case.is_public is True
    assert concluded.case.papers.filter(kind="study_summary").count() == 4


def test_the_second_outcome_of_two_clerks_is_refused(world, ranked):
    need = ranked.needs.first()
    first = OutcomePlan("refused", "Мүмкүн эмес.")
    actions.set_outcome(need, first, by=world.aigul, version=0)
    with pytest.raises(ChangedMeanwhile):
        actions.set_outcome(need, OutcomePlan("budget_line", "Бар."), by=world.aigul, version=0)
    actions.set_outcome(need, OutcomePlan("budget_line", "Бар."), by=world.aigul, version=1)
    assert list(NeedOutcome.objects.values_list("kind", "version")) == [("budget_line", 2)]


def test_outcomes_wait_for_the_ranking(world, grouped):
    with pytest.raises(NotNow):
        actions.set_outcome(grouped.needs.first(), OutcomePlan("refused", "…"), by=world.aigul)
