"""Pages ask the database the same number of questions for 1, 3 and 300 items."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ashar.calls.models import Proposal, Submission
from ashar.cases.models import Case, CaseParty
from ashar.kernel.ids import new_ref
from ashar.kernel.money import Som
from ashar.parties.models import Organisation
from tests.calls import contest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_no_papers")]


def multiply(proposal, times):
    """Add this many proposals like the given one, as the close leaves them."""
    pattern, call = proposal.case, proposal.call
    names = [f"Уюм {number}" for number in range(times)]
    bodies = Organisation.objects.bulk_create(
        Organisation(
            kind="non_commercial", name_ky=name, name_ru=name, **Organisation.keys_for(name, name)
        )
        for name in names
    )
    cases = []
    for _body in bodies:
        ref = new_ref()
        cases.append(
            Case(
                ref=ref,
                procedure=pattern.procedure,
                edition=pattern.edition,
                sha256=pattern.sha256,
                figures=pattern.figures,
                track="proposal",
                stage="admitted",
                since=timezone.now(),
                opened_at=timezone.now(),
                territory=pattern.territory,
                parent=call.case,
                path=f"{call.case.path}{ref}/",
            )
        )
    Case.objects.bulk_create(cases)
    parties = list(pattern.parties.exclude(actor="applicant"))
    CaseParty.objects.bulk_create(
        CaseParty(case=case, actor=party.actor, organisation=party.organisation)
        for case in cases
        for party in parties
    )
    made = Proposal.objects.bulk_create(
        Proposal(case=case, call=call, applicant=body, title=body.name_ky)
        for case, body in zip(cases, bodies, strict=True)
    )
    kept = Submission.objects.bulk_create(
        Submission(
            proposal=one,
            number=1,
            content=proposal.counted.content,
            sha256=proposal.counted.sha256,
            title=one.title,
            total=Som.of(2),
            requested=Som.of(1),
            search_key=one.title.lower(),
            submitted_at=timezone.now(),
            submitted_by=proposal.counted.submitted_by,
        )
        for one in made
    )
    for one, submission in zip(made, kept, strict=True):
        one.counted = submission
    Proposal.objects.bulk_update(made, ["counted"], batch_size=200)


@pytest.fixture
def count(client, world):
    def do(who, url):
        client.logout()
        if who:
            client.force_login(world.people[who])
        client.get(url)  # fills what is read once for all
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        return len(asked)

    return do


@pytest.fixture
def one(world):
    call = contest.announced(world)
    proposal = contest.handed_in(world, call, "chinara", "bulak")
    contest.closed(call)
    contest.admitted(world, proposal)
    return proposal


def test_lists_and_pages_do_not_grow_with_their_siblings(world, one, count):
    call = one.call
    urls = {
        "list": ("bakyt", reverse("calls:call_proposals", args=(call.case.ref,))),
        "found": ("bakyt", reverse("calls:call_proposals", args=(call.case.ref,)) + "?q=уюм"),
        "mine": ("chinara", reverse("calls:proposals")),
        "proposal of the applicant": ("chinara", one.get_absolute_url()),
        "proposal of the commission": ("bakyt", one.get_absolute_url()),
        "call": (None, call.get_absolute_url()),
        "calls": (None, reverse("calls:index")),
    }
    multiply(one, 1)
    few = {name: count(*where) for name, where in urls.items()}
    multiply(one, 3)
    more = {name: count(*where) for name, where in urls.items()}
    multiply(one, 300)
    many = {name: count(*where) for name, where in urls.items()}
    assert few == more == many
    assert {name for name in ("list", "found", "mine", "calls") if many[name] > 12} == set(), many
    assert {name for name, asked in many.items() if asked > 15} == set(), many


def test_the_last_page_of_a_list_costs_what_the_first_costs(world, one, count):
    multiply(one, 300)
    url = reverse("calls:call_proposals", args=(one.call.case.ref,))
    assert count("bakyt", url) == count("bakyt", f"{url}?page=13")


def test_a_draft_is_shown_within_its_budget(world, count):
    call = contest.announced(world)
    proposal = contest.handed_in(world, call, "chinara", "bulak")
    assert count("chinara", proposal.get_absolute_url()) <= 15
    edit = reverse("calls:edit_proposal", args=(proposal.case.ref,))
    assert count("chinara", edit) <= 12


def test_pages_of_the_commission_do_not_grow_with_the_proposals(world, count):
    call, first, _second = contest.decided(world)
    urls = {
        "board": ("bakyt", reverse("calls:board", args=(call.case.ref,))),
        "results": (None, call.get_absolute_url()),
        "clerk": ("aigul", call.get_absolute_url()),
    }
    few = {name: count(*where) for name, where in urls.items()}
    multiply(first, 3)
    many = {name: count(*where) for name, where in urls.items()}
    assert few == many
    assert max(many.values()) <= 20, many
