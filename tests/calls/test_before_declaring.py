"""Before a member declares no interest, neither title nor sum of a proposal reaches her."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from ashar.calls import access, actions
from ashar.calls.models import AdmissionCheck
from ashar.cases.actions import make_move
from ashar.procedures.reasons import Refused
from ashar.reviews.actions import HasInterest, NotDeclared
from tests.calls import contest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_no_papers")]
TITLE = "Жашыруун көпүрө"
SUM = "30\N{NO-BREAK SPACE}000,50"


@pytest.fixture
def proposal(world):
    """A proposal in admission; nobody has declared anything."""
    call = contest.announced(world)
    found = contest.handed_in(world, call, "chinara", "bulak", title=TITLE)
    contest.handed_in(world, call, "jamila", "meerim", title="Чогуу")
    contest.closed(call)
    found.refresh_from_db()
    return found


def lists_of(proposal):
    """Give every page on which a member meets the proposal among others."""
    call, ref = proposal.call.case.ref, proposal.case.ref
    for name in ("calls:call_proposals", "calls:admission"):
        yield reverse(name, args=(call,))
        yield f"{reverse(name, args=(call,))}?to=xlsx"
    yield reverse("calls:call", args=(call,))
    yield reverse("calls:board", args=(call,))
    yield reverse("desk:desk")
    yield reverse("calls:proposal", args=(ref,))
    yield reverse("calls:interest", args=(ref,))
    yield reverse("cases:move", args=(ref, "admit"))
    yield reverse("cases:add_paper", args=(ref,))


def _sheet(book):
    """Return what an Excel file says, as text."""
    rows = load_workbook(BytesIO(book)).active.iter_rows(values_only=True)
    return "\n".join(str(cell) for row in rows for cell in row)


def told(client, account, proposal):
    """Return the pages that tell the account the title or the sum of the proposal."""
    client.force_login(account)
    found = []
    for address in lists_of(proposal):
        answer = client.get(address, follow=True)
        page = _sheet(answer.content) if "to=xlsx" in address else answer.content.decode()
        if TITLE in page or SUM in page or "30000.5" in page:
            found.append(address)
    return found


def found_by_words(client, account, proposal):
    """Say whether the search of the list gives the proposal away by a word of its title."""
    client.force_login(account)
    address = reverse("calls:call_proposals", args=(proposal.call.case.ref,))
    return proposal.case.ref in client.get(address, {"q": "көпүрө"}).content.decode()


def test_p12_no_list_tells_a_member_the_content_before_declaring(world, client, proposal):
    assert told(client, world.bakyt, proposal) == []
    assert not found_by_words(client, world.bakyt, proposal)


def test_p12_the_lists_notice_when_content_is_shown_to_everybody(
    world, client, proposal, monkeypatch
):
    monkeypatch.setattr(access, "roles_of", lambda *_a: {})
    rows = access.with_shown_content(world.bakyt, proposal.call, type(proposal).objects.all())
    assert TITLE in {row.shown_title for row in rows}


def test_who_declared_none_and_the_customer_read_title_and_sum(world, client, proposal):
    contest.declared(proposal, world.bakyt)
    address = reverse("calls:call_proposals", args=(proposal.call.case.ref,))
    assert {address, f"{address}?to=xlsx"} <= set(told(client, world.bakyt, proposal))
    assert found_by_words(client, world.bakyt, proposal)
    assert address in told(client, world.aigul, proposal)


def test_who_declared_an_interest_goes_on_reading_nothing(world, client, proposal):
    contest.declared(proposal, world.bakyt, has_interest=True)
    assert told(client, world.bakyt, proposal) == []


def judged_without_right(world, proposal):
    """Return what a member could do in the admission of the proposal without a right to judge."""
    done = []
    try:
        actions.record_check(proposal, rule="entity_or_entrepreneur", result="met", by=world.bakyt)
        done.append("record_check")
    except (NotDeclared, HasInterest):
        pass
    AdmissionCheck.objects.update_or_create(
        proposal=proposal,
        rule="entity_or_entrepreneur",
        defaults={"result": "met", "checked_at": timezone.now()},
    )
    try:
        make_move(proposal.case, "admit", by=world.bakyt)
        done.append("admit")
    except Refused:
        pass
    return done


def test_p12_who_has_not_declared_neither_checks_nor_admits(world, proposal):
    assert judged_without_right(world, proposal) == []


def test_p12_who_declared_an_interest_neither_checks_nor_admits(world, proposal):
    contest.declared(proposal, world.bakyt, has_interest=True)
    assert judged_without_right(world, proposal) == []


def test_p12_admission_notices_when_nobody_asks_for_the_declaration(world, proposal, monkeypatch):
    monkeypatch.setattr("ashar.calls.actions.admission.require_no_interest", lambda *_a: None)
    assert judged_without_right(world, proposal) == ["record_check"]
