"""The receipt of a proposal handed in: what, when, with which digest."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from ashar.calls.models import Proposal, Submission
from ashar.calls.papers.notice import LANGUAGES, said_moment
from ashar.calls.queries.words import name_of
from ashar.cases.models import Case, Decision
from ashar.cases.queries import paper_frame
from ashar.documents.core import Cell, KeyValues, Note, Paper


def submission_receipt(case: Case, _decision: Decision | None) -> dict[str, Paper]:
    """Return the receipt of the last submission of the proposal in both languages."""
    proposal = Proposal.objects.select_related(
        "call__case", "applicant", "counted__submitted_by__person"
    ).get(case=case)
    if proposal.counted is None:
        raise ValueError("nothing was handed in yet: there is no receipt")
    papers = {}
    for language in LANGUAGES:
        with translation.override(language):
            papers[language] = _receipt(proposal, proposal.counted, language)
    return papers


def _receipt(proposal: Proposal, submission: Submission, language: str) -> Paper:
    # Whoever verifies the print sees these lines: nothing of the content is among them.
    lines: tuple[tuple[str, Cell], ...] = (
        (_("Contest"), _call_title(proposal, language)),
        (_("Applicant"), name_of(proposal.applicant).say(language)),
        (_("Handed in"), said_moment(submission.submitted_at)),
        (_("Number of the submission"), str(submission.number)),
        (_("Digest (SHA-256)"), submission.sha256),
    )
    return Paper(
        **{**paper_frame(proposal.call.case, language), "case_ref": proposal.case.ref},
        title=_("Receipt of a proposal"),
        subtitle=_call_title(proposal, language),
        number=f"{proposal.case.ref}/{submission.number}",
        key_lines=lines,
        blocks=(
            KeyValues((*lines, (_("Handed in by"), str(submission.submitted_by)))),
            Note(
                _(
                    "The proposal is sealed until the closing moment: neither the customer nor "
                    "the commission can read it. Until then it may be replaced or withdrawn."
                )
            ),
        ),
    )


def _call_title(proposal: Proposal, language: str) -> str:
    case = proposal.call.case
    return (
        (case.title_ru or case.title_ky) if language == "ru" else (case.title_ky or case.title_ru)
    )
