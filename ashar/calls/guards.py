"""What must be true before a call, a proposal or a complaint moves on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from fractions import Fraction
from math import ceil

from ashar.cases.guards import figure_known
from ashar.kernel.dates import BISHKEK
from ashar.kernel.money import Som
from ashar.procedures.facts import (
    amount,
    amount_or_none,
    answer,
    count,
    day,
    moment,
    names,
    said_day,
    said_moment,
    truth,
    word,
)
from ashar.procedures.model import Number
from ashar.procedures.reasons import Reason
from ashar.procedures.registry import Facts, Guard, Takes


def _none_left(facts: Facts, fact: str, key: str, param: str) -> Reason | None:
    left = names(facts, fact)
    return Reason(key, {param: left}) if left else None


def programme_approved(facts: Facts, _argument: object) -> Reason | None:
    """The kenesh approved the programme this call carries out."""
    return None if truth(facts, "programme_is_approved") else Reason("programme_approved", {})


def cites_ranked_need(facts: Facts, _argument: object) -> Reason | None:
    """The call answers a need from a finished ranking."""
    return None if count(facts, "cited_ranked_needs") else Reason("cites_ranked_need", {})


def within_measure(facts: Facts, _argument: object) -> Reason | None:
    """The measure has money left for this call beside its other calls; unknown money is none."""
    budget = amount_or_none(facts, "measure_budget")
    asked = amount_or_none(facts, "call_maximum_sum")
    if budget is None or asked is None:
        return None
    committed = amount(facts, "committed_elsewhere")
    if committed.tyiyn + asked.tyiyn <= budget.tyiyn:
        return None
    if committed == Som(0):
        return Reason("within_measure", {"maximum": asked, "budget": budget})
    left = Som(max(0, budget.tyiyn - committed.tyiyn))
    params = {"maximum": asked, "budget": budget, "committed": committed, "left": left}
    return Reason("measure_committed", params)


def commission_appointed(facts: Facts, argument: object) -> Reason | None:
    """A commission exists, of the size the rules ask for when they ask for one."""
    members = count(facts, "commission_members")
    if not members:
        return Reason("commission_appointed", {})
    needed = argument.value if isinstance(argument, Number) else None
    if isinstance(needed, int) and members < needed:
        return Reason("commission_too_small", {"members": members, "needed": needed})
    return None


def notice_complete(facts: Facts, _argument: object) -> Reason | None:
    """Every item of the announcement is written."""
    return _none_left(facts, "notice_missing", "notice_complete", "items")


def kyrgyz_text_present(facts: Facts, _argument: object) -> Reason | None:
    """Everything published stands in the state language."""
    return _none_left(facts, "kyrgyz_missing", "kyrgyz_text_present", "items")


def closes_after_term(facts: Facts, _argument: object) -> Reason | None:
    """The closing moment lies ahead, after the announcement term when that is known."""
    closes_at, now = answer(facts, "closes_at", datetime), moment(facts, "now")
    if closes_at is None:
        return None
    if now is not None and closes_at <= now:
        return Reason("closing_in_past", {})
    earliest = day(facts, "earliest_closing_on")
    if earliest is not None and closes_at.astimezone(BISHKEK).date() < earliest:
        return Reason("closes_after_term", {"earliest": said_day(earliest)})
    return None


def before_closing(facts: Facts, _argument: object) -> Reason | None:
    """The announced closing moment has not passed."""
    closes_at, now = moment(facts, "call_closing_at"), moment(facts, "now")
    if closes_at is not None and now is not None and now >= closes_at:
        return Reason("before_closing", {})
    return None


def only_later(facts: Facts, _argument: object) -> Reason | None:
    """A closing moment may be put off, never brought forward."""
    wanted, announced = answer(facts, "closes_at", datetime), moment(facts, "call_closing_at")
    if announced is None or wanted is None or wanted > announced:
        return None
    return Reason("only_later", {"day": said_moment(announced)})


def opening_term_known(facts: Facts, argument: object) -> Reason | None:
    """Who is to hand in a sealed proposal must know until when it may be opened."""
    return figure_known(facts, argument) if truth(facts, "will_be_sealed") else None


def every_envelope_opened(facts: Facts, _argument: object) -> Reason | None:
    """No proposal that counts is still sealed."""
    left = count(facts, "closed_envelopes")
    return Reason("every_envelope_opened", {"count": left}) if left else None


def some_envelope_closed(facts: Facts, _argument: object) -> Reason | None:
    """There is a proposal that nobody could open."""
    return None if count(facts, "closed_envelopes") else Reason("some_envelope_closed", {})


def opening_term_passed(facts: Facts, argument: object) -> Reason | None:
    """The last day on which members and applicants may open is over."""
    unknown = figure_known(facts, argument)
    last_day, today = day(facts, "opening_last_day"), day(facts, "today")
    if unknown or last_day is None or today is None or today > last_day:
        return unknown
    return Reason("opening_term_passed", {"day": said_day(last_day)})


def every_proposal_checked(facts: Facts, _argument: object) -> Reason | None:
    """Each proposal was admitted or refused with reasons."""
    left = count(facts, "unchecked_proposals")
    return Reason("every_proposal_checked", {"count": left}) if left else None


def some_proposal_admitted(facts: Facts, _argument: object) -> Reason | None:
    """There is something to score."""
    return None if count(facts, "admitted_proposals") else Reason("some_proposal_admitted", {})


def no_proposal_admitted(facts: Facts, argument: object) -> Reason | None:
    """All proposals were checked and none was admitted."""
    admitted = count(facts, "admitted_proposals")
    if admitted:
        return Reason("no_proposal_admitted", {"count": admitted})
    return every_proposal_checked(facts, argument)


def disclosures_complete(facts: Facts, _argument: object) -> Reason | None:
    """Every member declared whether an interest ties them to any proposal."""
    return _none_left(facts, "undisclosed_members", "disclosures_complete", "members")


def quorum(facts: Facts, argument: object) -> Reason | None:
    """At least the set share of the members took part in scoring."""
    unknown = figure_known(facts, argument)
    if unknown:
        return unknown
    members, present = count(facts, "commission_members"), count(facts, "members_who_scored")
    share = argument.value if isinstance(argument, Number) else None
    if not isinstance(share, Fraction):
        raise TypeError("the quorum of a commission is a share of its members")
    needed = max(1, ceil(members * share))
    params = {"present": present, "members": members, "needed": needed}
    return Reason("quorum", params) if present < needed else None


def every_proposal_scored(facts: Facts, _argument: object) -> Reason | None:
    """No admitted proposal waits for a score."""
    return _none_left(facts, "unscored_proposals", "every_proposal_scored", "proposals")


def no_conflicted_scores(facts: Facts, _argument: object) -> Reason | None:
    """Nobody's score counts where that person declared an interest."""
    wrong = count(facts, "conflicted_scores")
    return Reason("no_conflicted_scores", {"count": wrong}) if wrong else None


