"""The receipt as a paper, made once for each submission when it is asked for."""

from __future__ import annotations

from ashar.calls.models import Proposal
from ashar.cases.actions import file_documents
from ashar.cases.core import paper_builders
from ashar.cases.models import CaseDocument
from ashar.documents import actions as documents
from ashar.documents.models import Document
from ashar.journal.actions import deed
from ashar.parties.models import Account

KIND = "submission_receipt"


@deed
def make_receipt(proposal: Proposal, *, by: Account | None) -> list[Document]:
    """Make the printable receipt of the last submission, unless it was made already."""
    submission = proposal.counted
    if submission is None:
        raise ValueError("nothing was handed in yet: there is no receipt")
    already = [
        filed.document
        for filed in CaseDocument.objects.filter(case_id=proposal.case_id, kind=KIND)
        .select_related("document")
        .order_by("pk")
        if (filed.document.made_from or {}).get("data") == {"sha256": submission.sha256}
    ]
    if already:
        return already
    papers = dict(paper_builders[KIND](proposal.case, None))
    made = documents.make_paper(
        KIND, papers, by=by, visibility="parties", data={"sha256": submission.sha256}
    )
    file_documents(proposal.case, made, kind=KIND, by=by)
    return made
