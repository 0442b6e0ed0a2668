"""What the register knows that may tie a member to an applicant; shown as questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from ashar.calls.models import Call, Proposal
from ashar.calls.queries.calls import highest_total, members_of, rubric_of
from ashar.parties.choices import OrganisationKind
from ashar.parties.models import Mandate, Organisation, Person
from ashar.procedures.scoring import ScoreSheet, weighted
from ashar.reviews.core import Hint, Particulars, Side, hints, outliers, repeated, shared
from ashar.reviews.core.anomalies import Outlier, Shared, Winner
from ashar.reviews.models import Disclosure, Review
from ashar.reviews.queries import complete_sheets

JUDGED = ("submitted", "admitted", "awarded", "not_awarded")


def particulars_of(body: Organisation) -> Particulars:
    """Return where a body is found and paid."""
    return Particulars(body.address, body.telephone, body.account_number)


def hints_on(proposal: Proposal, member: Person) -> tuple[Hint, ...]:
    """Return what may tie the member to the applicant of the proposal."""
    return _hints_between([proposal], [member]).get((proposal.case_id, member.pk), ())


def hints_in(call: Call) -> dict[tuple[int, int], tuple[Hint, ...]]:
    """Return the hints of every member and opened proposal of the call: (case, member) -> hints."""
    proposals = list(
        Proposal.objects.filter(call=call, case__stage__in=JUDGED)
        .select_related("applicant")
        .order_by("pk")
    )
    return _hints_between(proposals, [one.person for one in members_of(call)])


def _hints_between(
    proposals: Iterable[Proposal], members: Iterable[Person]
) -> dict[tuple[int, int], tuple[Hint, ...]]:
    """Compare every member with every applicant, reading the register once."""
    judged, judges = list(proposals), list(members)
    applicants = [one.applicant_id for one in judged]
    people = _acting_for(applicants)
    own = _bodies_of([one.pk for one in judges])
    calls = {one.call_id for one in judged}
    earlier = _earlier_awards(applicants, [one.pk for one in judges], calls)
    found = {}
    for proposal in judged:
        theirs = Side(
            names=tuple(str(one.person) for one in people.get(proposal.applicant_id, ())),
            bodies=frozenset({proposal.applicant_id}),
            particulars=(particulars_of(proposal.applicant),),
        )
        for member in judges:
            bodies = own.get(member.pk, [])
            mine = Side(
                names=(member.name,),
                bodies=frozenset(body.pk for body in bodies),
                particulars=tuple(particulars_of(body) for body in bodies),
            )
            awards = earlier.get((proposal.applicant_id, member.pk), 0)
            if tied := hints(mine, theirs, awards):
                found[proposal.case_id, member.pk] = tied
    return found


def _acting_for(bodies: Iterable[int]) -> dict[int, list[Mandate]]:
    """Return who acts or acted for each body, whether the mandate still runs or not."""
    found: dict[int, list[Mandate]] = {}
    rows = Mandate.objects.filter(organisation_id__in=list(bodies), confirmed_at__isnull=False)
    for one in rows.select_related("person").order_by("pk"):
        found.setdefault(one.organisation_id, []).append(one)
    return found


def _bodies_of(people: Iterable[int]) -> dict[int, list[Organisation]]:
    """Return the bodies each person acts or acted for; a commission is nobody's interest."""
    found: dict[int, list[Organisation]] = {}
    rows = (
        Mandate.objects.filter(person_id__in=list(people))
        .exclude(organisation__kind=OrganisationKind.COMMISSION)
        .select_related("organisation")
        .order_by("pk")
    )
    for one in rows:
        found.setdefault(one.person_id, []).append(one.organisation)
    return found


def _earlier_awards(
    applicants: Iterable[int], members: Iterable[int], but: Iterable[int]
) -> Mapping[tuple[int, int], int]:
    """Return how often each member's sheet stood behind an award, but for these calls."""
    found: dict[tuple[int, int], int] = {}
    rows = Review.objects.filter(
        member_id__in=list(members),
        submitted_at__isnull=False,
        case__stage="awarded",
        case__proposal__applicant_id__in=list(applicants),
    ).exclude(case__proposal__call_id__in=list(but))
    for pair in rows.values_list("case__proposal__applicant_id", "member_id"):
        found[pair] = found.get(pair, 0) + 1
    return found


def dropped_sheets(call: Call) -> list[Disclosure]:
    """Return the interests declared after a sheet was given: those sheets no longer count."""
    rows = Disclosure.objects.filter(case__proposal__call=call, dropped_sheet=True)
    return list(rows.select_related("member", "case__proposal__applicant").order_by("pk"))


def sheet_totals(call: Call) -> tuple[dict[tuple[int, int], Fraction], Fraction]:
    """Return the weighted total of every sheet that counts, and the highest there could be."""
    rubric, highest = rubric_of(call), highest_total(rubric_of(call))
    if rubric is None or highest is None:
        return {}, Fraction(0)
    cases = call.proposals.values_list("case_id", flat=True)
    sheets = complete_sheets(list(cases)).prefetch_related("scores")
    return {
        (sheet.case_id, sheet.member_id): weighted(
            rubric,
            ScoreSheet(
                proposal=str(sheet.case_id),
                reviewer=str(sheet.member_id),
                marks={score.criterion: score.points for score in sheet.scores.all()},
            ),
        )
        for sheet in sheets
    }, highest


def standing_out(call: Call) -> tuple[list[Outlier], list[Shared], list[Winner]]:
    """Return what stands out in a decided call: sheets, shared particulars, repeated winners."""
    totals, highest = sheet_totals(call)
    proposals = call.proposals.filter(counted__isnull=False).select_related("applicant")
    applicants = {one.applicant_id: particulars_of(one.applicant) for one in proposals}
    customers = call.case.parties.filter(actor="customer").values("organisation_id")
    won = Proposal.objects.filter(
        case__stage="awarded", call__case__parties__actor="customer",
        call__case__parties__organisation_id__in=customers,
    ).values_list("applicant_id", flat=True)  # fmt: skip
    return outliers(totals, highest), shared(applicants), repeated(won)
