"""Who may see and do what in a contest. Proposals are sealed until the call closes."""

from __future__ import annotations

from typing import Any

from django.db.models import Case as Choice
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Value, When
from django.http import Http404
from django.utils import timezone

from ashar.calls.choices import SEALED_STAGES
from ashar.calls.models import AdmissionCheck, Call, Complaint, Proposal
from ashar.calls.queries.calls import call_of, call_queryset, is_receiving
from ashar.calls.queries.proposals import proposal_queryset
from ashar.calls.queries.sealed import sealing_for
from ashar.cases.access import may_view
from ashar.cases.models import Case, CaseParty, Decision
from ashar.cases.queries import roles_of
from ashar.parties.access import acts_for, mandates_of, organisations_of, type_user
from ashar.parties.choices import MandateRole
from ashar.parties.models import Account, Organisation, Person
from ashar.reviews.models import Disclosure
from ashar.seals.models import KeyHolder, Sealing
from ashar.seals.queries import holder_in

APPLICANT_ROLES = (MandateRole.REPRESENTATIVE, MandateRole.HEAD)
CUSTOMER_ROLES = (MandateRole.SPECIALIST, MandateRole.HEAD)


def with_case_parts(rows: QuerySet[Call]) -> QuerySet[Call]:
    """Return the calls with the parties and decisions of their cases."""
    return rows.prefetch_related(
        Prefetch("case__parties", CaseParty.objects.select_related("organisation")),
        Prefetch("case__decisions", Decision.objects.select_related("made_by__person")),
    )


def calls_visible_to(user: type_user) -> Q:
    """Return the condition under which a call may be read."""
    return Q(case__is_public=True) | Q(case_id__in=_working_cases(user))


def _working_cases(user: type_user) -> QuerySet[CaseParty, Any]:
    """Return the cases in which the person's organisations stand as customer or commission.

    Who stood in the programme above (the kenesh) is no party to the contest.
    """
    organisations = [m.organisation_id for m in mandates_of(user)]
    working = CaseParty.objects.filter(
        organisation_id__in=organisations, actor__in=("customer", "commission")
    )
    return working.values("case_id")


def call_for(user: type_user, ref: str) -> Call:
    """Return the call for its page; Http404 when the person may not see it."""
    call = with_case_parts(call_queryset()).filter(case__ref=ref).first()
    if call is None or not may_view(user, call.case):
        raise Http404
    return call


def clerk_call_for(user: type_user, ref: str) -> Call:
    """Return the call to those who act for the customer; Http404 to everybody else."""
    call = call_for(user, ref)
    if "customer" not in roles_of(call.case, user):
        raise Http404
    return call


def member_call_for(user: type_user, ref: str) -> tuple[Call, Person]:
    """Return the call and the person to a member of its commission; Http404 to others."""
    call = call_for(user, ref)
    return call, member_of(user, call)


def member_of(user: type_user, call: Call) -> Person:
    """Return the signed-in person as a member of the call's commission; Http404 otherwise."""
    mandate = roles_of(call.case, user).get("commission")
    if mandate is None:
        raise Http404
    return mandate.person


def working_call_for(user: type_user, ref: str) -> Call:
    """Return an opened call to the customer and the commission; Http404 to everybody else.

    While proposals are accepted there is nothing for either of them to see.
    """
    call = call_for(user, ref)
    if not {"customer", "commission"} & set(roles_of(call.case, user)):
        raise Http404
    return call


def opening_call_for(user: type_user, ref: str) -> tuple[Call, KeyHolder | None]:
    """Return the call, and as whom the person opens, to customer, commission and holders.

    Whoever was announced as a holder opens though her mandate ended since: nobody stops an
    opening by sending members home. Raises Http404 to everybody else.
    """
    call = call_for(user, ref)
    person = user.person if isinstance(user, Account) else None
    holder = holder_in(call.case, person) if person else None
    if holder is None and not {"customer", "commission"} & set(roles_of(call.case, user)):
        raise Http404
    return call, holder


def is_sealed(call: Call) -> bool:
    """Say whether the proposals are sealed to all but their own applicants."""
    return call.case.stage in SEALED_STAGES


def acts_for_applicant(user: type_user, proposal: Proposal) -> bool:
    """Say whether the person may act for the applicant."""
    return acts_for(user, proposal.applicant_id, *APPLICANT_ROLES)


def may_read(user: type_user, proposal: Proposal) -> bool:
    """Say whether the person may read the proposal at all."""
    if acts_for_applicant(user, proposal):
        return True
    if is_sealed(proposal.call) or proposal.case.stage in {"draft", "lapsed"}:
        return False
    return may_view(user, proposal.case)


def visible_to(user: type_user) -> QuerySet[Proposal]:
    """Return the proposals the person may read, as `may_read` says of each."""
    mine = [m.organisation_id for m in mandates_of(user) if m.role in APPLICANT_ROLES]
    hidden = Q(call__case__stage__in=SEALED_STAGES) | Q(case__stage__in=("draft", "lapsed"))
    opened = Q(case__is_public=True) | Q(case_id__in=_working_cases(user))
    return Proposal.objects.filter(Q(applicant_id__in=mine) | (~hidden & opened))


