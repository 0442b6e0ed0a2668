"""Somebody tries something in a contest: through the doors and actions that the pages use."""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404
from django.utils import timezone

from ashar.agreements import actions as agreements
from ashar.agreements.access import may_write
from ashar.agreements.models import AgreementFunding, Report, Tranche
from ashar.calls import access, actions
from ashar.calls.models import Call, Proposal
from ashar.calls.queries.calls import rules_of
from ashar.cases.access import standing_case_for
from ashar.cases.actions import MovedMeanwhile, make_move, tick
from ashar.events.actions import ChangedMeanwhile
from ashar.kernel.money import Som
from ashar.procedures.engine import Refused
from ashar.reviews.actions import HasInterest, InterestStands, NotDeclared, SheetChanged
from tests.agreements import deal
from tests.calls import contest
from tests.trust.frauds import frauds, picture
from tests.trust.stages import agreement_of, anew

# How an action says no. Anything else is a fault, and ends the play.
NO = (
    Http404,
    Refused,
    MovedMeanwhile,
    Call.DoesNotExist,
    ChangedMeanwhile,
    HasInterest,
    InterestStands,
    NotDeclared,
    SheetChanged,
    actions.AdmissionDecided,
    actions.CallClosed,
    actions.DraftChanged,
    actions.MayNotApply,
    actions.MayNotComplain,
    actions.NoticeClosed,
    actions.OwnProposal,
    actions.ScoringClosed,
    agreements.ChangedMeanwhile,
    agreements.NotNow,
    agreements.ReportAwaited,
)
READERS = ("aigul", "bakyt", "chinara", "jamila", "zamir")
APPLICANTS = {"chinara": "bulak", "jamila": "meerim"}


