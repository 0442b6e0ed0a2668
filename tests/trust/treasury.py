"""What each of eight processes does at the same second; run inside a Machine, not by pytest."""

from __future__ import annotations

import json
import time

from django.utils import timezone

from ashar.agreements.models import Agreement, Tranche
from ashar.cases.actions import MovedMeanwhile, Opening, make_move, open_case
from ashar.cases.models import Case, Decision
from ashar.kernel.money import Som
from ashar.parties.models import Account, Organisation
from ashar.places.models import Territory
from ashar.procedures.reasons import Refused

SUM = Som.of(1000)


def prepare(count: int) -> None:
    """Make a running agreement with so many tranches, each prepared by the specialist."""
    clerk = Account.objects.get(username="aigul")
    place = Territory.objects.get(kind="ayil_aimak")
    customer = Organisation.objects.get(kind="aiyl_okmotu")
    parties = {
        "customer": customer,
        "contractor": Organisation.objects.get(registration_number="ДЕМО-101"),
    }
    opening = Opening("municipal_social_order", "agreement", place, parties=parties)
    case = open_case(opening, by=clerk)
    Case.objects.filter(pk=case.pk).update(stage="running")
    case.refresh_from_db()
    today = timezone.localdate()
    agreement = Agreement.objects.create(case=case, customer=customer, signed_on=today)
    for number in range(1, count + 1):
        below = Opening("municipal_social_order", "tranche", place, parent=case)
        part = open_case(below, by=clerk)
        Tranche.objects.create(
            case=part, agreement=agreement, number=number, amount=SUM, condition="signature"
        )
        make_move(part, "release", by=clerk)
        answers = {"payment_order": str(number), "paid_on": today, "paid_som": SUM}
        make_move(part, "prepare_payment", by=clerk, answers=answers)


def work(start: float, *, careless: bool = False) -> None:
    """Approve every payment, in the same order as all others."""
    head = Account.objects.get(username="head")
    tranches = list(Tranche.objects.select_related("case").order_by("number"))
    done = {"paid": 0, "told": 0, "errors": 0}
    time.sleep(max(0.0, start - time.time()))
    for tranche in tranches:
        if careless:
            done["paid"] += _pay_without_looking(tranche, head)
            continue
        try:
            make_move(tranche.case, "approve_payment", by=head, version=tranche.case.version)
        except (MovedMeanwhile, Refused):
            done["told"] += 1
        except Exception as error:  # noqa: BLE001 - every one is counted, none is expected
            done["errors"] += 1
            done["last"] = repr(error)[:300]  # type: ignore[assignment]
        else:
            done["paid"] += 1
    print(json.dumps(done))  # noqa: T201 - the answer to whoever started the process


def _pay_without_looking(tranche: Tranche, head: Account) -> int:
    """Read that nothing is paid, then pay: what a program does that forgets the others."""
    if Tranche.objects.get(pk=tranche.pk).paid is not None:
        return 0
    time.sleep(0.002)
    Tranche.objects.filter(pk=tranche.pk).update(
        paid=SUM, paid_on=timezone.localdate(), approved_by=head.person
    )
    return 1


def told() -> None:
    """Say how many tranches are paid, and how many payments were recorded."""
    found = {
        "paid": Tranche.objects.filter(paid__isnull=False).count(),
        "decisions": Decision.objects.filter(move="approve_payment").count(),
        "stages": Case.objects.filter(track="tranche", stage="paid").count(),
    }
    print(json.dumps(found))  # noqa: T201 - as above