def proposal_for(user: type_user, ref: str) -> Proposal:
    """Return the proposal for its page; Http404 to whom it is sealed."""
    proposal = (
        proposal_queryset()
        .prefetch_related(
            Prefetch("case__parties", CaseParty.objects.select_related("organisation")),
            Prefetch("case__decisions", Decision.objects.select_related("made_by__person")),
            Prefetch("checks", AdmissionCheck.objects.select_related("checked_by__person")),
        )
        .filter(case__ref=ref)
        .first()
    )
    if proposal is None or not may_read(user, proposal):
        raise Http404
    # The call is read once: facts reach it through the parent of the case.
    proposal.case.parent = proposal.call.case
    return proposal


def agreements_of(user: type_user, proposal: Proposal) -> list[Case]:
    """Return the agreements made from the proposal that the person may open: at most one."""
    if proposal.case.stage != "awarded":
        return []
    rows = Case.objects.filter(parent_id=proposal.case_id, track="agreement")
    return [one for one in rows.prefetch_related("parties") if may_view(user, one)]


def own_proposal_for(user: type_user, ref: str) -> Proposal:
    """Return the proposal to those who act for its applicant; Http404 to everybody else."""
    proposal = proposal_for(user, ref)
    if not acts_for_applicant(user, proposal):
        raise Http404
    return proposal


def own_sealed_proposal_for(user: type_user, ref: str) -> tuple[Proposal, Sealing]:
    """Return the proposal with the keys that close it to its applicant's people; else Http404."""
    proposal = own_proposal_for(user, ref)
    sealing = sealing_for(proposal.call)
    if sealing is None:
        raise Http404
    return proposal, sealing


def may_open_content(user: type_user, proposal: Proposal) -> bool:
    """Say whether the person may open what the proposal says, and the papers filed on it.

    A member of the commission first says whether an interest ties her to the applicant; with
    one it stays closed to her until it is published.
    """
    if proposal.case.is_public or acts_for_applicant(user, proposal):
        return True
    mandate = roles_of(proposal.case, user).get("commission")
    if mandate is None:
        return True
    return Disclosure.objects.filter(
        case_id=proposal.case_id, member_id=mandate.person_id, has_interest=False
    ).exists()


def with_shown_content(user: type_user, call: Call, rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """Return the call's proposals with what a list may show this person of their content.

    As `may_open_content` says of each: a member reads title and sum of those alone on which she
    declared no interest, and neither orders nor searches by those of the others.
    """
    mandate = roles_of(call.case, user).get("commission")
    if mandate is None:
        may_open = Q(pk__isnull=False)
    else:
        free = Disclosure.objects.filter(
            case_id=OuterRef("case_id"), member_id=mandate.person_id, has_interest=False
        )
        may_open = Q(case__is_public=True) | Q(Exists(free))
    return rows.annotate(
        shown_title=Choice(When(may_open, then=F("counted__title")), default=Value("")),
        shown_requested=Choice(When(may_open, then=F("counted__requested")), default=None),
        shown_key=Choice(
            When(may_open, then=F("counted__search_key")), default=F("applicant__search_key")
        ),
    )


def may_read_papers(user: type_user, case: Case) -> bool:
    """Say the same of the papers on the case of a proposal."""
    return may_open_content(user, case.proposal)


def judged_proposal_for(user: type_user, ref: str) -> tuple[Proposal, Person]:
    """Return an opened proposal and the person to a member of the commission."""
    proposal = proposal_for(user, ref)
    mandate = roles_of(proposal.case, user).get("commission")
    if mandate is None or is_sealed(proposal.call):
        raise Http404
    return proposal, mandate.person


def complaint_for(user: type_user, ref: str) -> Complaint:
    """Return the complaint to those who stand in it; Http404 to everybody else."""
    complaint = (
        Complaint.objects.select_related(
            "case__territory", "case__parent", "proposal__call__case", "proposal__applicant",
            "proposal__case",
        )
        .filter(case__ref=ref)
        .first()
    )  # fmt: skip
    if complaint is None or not may_view(user, complaint.case):
        raise Http404
    return complaint


def applicants_of(user: type_user) -> list[Organisation]:
    """Return the organisations for which the person may apply, each once."""
    found = {one.pk: one for one in organisations_of(user, *APPLICANT_ROLES)}
    return list(found.values())


def possible_applicants(user: type_user, call: Call) -> list[Organisation]:
    """Return for whom the person may take part; the customer and the commission may not."""
    if not isinstance(user, Account) or not is_receiving(call, timezone.now()):
        return []
    standing = {party.organisation_id for party in call.case.parties.all()}
    return [one for one in applicants_of(user) if one.pk not in standing]


def may_edit_draft(user: type_user, proposal: Proposal) -> bool:
    """Say whether the person may still change the draft."""
    return (
        acts_for_applicant(user, proposal)
        and proposal.case.stage in {"draft", "submitted"}
        and is_receiving(proposal.call)
    )


def may_change_papers(case: Case, roles: frozenset[str]) -> bool:
    """Say whether papers of a proposal may change: the applicant's until the call closes.

    Where keys close the proposals, papers are sealed on the page of the proposal, never filed.
    """
    if "applicant" not in roles:
        return True
    call = call_of(case)
    return is_receiving(call) and sealing_for(call) is None
