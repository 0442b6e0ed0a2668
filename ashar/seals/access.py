"""Who may have a seal: members of commissions."""

from __future__ import annotations

from django.http import Http404

from ashar.parties.access import mandates_of, type_user
from ashar.parties.choices import MandateRole
from ashar.parties.models import Person


def member_for(user: type_user) -> Person:
    """Return the signed-in person as a member of some commission; Http404 to everybody else."""
    seats = [one for one in mandates_of(user) if one.role == MandateRole.MEMBER]
    if not seats:
        raise Http404
    return seats[0].person