def weights_known(facts: Facts, _argument: object) -> Reason | None:
    """The scale and the weight of each criterion are set."""
    return _none_left(facts, "unknown_weights", "weights_known", "criteria")


def no_open_complaints(facts: Facts, _argument: object) -> Reason | None:
    """Every complaint was answered."""
    left = count(facts, "open_complaints")
    return Reason("no_open_complaints", {"count": left}) if left else None


def no_tie_for_first(facts: Facts, _argument: object) -> Reason | None:
    """One proposal alone stands first: no act read so far says how a tie is broken."""
    tied = names(facts, "tied_for_first")
    return Reason("no_tie_for_first", {"proposals": tied}) if tied else None


def tie_for_first(facts: Facts, _argument: object) -> Reason | None:
    """Two or more proposals share the first place."""
    return None if names(facts, "tied_for_first") else Reason("tie_for_first", {})


def complaint_term_passed(facts: Facts, argument: object) -> Reason | None:
    """The last day for complaints is over."""
    unknown = figure_known(facts, argument)
    last_day, today = day(facts, "complaint_last_day"), day(facts, "today")
    if unknown or last_day is None or today is None or today > last_day:
        return unknown
    return Reason("complaint_term_passed", {"day": said_day(last_day)})


def complaint_upheld(facts: Facts, _argument: object) -> Reason | None:
    """A complaint against the decision was found right."""
    return None if count(facts, "upheld_complaints") else Reason("complaint_upheld", {})


