"""The minutes of the commission: members, interests, admission, scores, ranking, decision."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from ashar.calls.choices import PROPOSAL_STAGES, CheckResult
from ashar.calls.models import AdmissionCheck, Call, Proposal
from ashar.calls.papers.notice import LANGUAGES, said_day
from ashar.calls.queries.calls import rules_of
from ashar.calls.queries.proposals import opened_proposals
from ashar.calls.queries.scoring import ScoredProposal, board_of, scored_proposals
from ashar.calls.queries.words import name_of
from ashar.cases.models import Case, Decision
from ashar.cases.queries import paper_frame
from ashar.documents.core import (
    Block,
    BulletList,
    Column,
    Heading,
    Paper,
    Paragraph,
    Signature,
    Signatures,
    Table,
)
from ashar.procedures.model import EligibilityRule
from ashar.reviews.models import Disclosure

THOUSANDTHS = 1000


def commission_protocol(case: Case, decision: Decision | None) -> dict[str, Paper]:
    """Return the minutes of the commission in both languages."""
    call = Call.objects.select_related("commission").get(case=case)
    call.case = case
    scored = scored_proposals(call)
    papers = {}
    for language in LANGUAGES:
        with translation.override(language):
            papers[language] = _protocol(call, decision, scored, language)
    return papers


def said_score(value: Fraction | int | None) -> str:
    """Write a mean or a total with at most two places."""
    if value is None:
        return "—"
    exact = Fraction(value)
    text = f"{float(round(exact, 2)):.2f}".rstrip("0").rstrip(".")
    return text.replace(".", ",")


def said_total(proposal: Proposal) -> str:
    """Write the frozen total of a proposal."""
    if proposal.total_score is None:
        return "—"
    return said_score(Fraction(proposal.total_score, THOUSANDTHS))


def _protocol(
    call: Call, decision: Decision | None, scored: tuple[ScoredProposal, ...], language: str
) -> Paper:
    case = call.case
    title = (
        (case.title_ru or case.title_ky) if language == "ru" else (case.title_ky or case.title_ru)
    )
    day = timezone.localdate(decision.at) if decision else timezone.localdate()
    first = next((one.proposal for one in scored if one.proposal.rank == 1), None)
    return Paper(
        **{**paper_frame(case, language), "day": day},
        title=_("Minutes of the contest commission"),
        subtitle=title,
        key_lines=(
            (_("Contest"), title),
            (_("Decided"), said_day(day)),
            (_("First place"), name_of(first.applicant).say(language) if first else "—"),
        ),
        blocks=(
            *_members(call),
            *_admission(call, language),
            *_scores(scored, language),
            *_decision(scored, language),
            _signatures(call),
        ),
    )


def _members(call: Call) -> Iterator[Block]:
    board = board_of(call)
    took_part = board.progress.members_who_scored()
    yield Heading(_("1. Members of the commission"))
    yield Table(
        columns=(
            Column(_("Member"), width=3),
            Column(_("Standing"), width=2),
            Column(_("Took part"), kind="center"),
        ),
        rows=tuple(
            (
                str(one.person),
                _("independent") if one.is_independent else _("official"),
                _("yes") if one.person_id in took_part else _("no"),
            )
            for one in board.members
        ),
    )
    yield Heading(_("2. Declared interests"))
    applicants = {one.case_id: one.applicant for one in board.proposals}
    declared = Disclosure.objects.filter(case_id__in=applicants, has_interest=True).select_related(
        "member"
    )
    language = translation.get_language() or "ky"
    lines = tuple(
        _("%(member)s did not score the proposal of %(applicant)s: %(reason)s")
        % {
            "member": one.member,
            "applicant": name_of(applicants[one.case_id]).say(language),
            "reason": one.reason or "—",
        }
        for one in declared.order_by("pk")
    )
    yield BulletList(lines) if lines else Paragraph(_("No member declared an interest."))


def _admission(call: Call, language: str) -> Iterator[Block]:
    yield Heading(_("3. Admission"))
    rules = {rule.key: rule for rule in rules_of(call)}
    proposals = list(opened_proposals(call).order_by("pk"))
    checks: dict[int, list[AdmissionCheck]] = {}
    for check in AdmissionCheck.objects.filter(proposal__in=proposals).order_by("pk"):
        checks.setdefault(check.proposal_id, []).append(check)
    yield Table(
        columns=(
            Column(_("Applicant"), width=3),
            Column(_("Rules"), width=5),
            Column(_("Result"), width=2),
        ),
        rows=tuple(
            (
                name_of(one.applicant).say(language),
                _said_checks(checks.get(one.pk, []), rules, language),
                str(PROPOSAL_STAGES.get(one.case.stage, one.case.stage)),
            )
            for one in proposals
        ),
    )


def _said_checks(
    checks: list[AdmissionCheck], rules: dict[str, EligibilityRule], language: str
) -> str:
    return "; ".join(
        f"{rules[one.rule].title.say(language)} – {CheckResult(one.result).label}"
        + (f" ({one.evidence})" if one.evidence else "")
        for one in checks
        if one.rule in rules
    )


def _scores(scored: tuple[ScoredProposal, ...], language: str) -> Iterator[Block]:
    yield Heading(_("4. Scores and reasons"))
    for one in scored:
        yield Heading(f"{name_of(one.proposal.applicant).say(language)}: {one.proposal}", level=2)
        yield Table(
            columns=(
                Column(_("Criterion"), width=3),
                Column(_("Weight"), kind="center"),
                Column(_("Mean mark"), kind="center"),
                Column(_("Reasons"), width=5),
            ),
            rows=tuple(
                (
                    score.criterion.title.say(language),
                    score.criterion.weight.say(language),
                    said_score(score.mean),
                    "; ".join(score.comments) or "—",
                )
                for score in one.scores
            ),
            totals=(_("Total"), "", said_total(one.proposal), ""),
        )
        if one.advice:
            yield BulletList(one.advice)


def _decision(scored: tuple[ScoredProposal, ...], language: str) -> Iterator[Block]:
    yield Heading(_("5. Ranking and decision"))
    yield Table(
        columns=(
            Column(_("Place"), kind="center"),
            Column(_("Applicant"), width=4),
            Column(_("Project"), width=4),
            Column(_("Asked from the customer"), kind="money", width=2),
            Column(_("Total"), kind="center"),
        ),
        rows=tuple(
            (
                str(one.proposal.rank or "—"),
                name_of(one.proposal.applicant).say(language),
                str(one.proposal),
                one.proposal.counted.requested if one.proposal.counted else None,
                said_total(one.proposal),
            )
            for one in scored
        ),
    )
    winners = [one.proposal for one in scored if one.proposal.rank == 1]
    names = ", ".join(name_of(one.applicant).say(language) for one in winners)
    yield Paragraph(_("The first place was given to: %(names)s.") % {"names": names or "—"})


def _signatures(call: Call) -> Signatures:
    board = board_of(call)
    return Signatures(
        tuple(Signature(_("Member of the commission"), str(one.person)) for one in board.members)
    )
