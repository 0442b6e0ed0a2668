"""While a call receives proposals, nobody but their own applicants can read them."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from ashar.calls import access, actions
from ashar.calls.models import Proposal
from ashar.cases.access import may_view
from ashar.cases.access import visible_to as cases_visible_to
from ashar.cases.actions import make_move
from ashar.desk.core import CAST
from ashar.documents.access import may_read as may_read_document
from ashar.documents.models import Document
from tests.calls import contest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_no_papers")]
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
SECRET = "Бактылуу балалык"
SUM = "300\xa0005"
OWN = frozenset({"chinara", "cholpon"})
EVERYBODY = (None, *(role.username for role in CAST))


@pytest.fixture
def sealed(world):
    call = contest.announced(world)
    return call, contest.handed_in(world, call, "chinara", "bulak")


def pages(call, proposal):
    ref = proposal.case.ref
    yield reverse("calls:index")
    yield reverse("calls:index") + "?q=бактылуу"
    yield reverse("calls:index") + "?to=xlsx"
    yield call.get_absolute_url()
    yield proposal.get_absolute_url()
    yield reverse("calls:proposals")
    yield reverse("calls:proposals") + "?q=бактылуу&to=xlsx"
    yield reverse("calls:call_proposals", args=(call.case.ref,))
    yield reverse("calls:admission", args=(call.case.ref,))
    yield reverse("calls:board", args=(call.case.ref,))
    yield reverse("calls:check", args=(ref,))
    yield reverse("calls:sheet", args=(ref,))
    yield reverse("calls:interest", args=(ref,))
    yield reverse("calls:receipt", args=(ref, 1))
    yield reverse("calls:edit_proposal", args=(ref,))
    yield reverse("cases:case", args=(ref,))
    yield reverse("cases:move", args=(ref, "replace"))
    yield reverse("cases:move", args=(ref, "admit"))
    yield reverse("cases:add_paper", args=(ref,))


@pytest.mark.parametrize("who", [name for name in EVERYBODY if name not in OWN])
def test_no_page_tells_anything_of_a_sealed_proposal(client, world, sealed, who):
    if who:
        client.force_login(world.people[who])
    told, opened = [], []
    with translation.override("ru"):
        for url in pages(*sealed):
            answer = client.get(url)
            page = answer.content.decode(errors="ignore")
            if SECRET in page or SUM in page:
                told.append(url)
            if sealed[1].case.ref in url and answer.status_code == 200:
                opened.append(url)
            if answer.status_code == 302 and "/sign-in/" not in answer.url:
                opened.append(url)
    assert told == []
    assert opened == []


@pytest.mark.parametrize("who", sorted(OWN))
def test_the_applicants_own_people_read_it(client, world, sealed, who):
    client.force_login(world.people[who])
    with translation.override("ru"):
        page = client.get(sealed[1].get_absolute_url())
    assert page.status_code == 200
    assert SECRET in page.content.decode()
    assert SUM in page.content.decode()


def test_lists_and_single_pages_agree_for_the_whole_cast(world, sealed):
    call, proposal = sealed
    draft = actions.start_proposal(call, organisation=world.bodies["meerim"], by=world.jamila)
    for stage in ("sealed", "opened"):
        if stage == "opened":
            contest.closed(call)
        for account in world.people.values():
            account.__dict__.pop("_mandates", None)
            listed = set(access.visible_to(account).values_list("pk", flat=True))
            fresh = Proposal.objects.select_related("case", "call__case")
            alone = {one.pk for one in fresh if access.may_read(account, one)}
            assert listed == alone, account.username
            spine = {proposal.case_id, draft.case_id} & set(
                cases_visible_to(account).values_list("pk", flat=True)
            )
            assert spine == {
                one.case_id for one in (proposal, draft) if may_view(account, one.case)
            }


def test_the_number_of_proposals_is_all_that_is_told(client, sealed):
    with translation.override("en"):
        page = client.get(sealed[0].get_absolute_url()).content.decode()
    assert "1 proposal handed in; sealed until then." in page


def test_papers_of_a_sealed_proposal_are_sealed_too(world, sealed):
    call, proposal = sealed
    made = Document.objects.create(
        ref="AAAA-BBBBB", kind="plan", title_ky=SECRET, sha256="0", size=1, visibility="parties"
    )
    proposal.case.papers.create(document=made, kind="plan")

    def readers():
        for account in world.people.values():
            account.__dict__.pop("_mandates", None)
        return {name for name, account in world.people.items() if may_read_document(account, made)}

    assert readers() == OWN
    contest.closed(call)
    assert readers() == OWN | {"aigul", "azamat", "head"}
    contest.declared(proposal, world.bakyt)
    assert readers() == OWN | {"aigul", "azamat", "head", "bakyt"}


def test_after_the_close_the_applicant_changes_no_paper(client, world, sealed):
    call, proposal = sealed
    client.force_login(world.chinara)
    add = reverse("cases:add_paper", args=(proposal.case.ref,))

    def file_paper(name):
        upload = SimpleUploadedFile("kat.pdf", PDF + name.encode(), "application/pdf")
        return client.post(add, {"kind": "other", "title": name, "file": upload})

    file_paper("in time")
    contest.closed(call)
    kept = proposal.case.papers.get()
    assert file_paper("too late").status_code == 302
    client.post(reverse("cases:remove_paper", args=(proposal.case.ref, kept.document.ref)))
    page = client.get(proposal.get_absolute_url()).content.decode()
    assert add not in page
    assert [one.withdrawn_at for one in proposal.case.papers.all()] == [None]


def test_after_the_close_the_commission_reads_what_was_handed_in_not_the_draft(
    client, world, sealed
):
    call, proposal = sealed
    typed = {**contest.TYPED, "title": "Кийинки долбоор", "summary": "Тапшырылбаган сөз"}
    actions.save_draft(proposal, typed=typed, by=world.chinara)
    contest.closed(call)
    contest.declared(proposal, world.bakyt)
    with translation.override("ru"):
        for who in ("bakyt", "aigul"):
            client.force_login(world.people[who])
            page = client.get(proposal.get_absolute_url()).content.decode()
            assert SECRET in page
            assert "Тапшырылбаган сөз" not in page
            assert "Кийинки долбоор" not in page
        for who in ("zamir", "jamila", "kanat", "elmira", "daniyar"):
            client.force_login(world.people[who])
            assert client.get(proposal.get_absolute_url()).status_code == 404


def test_a_cancelled_call_never_opens_its_proposals(client, world, sealed):
    call, proposal = sealed

    make_move(call.case, "cancel", by=world.aigul, answers={"reason": "Каражат жок"})
    with translation.override("ru"):
        for who in ("aigul", "bakyt", "zamir"):
            client.force_login(world.people[who])
            assert client.get(proposal.get_absolute_url()).status_code == 404
