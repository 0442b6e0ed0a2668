"""Writes of agreements: drafts, money, reports, visits, evaluations, the archive."""

from __future__ import annotations

from ashar.agreements.actions.agreements import (
    PastAgreement,
    PastResult,
    create_agreement,
    create_agreements,
    record_past_agreement,
    record_signature,
)
from ashar.agreements.actions.drafts import (
    AgreementText,
    ReportAwaited,
    ReportPlan,
    TranchePlan,
    edit_agreement,
    write_funding,
    write_reports,
    write_results,
    write_tranches,
)
from ashar.agreements.actions.evaluations import (
    Judgement,
    SurveyRow,
    open_evaluation,
    write_evaluation,
)
from ashar.agreements.actions.funding import claim_need, free_need
from ashar.agreements.actions.money import (
    record_actual,
    record_payment,
    record_preparation,
    withdraw_preparation,
)
from ashar.agreements.actions.reminders import remind_of_agreed_days
from ashar.agreements.actions.reports import (
    Cost,
    PeopleRow,
    release_tranches,
    remove_cost,
    write_cost,
    write_people,
    write_report,
)
from ashar.agreements.actions.saving import ChangedMeanwhile, NotNow
from ashar.agreements.actions.visits import (
    ClauseFound,
    VisitPlan,
    add_finding,
    plan_visit,
    publish_findings,
    write_visit,
)

__all__ = [
    "AgreementText",
    "ChangedMeanwhile",
    "ClauseFound",
    "Cost",
    "Judgement",
    "NotNow",
    "PastAgreement",
    "PastResult",
    "PeopleRow",
    "ReportAwaited",
    "ReportPlan",
    "SurveyRow",
    "TranchePlan",
    "VisitPlan",
    "add_finding",
    "claim_need",
    "create_agreement",
    "create_agreements",
    "edit_agreement",
    "free_need",
    "open_evaluation",
    "plan_visit",
    "publish_findings",
    "record_actual",
    "record_past_agreement",
    "record_payment",
    "record_preparation",
    "record_signature",
    "release_tranches",
    "remind_of_agreed_days",
    "remove_cost",
    "withdraw_preparation",
    "write_cost",
    "write_evaluation",
    "write_funding",
    "write_people",
    "write_report",
    "write_reports",
    "write_results",
    "write_tranches",
    "write_visit",
]
