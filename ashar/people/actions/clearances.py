"""The head of the office says who may read which particulars; never for himself."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from ashar.journal import actions as journal
from ashar.journal.actions import deed
from ashar.parties.models import Account, Organisation, Person
from ashar.people.models import Clearance


@deed
def give_clearance(
    *,
    person: Person,
    organisation: Organisation,
    kind: str,
    valid_from: date,
    act: str,
    by: Account,
) -> Clearance:
    """Let the person read one kind of particulars for the office, by the act named."""
    if by.person is None or by.person_id == person.pk:
        raise PermissionDenied
    clearance = Clearance.objects.create(
        person=person,
        organisation=organisation,
        kind=kind,
        valid_from=valid_from,
        act=act,
        given_by=by.person,
    )
    data = {"organisation": organisation.ref, "kind": kind, "act": act}
    journal.write("clearance_given", subject=f"parties.person:{person.ref}", by=by, data=data)
    return clearance


@deed
def end_clearance(clearance: Clearance, *, on: date, by: Account) -> bool:
    """End a clearance with the day before; False when it has ended already."""
    running = Clearance.objects.filter(pk=clearance.pk).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    )
    if not running.update(valid_to=max(on - timedelta(days=1), clearance.valid_from)):
        return False
    data = {"organisation": clearance.organisation.ref, "kind": clearance.kind}
    subject = f"parties.person:{clearance.person.ref}"
    journal.write("clearance_ended", subject=subject, by=by, data=data)
    return True
