"""The commission checks each applicant by each rule, with its evidence."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ashar.calls.choices import CheckResult
from ashar.calls.core import automatic_check
from ashar.calls.models import AdmissionCheck, Call, Proposal
from ashar.calls.queries.calls import rules_of
from ashar.calls.queries.words import said
from ashar.cases.actions import hold_stage
from ashar.journal import actions as journal
from ashar.journal.actions import deed
from ashar.parties.choices import OrganisationKind
from ashar.parties.models import Account, Organisation
from ashar.reviews.actions import require_no_interest

BATCH = 500


class AdmissionDecided(Exception):
    """The proposal was admitted or refused: its findings stay as they are."""


@deed
def record_check(
    proposal: Proposal, *, rule: str, result: str, evidence: str = "", by: Account
) -> AdmissionCheck:
    """Record what was found on a rule ("met" or "not_met") and by which evidence.

    Raises ValueError for a rule that does not count in this call; AdmissionDecided when the
    admission of the proposal was decided meanwhile; NotDeclared, HasInterest as reviews.
    """
    require_no_interest(proposal.case, by.person)
    if not hold_stage(proposal.case, "submitted"):
        raise AdmissionDecided
    if rule not in {one.key for one in rules_of(proposal.call)}:
        raise ValueError(f"{rule} is no rule of this call")
    check, _created = AdmissionCheck.objects.update_or_create(
        proposal=proposal,
        rule=rule,
        defaults={
            "result": CheckResult(result),
            "evidence": evidence.strip(),
            "checked_by": by,
            "checked_at": timezone.now(),
        },
    )
    journal.write(
        "rule_checked",
        subject=f"case:{proposal.case.ref}",
        case_ref=proposal.case.ref,
        by=by,
        data={"rule": rule, "result": check.result},
    )
    return check


def record_automatic_checks(call: Call, proposals: Iterable[Proposal]) -> None:
    """Fill in what the register of organisations answers by itself; a person may correct it."""
    moment = timezone.now()
    found = []
    proposals = list(proposals)
    answered = set(
        AdmissionCheck.objects.filter(proposal__call=call).values_list("proposal_id", "rule")
    )
    for rule in rules_of(call):
        for proposal in proposals:
            result = automatic_check(rule.check, proposal.applicant)
            if result is None or (proposal.pk, rule.key) in answered:
                continue
            found.append(
                AdmissionCheck(
                    proposal=proposal,
                    rule=rule.key,
                    result=CheckResult.MET if result else CheckResult.NOT_MET,
                    evidence=_evidence(proposal.applicant),
                    checked_at=moment,
                )
            )
    AdmissionCheck.objects.bulk_create(found, batch_size=BATCH)


def _evidence(applicant: Organisation) -> str:
    """Say in Kyrgyz and in Russian what the register holds."""
    sentence = _("In the register: %(kind)s, registration number %(number)s")
    kind = OrganisationKind(applicant.kind).label
    number = applicant.registration_number or "—"
    return " / ".join(
        said(sentence, language) % {"kind": said(kind, language), "number": number}
        for language in ("ky", "ru")
    )
