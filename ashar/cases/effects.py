"""What a decision brings about in every procedure: papers and publication."""

from __future__ import annotations

from ashar.cases.actions import file_documents, publish_case
from ashar.cases.core import paper_builders
from ashar.cases.models import Case, Decision
from ashar.documents import actions as documents
from ashar.procedures.registry import Takes


def make_paper(case: Case, decision: Decision, kind: str) -> None:
    """Make the official paper in each language, as DOCX and PDF, and file it on the case."""
    papers = paper_builders[kind](case, decision)
    made = documents.make_paper(
        kind,
        dict(papers),
        by=decision.made_by,
        visibility="public" if case.is_public else "parties",
    )
    file_documents(case, made, kind=kind, by=decision.made_by)


def publish(case: Case, _decision: Decision, _what: str) -> None:
    """Open the case's page and its papers to everybody."""
    publish_case(case)


TAKES = {"make_paper": Takes("paper")}
EFFECTS = {"make_paper": make_paper, "publish": publish}
