"""What people do in a contest, by outcome."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from ashar.calls import actions
from ashar.calls.models import BudgetLine, Call, Proposal, Submission
from ashar.cases import actions as spine
from ashar.cases.actions import MovedMeanwhile, make_move
from ashar.cases.models import CaseParty
from ashar.kernel.money import Som
from ashar.procedures.engine import Refused
from ashar.procedures.registry import registry
from ashar.reviews.actions import HasInterest
from ashar.reviews.models import Review
from tests.calls import contest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_no_papers")]


def refused(case, move, by, **options):
    with pytest.raises(Refused) as found:
        make_move(case, move, by=by, **options)
    return [refusal.reason.key for refusal in found.value.refusals]


def ahead():
    return {"closes_at": timezone.now() + timedelta(days=40)}


def test_a_call_without_notice_and_commission_cannot_be_announced(world):
    call = actions.open_call(contest.measure_of(world), by=world.aigul)
    assert refused(call.case, "announce", world.aigul, answers=ahead()) == [
        "commission_appointed",
        "notice_complete",
    ]


def test_a_call_of_a_need_not_ranked_cannot_be_announced(world):
    call = contest.prepared(world)
    need = call.measure.need
    type(need).objects.update(position=None)
    programme = call.case.parent
    type(programme).objects.filter(pk=programme.pk).update(stage="drafting")
    assert refused(call.case, "announce", world.aigul, answers=ahead()) == [
        "programme_approved",
        "cites_ranked_need",
    ]


def test_the_closing_moment_is_kept_and_can_only_be_put_off(world):
    call = contest.announced(world)
    assert call.case.stage == "open"
    assert call.case.due_at == call.closes_at
    earlier = call.closes_at - timedelta(days=1)
    answers = {"closes_at": earlier, "reason": "себеп"}
    assert refused(call.case, "extend", world.aigul, answers=answers) == ["only_later"]
    later = call.closes_at + timedelta(days=3)
    make_move(call.case, "extend", by=world.aigul, answers={**answers, "closes_at": later})
    call.refresh_from_db()
    assert (call.closes_at, call.case.due_at) == (later, later)


def test_a_past_closing_moment_is_refused(world):
    call = contest.prepared(world)
    answers = {"closes_at": timezone.now() - timedelta(days=1)}
    assert refused(call.case, "announce", world.aigul, answers=answers) == ["closing_in_past"]


def test_an_announced_notice_changes_only_by_a_move(world):
    call = contest.announced(world)
    with pytest.raises(actions.NoticeClosed):
        actions.edit_call(call, by=world.aigul, goal_ky="башка")


def test_everything_typed_is_kept_even_what_cannot_be_read(world):
    call = contest.announced(world)
    proposal = actions.start_proposal(call, organisation=world.bodies["bulak"], by=world.chinara)
    typed = {
        **contest.TYPED,
        "activities": [{"title": "Ачуу", "starts_on": "31.02.2027", "ends_on": "эртең"}],
        "budget": [
            {"title": "a", "unit": "", "quantity": "1e9", "rate": "-5", "source": "local_own"},
            {"title": "b", "unit": "", "quantity": "1", "rate": "1,234.56", "source": "no"},
        ],
    }
    saved = actions.save_draft(proposal, typed=typed, by=world.chinara)
    assert {(f.section, f.row, f.column, f.reason) for f in saved.reading.faults} == {
        ("activities", 0, "starts_on", "day"),
        ("activities", 0, "ends_on", "day"),
        ("budget", 0, "quantity", "exponent"),
        ("budget", 0, "rate", "negative"),
        ("budget", 1, "rate", "ambiguous"),
        ("budget", 1, "source", "source"),
    }
    proposal.refresh_from_db()
    assert proposal.typed["activities"] == typed["activities"]
    assert proposal.typed["budget"] == typed["budget"]
    assert refused(proposal.case, "submit", world.chinara) == ["proposal_complete", "budget_empty"]


def test_an_organisation_has_one_proposal(world):
    call = contest.announced(world)
    bulak = world.bodies["bulak"]
    first = actions.start_proposal(call, organisation=bulak, by=world.chinara)
    assert actions.start_proposal(call, organisation=bulak, by=world.cholpon) == first


def test_the_customer_does_not_take_part(world):
    call = contest.announced(world)
    with pytest.raises(actions.MayNotApply):
        actions.start_proposal(call, organisation=world.bodies["okmotu"], by=world.aigul)


def test_two_members_saving_at_once_do_not_overwrite_each_other(world):
    call = contest.announced(world)
    proposal = actions.start_proposal(call, organisation=world.bodies["bulak"], by=world.chinara)
    seen = proposal.draft_version
    actions.save_draft(proposal, typed={"title": "Биринчи"}, by=world.chinara, version=seen)
    with pytest.raises(actions.DraftChanged) as found:
        actions.save_draft(proposal, typed={"title": "Экинчи"}, by=world.cholpon, version=seen)
    assert found.value.theirs["title"] == "Биринчи"
    assert found.value.saved_by == str(world.chinara)
    proposal.refresh_from_db()
    assert proposal.typed["title"] == "Биринчи"


def test_handing_in_keeps_the_whole_content_with_its_digest(world):
    call = contest.announced(world)
    proposal = contest.handed_in(world, call, "chinara", "bulak")
    submission = proposal.counted
    assert (submission.number, submission.title) == (1, "Бактылуу балалык")
    assert (submission.total, submission.requested) == (Som.of(350_005), Som.of(300_005))
    assert len(submission.sha256) == 64
    assert submission.content["results"] == [
        {"title": "Борборго келген балдар", "unit": "бала", "target": "18"}
    ]
    assert list(BudgetLine.objects.values_list("title", flat=True)) == ["Айлык", "Имарат"]


def test_a_proposal_is_replaced_and_the_first_one_stays_as_it_was(world):
    call = contest.announced(world)
    proposal = contest.handed_in(world, call, "chinara", "bulak")
    actions.save_draft(proposal, typed={**contest.TYPED, "title": "Жаңы"}, by=world.chinara)
    proposal.refresh_from_db()
    assert proposal.title == "Бактылуу балалык"
    make_move(proposal.case, "replace", by=world.chinara)
    titles = list(Submission.objects.values_list("number", "title"))
    assert titles == [(1, "Бактылуу балалык"), (2, "Жаңы")]
    proposal.refresh_from_db()
    assert (proposal.title, proposal.counted.number) == ("Жаңы", 2)


def test_a_second_click_hands_in_nothing_twice(world):
    call = contest.announced(world)
    proposal = contest.handed_in(world, call, "chinara", "bulak")
    with pytest.raises(MovedMeanwhile):
        make_move(proposal.case, "replace", by=world.chinara, version=1)
    assert Submission.objects.count() == 1


def test_the_close_lapses_drafts_and_opens_what_was_handed_in(world):
    call = contest.announced(world)
    proposal = contest.handed_in(world, call, "chinara", "bulak")
    draft = actions.start_proposal(call, organisation=world.bodies["meerim"], by=world.jamila)
    assert {p.actor for p in CaseParty.objects.filter(case=proposal.case)} == {"applicant"}
    contest.closed(call)
    draft.case.refresh_from_db()
    proposal.case.refresh_from_db()
    assert (call.case.stage, draft.case.stage) == ("admission", "lapsed")
    assert {"applicant", "customer", "commission"} <= {
        p.actor for p in CaseParty.objects.filter(case=proposal.case)
    }
    assert {p.actor for p in CaseParty.objects.filter(case=draft.case)} == {"applicant"}
    assert proposal.case.title_ky == "Сунуш: «Булак» коомдук фонду"
    assert [(c.rule, c.result) for c in proposal.checks.all()] == [
        ("entity_or_entrepreneur", "met")
    ]


def test_after_the_close_nothing_is_saved_or_handed_in(world):
    call = contest.announced(world)
    proposal = actions.start_proposal(call, organisation=world.bodies["bulak"], by=world.chinara)
    late = call.closes_at + timedelta(seconds=1)
    with pytest.raises(actions.CallClosed):
        actions.save_draft(proposal, typed=contest.TYPED, by=world.chinara, now=late)
    actions.save_draft(proposal, typed=contest.TYPED, by=world.chinara)
    assert refused(proposal.case, "submit", world.chinara, now=late) == ["call_is_open"]


def test_submit_and_close_at_once_leave_one_outcome(world, monkeypatch):
    call = contest.announced(world)
    proposal = actions.start_proposal(call, organisation=world.bodies["bulak"], by=world.chinara)
    actions.save_draft(proposal, typed=contest.TYPED, by=world.chinara)
    # The close happens after the submit has gathered its facts and before it writes.
    ask = spine._ask_engine

    def ask_and_lose(case, *rest):
        answer = ask(case, *rest)
        monkeypatch.setattr(spine, "_ask_engine", ask)
        contest.closed(call)
        return answer

    monkeypatch.setattr(spine, "_ask_engine", ask_and_lose)
    with pytest.raises(MovedMeanwhile):
        make_move(proposal.case, "submit", by=world.chinara)
    assert Submission.objects.count() == 0


def test_who_is_not_eligible_is_refused_with_the_rule(world):
    call = contest.announced(world)
    proposal = contest.handed_in(world, call, "murat", "demilge")
    contest.closed(call)
    proposal.refresh_from_db()
    actions.disclose(proposal, member=world.bakyt.person, has_interest=False, by=world.bakyt)
    assert refused(proposal.case, "admit", world.bakyt) == ["every_rule_met"]
    make_move(proposal.case, "refuse_admission", by=world.bakyt)
    assert proposal.case.stage == "not_admitted"


def test_a_rule_nobody_looked_at_blocks_admission(world):
    call = contest.announced(world)
    proposal = contest.handed_in(world, call, "chinara", "bulak")
    contest.closed(call)
    proposal.checks.all().delete()
    proposal.refresh_from_db()
    actions.disclose(proposal, member=world.bakyt.person, has_interest=False, by=world.bakyt)
    assert refused(proposal.case, "admit", world.bakyt) == ["rules_unchecked"]
    assert refused(call.case, "finish_admission", world.bakyt) == [
        "every_proposal_checked",
        "some_proposal_admitted",
    ]


def test_a_member_with_an_interest_gives_no_sheet_and_loses_the_one_given(world):
    _call, first, _second = contest.in_scoring(world)
    member = world.bakyt.person
    actions.disclose(first, member=member, has_interest=False, by=world.bakyt)
    actions.score(first, member=member, marks=contest.marks(5), by=world.bakyt)
    actions.disclose(first, member=member, has_interest=True, reason="тууган", by=world.bakyt)
    assert Review.objects.count() == 0
    with pytest.raises(HasInterest):
        actions.score(first, member=member, marks=contest.marks(5), by=world.bakyt)


def test_the_decision_waits_for_quorum_declarations_and_sheets(world):
    call, first, second = contest.in_scoring(world)
    assert refused(call.case, "decide", world.bakyt) == [
        "disclosures_complete",
        "quorum",
        "every_proposal_scored",
    ]
    contest.scored(world, call, {first: 9, second: 6})
    make_move(call.case, "decide", by=world.bakyt)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.rank, first.total_score) == (1, 900_000)
    assert (second.rank, second.total_score) == (2, 600_000)


def test_scores_of_the_excused_member_do_not_count(world):
    call, first, second = contest.in_scoring(world)
    contest.scored(world, call, {first: 9, second: 6})
    actions.disclose(
        second, member=world.bakyt.person, has_interest=True, reason="тууган", by=world.bakyt
    )
    make_move(call.case, "decide", by=world.begimai)
    second.refresh_from_db()
    assert second.total_score == 600_000
    assert Review.objects.filter(case=second.case).count() == 4


def test_sheets_are_closed_after_the_decision(world):
    _call, first, _second = contest.decided(world)
    with pytest.raises(actions.ScoringClosed):
        actions.score(first, member=world.bakyt.person, marks=contest.marks(1), by=world.bakyt)


def test_a_complaint_holds_the_award_until_it_is_answered(world):
    call, first, second = contest.decided(world)
    complaint = actions.lodge_complaint(second, text="Балл туура эмес", by=world.jamila)
    late = timezone.now() + timedelta(days=60)
    assert refused(call.case, "award", None, now=late)[0] == "no_open_complaints"
    with pytest.raises(actions.MayNotComplain):
        actions.lodge_complaint(second, text="дагы", by=world.jamila)
    make_move(complaint.case, "reject", by=world.aigul, answers={"answer_text": "Текшердик"})
    assert complaint.case.stage == "rejected"
    assert refused(call.case, "award", world.aigul) == ["complaint_term_passed"]
    assert (first.rank, second.rank) == (1, 2)


def test_an_upheld_complaint_lets_the_call_be_scored_again(world):
    call, first, second = contest.decided(world)
    assert refused(call.case, "reopen_scoring", world.aigul, answers={"reason": "a"}) == [
        "complaint_upheld"
    ]
    complaint = actions.lodge_complaint(second, text="Балл туура эмес", by=world.jamila)
    make_move(complaint.case, "uphold", by=world.aigul, answers={"answer_text": "Ооба"})
    make_move(call.case, "reopen_scoring", by=world.aigul, answers={"reason": "Даттануу"})
    first.refresh_from_db()
    assert (call.case.stage, first.rank, first.total_score) == ("scoring", None, None)


def test_the_award_settles_every_proposal_and_opens_its_page(world, monkeypatch):
    monkeypatch.setitem(registry._effects, "create_agreement", lambda *_a: None)
    call, first, second = contest.decided(world)
    first.refresh_from_db()
    make_move(call.case, "award", by=None, now=timezone.now() + timedelta(days=60))
    stages = dict(Proposal.objects.values_list("applicant__name_ru", "case__stage"))
    assert stages == {
        first.applicant.name_ru: "awarded",
        second.applicant.name_ru: "not_awarded",
    }
    first.case.refresh_from_db()
    second.case.refresh_from_db()
    assert (first.case.is_public, second.case.is_public) == (True, False)


def test_a_case_that_fails_does_not_stop_the_clocks_of_others(world):
    broken, sound = contest.announced(world), contest.announced(world)
    Call.objects.filter(pk=broken.pk).delete()
    assert spine.tick(timezone.now() + timedelta(days=41)) == 2
    sound.case.refresh_from_db()
    assert sound.case.stage == "admission"
