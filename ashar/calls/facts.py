"""Facts about calls, proposals and complaints that guards ask for by name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from django.utils import timezone

from ashar.calls.choices import CheckResult
from ashar.calls.core import Reading, unscored
from ashar.calls.models import Call, Complaint, Proposal
from ashar.calls.queries.calls import (
    budget_of,
    call_of,
    calls_for,
    complaint_last_day,
    earliest_closing,
    members_of,
    notice_gaps,
    opening_last_day,
    rubric_of,
    unknown_in,
)
from ashar.calls.queries.opening import silent_holders, will_be_sealed
from ashar.calls.queries.proposals import (
    admitted_proposals,
    checked_rules,
    missing_in,
    reading_of,
    requested_in,
)
from ashar.calls.queries.scoring import conflicted_scores, progress_in
from ashar.calls.queries.words import name_of
from ashar.cases.models import Case
from ashar.cases.queries import ancestors_of
from ashar.kernel.money import Som
from ashar.kernel.text import Wording
from ashar.reviews.models import Disclosure
from ashar.seals.queries import last_envelope_of, sealing_of, waiting_count

CONTENT_FACTS = (
    "proposal_missing", "budget_lines_total", "budget_sources_total", "requested_sum",
)  # fmt: skip
FINAL_STAGES = ("awarded", "failed", "cancelled")


def programme_is_approved(case: Case) -> bool:
    """Whether the programme to which the call belongs stands approved."""
    return any(
        above.track == "programme" and above.stage == "approved" for above in ancestors_of(case)
    )


def cited_ranked_needs(case: Case) -> int:
    """How many needs of a finished ranking the call cites through its measure."""
    measure = call_of(case).measure
    need = measure.need if measure else None
    return int(need is not None and need.is_ranked)


def commission_members(case: Case) -> int:
    """How many members the commission has today; once announced, no fewer than then.

    Otherwise whoever sends members home would make a quorum of those who are left.
    """
    call = call_of(case)
    return max(len(members_of(call)), members_at_announcement(call))


def members_at_announcement(call: Call) -> int:
    """How many members the commission had when the call was announced; none before."""
    announced = [one.facts for one in call.case.decisions.all() if one.move == "announce"]
    return max((int(facts.get("commission_members", 0)) for facts in announced), default=0)


def notice_missing(case: Case) -> tuple[Wording, ...]:
    """The items of the announcement not written."""
    return notice_gaps(call_of(case))[0]


def kyrgyz_missing(case: Case) -> tuple[Wording, ...]:
    """The items of the announcement not written in Kyrgyz."""
    return notice_gaps(call_of(case))[1]


def earliest_closing_on(case: Case) -> date | None:
    """The first day on which a call announced today may close."""
    return earliest_closing(call_of(case), timezone.localdate())


def call_closing_at(case: Case) -> datetime | None:
    """The announced closing moment."""
    return call_of(case).closes_at


def unchecked_proposals(case: Case) -> int:
    """Proposals handed in on whose admission nothing is decided."""
    return Proposal.objects.filter(call=call_of(case), case__stage="submitted").count()


def admitted_count(case: Case) -> int:
    """Proposals admitted."""
    return Proposal.objects.filter(call=call_of(case), case__stage="admitted").count()


def undisclosed_members(case: Case) -> tuple[str, ...]:
    """Members who have not declared on every admitted proposal."""
    call = call_of(case)
    silent = progress_in(call).undeclared_members()
    return tuple(str(one.person) for one in members_of(call) if one.person_id in silent)


def members_who_scored(case: Case) -> int:
    """Members who gave at least one complete sheet."""
    return len(progress_in(call_of(case)).members_who_scored())


def unscored_proposals(case: Case) -> tuple[Wording, ...]:
    """Admitted proposals that still wait for a sheet."""
    call = call_of(case)
    rows = admitted_proposals(call).order_by("pk")
    if members_of(call):
        rows = rows.filter(case_id__in=unscored(progress_in(call)))
    return tuple(name_of(one.applicant) for one in rows)


def conflicted(case: Case) -> int:
    """Sheets that stand although their member declared an interest."""
    return conflicted_scores(call_of(case))


def unknown_weights(case: Case) -> tuple[Wording, ...]:
    """Criteria without a known weight, and the scale when it is unknown."""
    return unknown_in(rubric_of(call_of(case)))


def open_complaints(case: Case) -> int:
    """Complaints of this call not answered yet."""
    return Complaint.objects.filter(proposal__call=call_of(case), case__stage="lodged").count()


def tied_for_first(case: Case) -> tuple[Wording, ...]:
    """The applicants who share the first place of the frozen ranking; none when one stands alone."""
    first = Proposal.objects.filter(call=call_of(case), rank=1).select_related("applicant")
    sharing = tuple(name_of(proposal.applicant) for proposal in first)
    return sharing if len(sharing) > 1 else ()


def last_day_for_complaints(case: Case) -> date | None:
    """The last day on which the decision may be complained of."""
    return complaint_last_day(call_of(case))


def upheld_complaints(case: Case) -> int:
    """Complaints found right since the call was last decided."""
    call = call_of(case)
    if call.case.stage != "decided":
        return 0
    return Complaint.objects.filter(
        proposal__call=call, case__stage="upheld", case__since__gte=call.case.since
    ).count()


def call_stage(case: Case) -> str:
    """The stage of the call."""
    return call_of(case).case.stage


def conditions_of_content(reading: Reading) -> dict[str, object]:
    """What the conditions on the content of a proposal ask of it."""
    return {
        "proposal_missing": missing_in(reading),
        "budget_lines_total": reading.total,
        "budget_sources_total": sum(reading.by_source().values(), Som(0)),
        "requested_sum": requested_in(reading),
    }


def _of_content(name: str) -> Callable[[Case], object]:
    """Return the fact about the content of the draft; of a sealed one nothing is known here."""

    def fact(case: Case) -> object:
        if sealing_of(case.parent) is not None:
            return None
        return conditions_of_content(reading_of(case.proposal))[name]

    return fact


def page_statement(case: Case) -> dict[str, bool] | None:
    """What the applicant's page says of the envelope being handed in; None for unsealed calls.

    Empty when no envelope is being handed in: a sealed proposal has no other way.
    """
    if sealing_of(case.parent) is None:
        return None
    envelope = last_envelope_of(case)
    if envelope is None or envelope.pk == case.proposal.sealed_id:
        return {}
    return {key: said is True for key, said in envelope.statement.items()}


def call_will_be_sealed(case: Case) -> bool:
    """Whether enough members have their seals for the proposals to be sealed."""
    return will_be_sealed(call_of(case))


def closed_envelopes(case: Case) -> int:
    """How many proposals of the call are still sealed."""
    return waiting_count(call_of(case).case)


def members_not_heard(case: Case) -> tuple[str, ...]:
    """The members who opened nothing so far."""
    return silent_holders(call_of(case))


def last_day_of_opening(case: Case) -> date | None:
    """The last day on which members and applicants may open."""
    return opening_last_day(call_of(case))


def call_maximum_sum(case: Case) -> Som | None:
    """The largest sum the announcement allows."""
    maximum: Som | None = call_of(case).maximum
    return maximum


def measure_budget(case: Case) -> Som | None:
    """The budget money planned for the measure of the call; None without measure or plan."""
    measure = call_of(case).measure
    return budget_of(measure) if measure else None


def committed_elsewhere(case: Case) -> Som:
    """The largest sums of the announced calls for the same measure, save those without result."""
    call = call_of(case)
    if call.measure is None:
        return Som(0)
    others = calls_for(call.measure).exclude(case__stage="preparing").exclude(pk=call.pk)
    return sum((one.maximum for one in others if one.maximum is not None), Som(0))


def unchecked_rules(case: Case) -> tuple[Wording, ...]:
    """Rules of eligibility on which nothing was found yet."""
    return tuple(one.rule.title for one in checked_rules(case.proposal) if one.check is None)


def members_free_of_interest(case: Case) -> tuple[int, ...]:
    """The persons who declared that no interest ties them to the applicant."""
    free = Disclosure.objects.filter(case=case, has_interest=False)
    return tuple(free.order_by("member_id").values_list("member_id", flat=True))


def unmet_rules(case: Case) -> tuple[Wording, ...]:
    """Rules of eligibility that the applicant does not meet."""
    return tuple(
        one.rule.title
        for one in checked_rules(case.proposal)
        if one.check is not None and one.check.result == CheckResult.NOT_MET
    )


def open_calls_under(case: Case) -> int:
    """Calls below this case that have not come to an end."""
    return (
        Call.objects.filter(case__path__startswith=case.path)
        .exclude(case__stage__in=FINAL_STAGES)
        .count()
    )


FACTS: dict[str, Callable[[Case], object]] = {
    "programme_is_approved": programme_is_approved,
    "cited_ranked_needs": cited_ranked_needs,
    "commission_members": commission_members,
    "notice_missing": notice_missing,
    "kyrgyz_missing": kyrgyz_missing,
    "earliest_closing_on": earliest_closing_on,
    "call_closing_at": call_closing_at,
    "unchecked_proposals": unchecked_proposals,
    "admitted_proposals": admitted_count,
    "undisclosed_members": undisclosed_members,
    "members_who_scored": members_who_scored,
    "unscored_proposals": unscored_proposals,
    "conflicted_scores": conflicted,
    "unknown_weights": unknown_weights,
    "open_complaints": open_complaints,
    "tied_for_first": tied_for_first,
    "complaint_last_day": last_day_for_complaints,
    "upheld_complaints": upheld_complaints,
    "call_stage": call_stage,
    **{name: _of_content(name) for name in CONTENT_FACTS},
    "page_statement": page_statement,
    "will_be_sealed": call_will_be_sealed,
    "closed_envelopes": closed_envelopes,
    "silent_holders": members_not_heard,
    "opening_last_day": last_day_of_opening,
    "call_maximum_sum": call_maximum_sum,
    "measure_budget": measure_budget,
    "committed_elsewhere": committed_elsewhere,
    "unchecked_rules": unchecked_rules,
    "unmet_rules": unmet_rules,
    "members_free_of_interest": members_free_of_interest,
    "open_calls_under": open_calls_under,
}


def call_closes(case: Case) -> datetime | None:
    """The moment at which the call closes, as its customer announced it."""
    return call_of(case).closes_at


def envelopes_opened(case: Case) -> datetime | None:
    """The moment when nothing is sealed any more: at once where nothing was; None before."""
    return case.since if not waiting_count(call_of(case).case) else None


MOMENTS: dict[str, Callable[[Case], datetime | None]] = {
    "call_closes": call_closes,
    "envelopes_opened": envelopes_opened,
}