class Play:
    """One contest, the clock, and everything that was found wrong so far."""

    def __init__(self, world, clock, call):
        self.world, self.clock, self.pk = world, clock, call.pk
        self.found: list[str] = []
        self.said_no = self.said_yes = 0
        self.seen = self._picture()

    @property
    def call(self) -> Call:
        return Call.objects.select_related("case", "measure").get(pk=self.pk)

    def _picture(self):
        anew(self.world)
        call = self.call
        readers = set()
        if call.case.stage == "open":
            for name in READERS:
                for one in access.visible_to(self.world.people[name]).filter(call=call):
                    if APPLICANTS.get(name) != self._body(one):
                        readers.add((name, one.case_id))
        return picture(self.pk, self.clock.moment, frozenset(readers))

    def _body(self, proposal):
        return next(
            (k for k, body in self.world.bodies.items() if body.pk == proposal.applicant_id), None
        )

    def step(self, deed, *arguments, **named):
        """Let one thing be tried; compare the tables before and after."""
        anew(self.world)
        with self.clock.running():
            try:
                deed(*arguments, **named)
            except NO:
                self.said_no += 1
            else:
                self.said_yes += 1
        after = self._picture()
        self.found += frauds(self.seen, after)
        self.seen = after

    def account(self, who):
        return self.world.people[who]

    def proposal(self, which) -> Proposal:
        found = list(
            Proposal.objects.filter(call_id=self.pk)
            .select_related("case", "call__case")
            .order_by("pk")
        )
        if which >= len(found):
            raise Http404
        return found[which]

    # -- what people do ---------------------------------------------------------------------

    def wait(self, hours):
        """Time passes; the clock then does its work."""
        self.clock.forward(hours=hours)
        with self.clock.running():
            tick(self.clock.now())

    def linger(self, hours):
        """Time passes and the clock has not come round yet."""
        self.clock.forward(hours=hours)

    def move_call(self, who, move, hours=0):
        """Somebody presses a button of the contest."""
        by = self.account(who)
        case = standing_case_for(by, self.call.case.ref)
        answers = {"reason": "Ушундай", "closes_at": self.clock.now() + timedelta(hours=hours)}
        make_move(case, move, by=by, answers=answers, version=case.version)

    def move_proposal(self, who, which, move):
        """Somebody presses a button of a proposal."""
        by = self.account(who)
        case = standing_case_for(by, self.proposal(which).case.ref)
        make_move(case, move, by=by, answers={"reason": "Ушундай"}, version=case.version)

    def apply(self, who, rate="30 000,50"):
        """An organisation writes and hands in its proposal."""
        by = self.account(who)
        call = access.call_for(by, self.call.case.ref)
        body = self.world.bodies[APPLICANTS.get(who, "demilge")]
        proposal = actions.start_proposal(call, organisation=body, by=by)
        typed = {**contest.TYPED, "budget": [{**contest.TYPED["budget"][0], "rate": rate}]}
        actions.save_draft(proposal, typed=typed, by=by)
        proposal.refresh_from_db()
        make_move(proposal.case, "submit" if proposal.case.stage == "draft" else "replace", by=by)

    def check(self, who, which, result):
        """A member records what was found on each rule."""
        proposal, _member = access.judged_proposal_for(
            self.account(who), self.proposal(which).case.ref
        )
        for rule in rules_of(proposal.call):
            actions.record_check(proposal, rule=rule.key, result=result, by=self.account(who))

    def disclose(self, who, which, has_interest):
        """A member declares an interest, or none."""
        by = self.account(who)
        proposal, member = access.judged_proposal_for(by, self.proposal(which).case.ref)
        actions.disclose(proposal, member=member, has_interest=has_interest, reason="тууган", by=by)

    def score(self, who, which, points):
        """A member fills a sheet."""
        by = self.account(who)
        proposal, member = access.judged_proposal_for(by, self.proposal(which).case.ref)
        actions.score(proposal, member=member, marks=contest.marks(points), by=by)

    def judge(self, who, first, second):
        """A member declares and fills every sheet."""
        for which, points in ((0, first), (1, second)):
            self.disclose(who, which, has_interest=False)
            self.score(who, which, points)

    def complain(self, who, which):
        """An applicant complains."""
        proposal = access.own_proposal_for(self.account(who), self.proposal(which).case.ref)
        actions.lodge_complaint(proposal, text="Туура эмес", by=self.account(who))

    def answer(self, who, move):
        """The customer answers the complaint."""
        case = Call.objects.get(pk=self.pk).proposals.filter(complaints__case__stage="lodged")
        complaint = case.values_list("complaints__case__ref", flat=True).first()
        if complaint is None:
            raise Http404
        by = self.account(who)
        found = standing_case_for(by, complaint)
        make_move(found, move, by=by, answers={"answer_text": "Жооп"}, version=found.version)

    def second_call(self, who, maximum):
        """The customer calls for the same need once more."""
        by = self.account(who)
        call = Call.objects.get(measure=self.call.measure, case__stage="preparing")
        actions.edit_call(call, by=by, maximum=Som.of(maximum))
        closes_at = self.clock.now() + timedelta(days=20)
        make_move(call.case, "announce", by=by, answers={"closes_at": closes_at})

    # -- money ------------------------------------------------------------------------------

    def agreement(self):
        found = Proposal.objects.filter(call_id=self.pk, agreement__isnull=False).first()
        if found is None:
            raise Http404
        return agreement_of(self.call)

    def redraft(self, who, percent):
        """The customer writes another sum into the draft of the agreement, evenly everywhere."""
        by, agreement = self.account(who), self.agreement()
        if not may_write(by, agreement):
            raise Http404
        lines = AgreementFunding.objects.filter(agreement=agreement)
        planned = {
            line.source: Som(line.planned.tyiyn * percent // 100) for line in lines if line.planned
        }
        agreements.write_funding(agreement, planned, by=by)
        whole = Som(sum(one.tyiyn for one in planned.values()))
        text = agreements.AgreementText(
            "Келишим", "Договор", "Иш", "Дело", agreement.starts_on, agreement.ends_on, whole
        )
        agreements.edit_agreement(agreement, text, by=by)
        self.replan(who, planned.get("local_own", Som(0)))

    def replan(self, who, share):
        """The customer cuts its money into one tranche paid on signature."""
        by, agreement = self.account(who), self.agreement()
        if not may_write(by, agreement):
            raise Http404
        agreements.write_tranches(agreement, [agreements.TranchePlan(share, "signature")], by=by)

    def move_agreement(self, who, move):
        """Somebody presses a button of the agreement."""
        by = self.account(who)
        case = standing_case_for(by, self.agreement().case.ref)
        answers = {
            "agreement_number": "7", "signed_on": timezone.localdate(), "reason": "Ушундай",
            "change_text": "Мөөнөт", "refund_som": Som(0),
        }  # fmt: skip
        make_move(case, move, by=by, answers=answers, version=case.version)

    def pay(self, preparing, approving, number=1, percent=100):
        """One prepares the payment of a tranche, another approves it."""
        self.press_payment(preparing, "prepare_payment", number, percent)
        self.press_payment(approving, "approve_payment", number)

    def press_payment(self, who, move, number=1, percent=100):
        """Somebody presses a button of a payment."""
        by = self.account(who)
        tranche = Tranche.objects.filter(agreement=self.agreement(), number=number).first()
        if tranche is None:
            raise Http404
        case = standing_case_for(by, tranche.case.ref)
        answers = {
            "payment_order": f"{number}/{self.clock.moment:%H%M%S%f}",
            "reason": "Ушундай",
            "paid_on": timezone.localdate(),
            "paid_som": Som(tranche.amount.tyiyn * percent // 100),
        }
        make_move(case, move, by=by, answers=answers, version=case.version)

    def report(self, who):
        """The contractor hands in its report."""
        report = Report.objects.filter(agreement=self.agreement(), case__stage="draft").first()
        if report is None or who != "chinara":
            raise Http404
        deal.filled(self.world, report.agreement)
        make_move(report.case, "submit", by=self.account(who))

    def accept(self, who):
        """The customer accepts the report."""
        by = self.account(who)
        report = Report.objects.filter(agreement=self.agreement(), case__stage="submitted").first()
        if report is None:
            raise Http404
        case = standing_case_for(by, report.case.ref)
        make_move(case, "accept", by=by, version=case.version)
