"""The data of the holder of an account, as he may take it along."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from ashar.journal.models import Entry
from ashar.parties.models import Account, Mandate
from ashar.privacy.models import OwnRequest

MOST_LINES = 10_000


def own_data(account: Account) -> dict[str, Any]:
    """Return everything the system knows of the holder of the account; no password, no keys."""
    person = account.person
    return {
        "made": timezone.now().isoformat(timespec="seconds"),
        "account": {
            "name to sign in": account.username,
            "e-mail": account.email,
            "opened": account.date_joined.isoformat(timespec="seconds"),
            "last signed in": account.last_login and account.last_login.isoformat(),
        },
        "person": {"reference": person.ref, "name": person.name} if person else None,
        "mandates": [_mandate(one) for one in _mandates(account)],
        "requests": [_request(one) for one in OwnRequest.objects.filter(account=account)],
        "journal": [_line(one) for one in _lines(account)],
    }


def _mandates(account: Account) -> list[Mandate]:
    if account.person_id is None:
        return []
    found = Mandate.objects.filter(person_id=account.person_id).select_related("organisation")
    return list(found.order_by("valid_from", "pk"))


def _mandate(one: Mandate) -> dict[str, Any]:
    return {
        "organisation": str(one.organisation),
        "role": one.role,
        "from": one.valid_from.isoformat(),
        "to": one.valid_to and one.valid_to.isoformat(),
        "act": one.act,
    }


def _request(one: OwnRequest) -> dict[str, Any]:
    asked = one.asked_at.isoformat(timespec="seconds")
    return {"kind": one.kind, "text": one.text, "asked": asked, "answer": one.answer}


def _lines(account: Account) -> list[Entry]:
    return list(Entry.objects.filter(actor_account=account.pk).order_by("-number")[:MOST_LINES])


def _line(one: Entry) -> dict[str, Any]:
    return {"when": one.at.isoformat(timespec="seconds"), "what": one.action, "of": one.subject}