def call_is_open(facts: Facts, argument: object) -> Reason | None:
    """The call still receives proposals."""
    late = before_closing(facts, argument)
    return Reason("call_is_open", {}) if late or word(facts, "call_stage") != "open" else None


def proposal_complete(facts: Facts, _argument: object) -> Reason | None:
    """Every part of the proposal is filled in."""
    if _is_stated(facts):
        return _stated(facts, "complete", "said_incomplete")
    return _none_left(facts, "proposal_missing", "proposal_complete", "parts")


def _is_stated(facts: Facts) -> bool:
    """Say whether the proposal is sealed: then its page alone can say what it holds."""
    return facts["page_statement"] is not None


def _stated(facts: Facts, what: str, key: str) -> Reason | None:
    """Hold the page of a sealed proposal to its word; at the opening the content is looked at."""
    statement = facts["page_statement"]
    if not isinstance(statement, Mapping) or not statement:
        return Reason("not_handed_in_here", {}) if what == "complete" else None
    return None if statement.get(what) is True else Reason(key, {})


def budget_adds_up(facts: Facts, _argument: object) -> Reason | None:
    """The budget by line and the budget by source are the same money."""
    if _is_stated(facts):
        return _stated(facts, "adds_up", "said_not_adding_up")
    lines, sources = amount(facts, "budget_lines_total"), amount(facts, "budget_sources_total")
    if lines == Som(0):
        return Reason("budget_empty", {})
    return (
        Reason("budget_adds_up", {"lines": lines, "sources": sources}) if lines != sources else None
    )


def within_maximum(facts: Facts, argument: object) -> Reason | None:
    """No more is asked than the rules and the announcement allow; an unknown ceiling is none."""
    if _is_stated(facts):
        return _stated(facts, "within_maximum", "said_above_maximum")
    requested = amount(facts, "requested_sum")
    by_rule = argument.value if isinstance(argument, Number) else None
    by_call = amount_or_none(facts, "call_maximum_sum")
    ceilings = [ceiling for ceiling in (by_rule, by_call) if isinstance(ceiling, Som)]
    for ceiling in sorted(ceilings, key=lambda som: som.tyiyn):
        if requested.tyiyn > ceiling.tyiyn:
            return Reason("within_maximum", {"requested": requested, "maximum": ceiling})
    return None


def call_in_admission(facts: Facts, _argument: object) -> Reason | None:
    """The call is closed and the commission is checking proposals."""
    return None if word(facts, "call_stage") == "admission" else Reason("call_in_admission", {})


def declared_no_interest(facts: Facts, _argument: object) -> Reason | None:
    """Whoever decides said before that no interest ties her to the applicant."""
    free, person = facts["members_free_of_interest"], count(facts, "person")
    if isinstance(free, Iterable) and person in free:
        return None
    return Reason("declared_no_interest", {})


def every_rule_met(facts: Facts, _argument: object) -> Reason | None:
    """The applicant was checked by every rule and meets each."""
    unchecked = _none_left(facts, "unchecked_rules", "rules_unchecked", "rules")
    return unchecked or _none_left(facts, "unmet_rules", "every_rule_met", "rules")


def some_rule_not_met(facts: Facts, _argument: object) -> Reason | None:
    """At least one rule, named in the refusal, is not met."""
    unchecked = _none_left(facts, "unchecked_rules", "rules_unchecked", "rules")
    if unchecked:
        return unchecked
    return None if names(facts, "unmet_rules") else Reason("some_rule_not_met", {})


