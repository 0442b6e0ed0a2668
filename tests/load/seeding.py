"""Fills a Machine with a country: 5,000 calls, a contest of many proposals, people signed in."""

from __future__ import annotations

import json
from copy import copy
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client

from ashar.calls.models import Call
from ashar.calls.queries.calls import rubric_of
from ashar.cases.models import Case
from ashar.kernel.ids import new_ref
from tools.benching.country import make_country, settle
from tools.benching.people import Size

TOKEN = "a" * 32  # who sends the same in cookie and form is no stranger's page


def seed(proposals: int, count: int) -> None:
    """Make a country with so many public calls; print what a crowd may ask for."""
    country = make_country(Size(proposals, municipalities=5, years=2))
    _more_calls(count)
    settle()
    member = _signed_in(country.account("member-0"))
    rubric = rubric_of(country.great.call)
    points = {f"points_{one.key}": "7" for one in rubric.criteria}
    points |= {f"comment_{one.key}": "Ушундай жазылган." for one in rubric.criteria}
    writers = [
        _signed_in(account)
        for name, account in country.land.accounts.items()
        if name.startswith("writer")
    ]
    opened = country.open.call.case.ref
    told = {
        "list": [{"path": "/ky/calls/"}],
        "call": [{"path": f"/ky/calls/{opened}/"}],
        "sheets": [
            {
                "path": f"/ky/calls/proposals/{one.case.ref}/sheet/",
                **_form(member, version="0", **points),
            }
            for one in country.great.proposals
        ],
        "questions": [
            {
                "path": f"/ky/calls/{opened}/ask/",
                **_form(writers[number % len(writers)], text=f"Суроо {number}?"),
            }
            for number in range(8000)
        ],
    }
    print(json.dumps(told))  # noqa: T201 - the answer to whoever started the process


def _more_calls(count: int) -> None:
    """Make copies of a public call until there are so many."""
    call = Call.objects.select_related("case").filter(case__is_public=True).first()
    missing = count - Call.objects.filter(case__is_public=True).count()
    cases = []
    for _number in range(missing):
        case = copy(call.case)
        case.pk, case.ref, case.parent = None, new_ref(), None
        case.path = f"/{case.ref}/"
        cases.append(case)
    Case.objects.bulk_create(cases, batch_size=500)
    copies = []
    for case in cases:
        one = copy(call)
        one.pk, one.case = None, case
        copies.append(one)
    Call.objects.bulk_create(copies, batch_size=500)


def _signed_in(account) -> str:
    client = Client()
    client.force_login(account, "django.contrib.auth.backends.ModelBackend")
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={client.cookies[name].value}; {settings.CSRF_COOKIE_NAME}={TOKEN}"


def _form(cookie: str, **typed: str) -> dict:
    return {
        "headers": {"Cookie": cookie},
        "body": urlencode({"csrfmiddlewaretoken": TOKEN, **typed}),
    }
