"""The official papers of agreements, by the kinds that law files name."""

from __future__ import annotations

from ashar.agreements.papers.acts import acceptance_act, evaluation, visit_act
from ashar.agreements.papers.agreement import agreement, amendment, termination

PAPERS = {
    "agreement": agreement,
    "amendment": amendment,
    "termination": termination,
    "acceptance_act": acceptance_act,
    "visit_act": visit_act,
    "evaluation": evaluation,
}