GUARDS: Mapping[str, Guard] = {
    "programme_approved": Guard(programme_approved, needs=("programme_is_approved",)),
    "cites_ranked_need": Guard(cites_ranked_need, needs=("cited_ranked_needs",)),
    "within_measure": Guard(
        within_measure, needs=("measure_budget", "committed_elsewhere", "call_maximum_sum")
    ),
    "commission_appointed": Guard(commission_appointed, needs=("commission_members",)),
    "notice_complete": Guard(notice_complete, needs=("notice_missing",)),
    "kyrgyz_text_present": Guard(kyrgyz_text_present, needs=("kyrgyz_missing",)),
    "closes_after_term": Guard(closes_after_term, needs=("answers", "now", "earliest_closing_on")),
    "before_closing": Guard(before_closing, needs=("call_closing_at", "now")),
    "only_later": Guard(only_later, needs=("answers", "call_closing_at")),
    "opening_term_known": Guard(opening_term_known, needs=("will_be_sealed",)),
    "every_envelope_opened": Guard(every_envelope_opened, needs=("closed_envelopes",)),
    "some_envelope_closed": Guard(
        some_envelope_closed, needs=("closed_envelopes", "silent_holders")
    ),
    "opening_term_passed": Guard(opening_term_passed, needs=("opening_last_day", "today")),
    "every_proposal_checked": Guard(every_proposal_checked, needs=("unchecked_proposals",)),
    "some_proposal_admitted": Guard(some_proposal_admitted, needs=("admitted_proposals",)),
    "no_proposal_admitted": Guard(
        no_proposal_admitted, needs=("admitted_proposals", "unchecked_proposals")
    ),
    "disclosures_complete": Guard(disclosures_complete, needs=("undisclosed_members",)),
    "quorum": Guard(quorum, needs=("commission_members", "members_who_scored")),
    "every_proposal_scored": Guard(every_proposal_scored, needs=("unscored_proposals",)),
    "no_conflicted_scores": Guard(no_conflicted_scores, needs=("conflicted_scores",)),
    "weights_known": Guard(weights_known, needs=("unknown_weights",)),
    "no_open_complaints": Guard(no_open_complaints, needs=("open_complaints",)),
    "no_tie_for_first": Guard(no_tie_for_first, needs=("tied_for_first",)),
    "tie_for_first": Guard(tie_for_first, needs=("tied_for_first",)),
    "complaint_term_passed": Guard(complaint_term_passed, needs=("complaint_last_day", "today")),
    "complaint_upheld": Guard(complaint_upheld, needs=("upheld_complaints",)),
    "call_is_open": Guard(call_is_open, needs=("call_stage", "call_closing_at", "now")),
    "proposal_complete": Guard(proposal_complete, needs=("proposal_missing", "page_statement")),
    "budget_adds_up": Guard(
        budget_adds_up, needs=("budget_lines_total", "budget_sources_total", "page_statement")
    ),
    "within_maximum": Guard(
        within_maximum, needs=("requested_sum", "call_maximum_sum", "page_statement")
    ),
    "call_in_admission": Guard(call_in_admission, needs=("call_stage",)),
    "declared_no_interest": Guard(
        declared_no_interest, needs=("members_free_of_interest", "person")
    ),
    "every_rule_met": Guard(every_rule_met, needs=("unchecked_rules", "unmet_rules")),
    "some_rule_not_met": Guard(some_rule_not_met, needs=("unchecked_rules", "unmet_rules")),
}
TAKES: Mapping[str, Takes] = {
    "commission_appointed": Takes("count"),
    "quorum": Takes("share"),
    "opening_term_known": Takes("term", called="opening_term"),
    "opening_term_passed": Takes("term", called="opening_term"),
    "within_maximum": Takes("money"),
    # The pages tell these days beforehand and read the figures by these names.
    "closes_after_term": Takes("term", called="announcement_term"),
    "complaint_term_passed": Takes("term", called="complaint_term"),
}
