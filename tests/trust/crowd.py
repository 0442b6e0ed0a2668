"""What each of eight processes does at the same moment; run inside a Machine, not by pytest."""

from __future__ import annotations

import json
import time

from django.db import connection
from django.db.models import Count

from ashar.calls import actions as calls
from ashar.calls.models import Call, Proposal
from ashar.cases.actions import Opening, open_case
from ashar.cases.models import Case
from ashar.parties.models import Account, Organisation
from ashar.places.models import Territory
from ashar.reviews.actions import SheetChanged, declare_interest, save_sheet
from ashar.reviews.core import Marks
from ashar.reviews.models import Disclosure, Review

MARKS = Marks({"cost": 5}, {"cost": "Ушундай"})


def prepare(count: int) -> None:
    """Make cases to judge and calls to take part in; nobody has done either yet."""
    clerk = Account.objects.get(username="aigul")
    member = Account.objects.get(username="bakyt")
    place = Territory.objects.get(kind="ayil_aimak")
    customer = Organisation.objects.get(kind="aiyl_okmotu")
    for _number in range(count):
        opening = Opening(procedure="needs_study", track="study", territory=place)
        case = open_case(opening, by=clerk)
        declare_interest(case, member=member.person, has_interest=False, by=member)
        call = calls.open_call(None, by=clerk, customer=customer, territory=place)
        Case.objects.filter(pk=call.case_id).update(stage="open")


def work(start: float, *, careless: bool = False) -> None:
    """Judge every case and take part in every call, in the same order as all others."""
    member = Account.objects.get(username="bakyt")
    applicant = Account.objects.get(username="chinara")
    body = Organisation.objects.get(registration_number="ДЕМО-101")
    cases = list(Case.objects.filter(track="study").order_by("pk"))
    open_calls = list(Call.objects.select_related("case").order_by("pk"))
    done = {"sheets": 0, "told": 0, "proposals": 0}
    time.sleep(max(0.0, start - time.time()))
    for case, call in zip(cases, open_calls, strict=True):
        if careless:
            if not Review.objects.filter(case=case, member=member.person).exists():
                Review.objects.bulk_create([Review(case=case, member=member.person)])
            continue
        try:
            save_sheet(case, member=member.person, marks=MARKS, by=member, version=0)
        except SheetChanged:
            done["told"] += 1
        else:
            done["sheets"] += 1
        calls.start_proposal(call, organisation=body, by=applicant)
        done["proposals"] += 1
    print(json.dumps(done))  # noqa: T201 - the answer to whoever started the process


def without_locks() -> None:
    """Take away the rule of the database that a member has one sheet on a case."""
    constraint = next(c for c in Review._meta.constraints if c.name == "review_once")
    with connection.schema_editor() as editor:
        editor.remove_constraint(Review, constraint)


def doubled() -> None:
    """Say how many members have two sheets, and applicants two proposals."""
    sheets = Review.objects.values("case", "member").annotate(n=Count("pk")).filter(n__gt=1)
    proposals = Proposal.objects.values("call", "applicant").annotate(n=Count("pk")).filter(n__gt=1)
    found = {
        "doubled": sheets.count() + proposals.count(),
        "sheets": Review.objects.count(),
        "proposals": Proposal.objects.count(),
        "declared": Disclosure.objects.count(),
    }
    print(json.dumps(found))  # noqa: T201 - as above
