"""Local initiatives run on the same pages and actions: their law file is all that differs."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone, translation

from ashar.calls import actions
from ashar.calls.models import Call
from ashar.cases.actions import make_move
from ashar.desk.core import COMMISSION
from ashar.documents.models import Document
from ashar.kernel.money import Som
from ashar.procedures.engine import Refused
from ashar.reviews.core import Marks
from tests.calls import contest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_no_papers")]
CRITERIA = ("significance", "participation", "sustainability", "costs", "contribution")
SMALL = [
    {"title": "Уруктар", "unit": "кап", "quantity": "4", "rate": "10 000", "source": "local_own"}
]
LARGE = [{**SMALL[0], "quantity": "40"}]


@pytest.fixture
def call(client, world):
    with translation.override("ru"):
        client.force_login(world.aigul)
        client.post(reverse("calls:begin"), {"procedure": "local_initiative"})
    made = Call.objects.get()
    texts = {f"{part}_{code}": f"{part} {code}" for part in contest.PARTS for code in ("ky", "ru")}
    actions.edit_call(
        made,
        by=world.aigul,
        title_ky="Жергиликтүү демилгелер",
        starts_on=date(2027, 2, 1),
        ends_on=date(2027, 12, 1),
        maximum=Som.of(50_000),
        **texts,
    )
    people = [(world.people[name].person, False) for name in COMMISSION]
    actions.appoint_commission(made, members=people, act="№ 3", by=world.aigul)
    actions.confirm_commission(made, by=world.head)
    closes_at = timezone.now() + timedelta(days=40)
    make_move(made.case, "announce", by=world.aigul, answers={"closes_at": closes_at})
    made.refresh_from_db()
    return made


def attach(proposal, kind):
    made = Document.objects.create(
        ref=f"{kind[:4]}-{proposal.pk}", kind=kind, sha256="0", size=1, visibility="parties"
    )
    proposal.case.papers.create(document=made, kind=kind)


def test_an_initiative_group_wins_with_its_papers_under_the_ceiling(world, call):
    demilge = world.bodies["demilge"]
    proposal = actions.start_proposal(call, organisation=demilge, by=world.murat)
    actions.save_draft(proposal, typed={**contest.TYPED, "budget": LARGE}, by=world.murat)
    with pytest.raises(Refused) as found:
        make_move(proposal.case, "submit", by=world.murat)
    assert [one.reason.key for one in found.value.refusals] == [
        "within_maximum",
        "documents_attached",
    ]
    actions.save_draft(proposal, typed={**contest.TYPED, "budget": SMALL}, by=world.murat)
    for kind in ("application", "plan", "budget"):
        attach(proposal, kind)
    make_move(proposal.case, "submit", by=world.murat)
    proposal.refresh_from_db()
    assert [paper["kind"] for paper in proposal.counted.content["papers"]] == [
        "application",
        "plan",
        "budget",
    ]
    contest.closed(call)
    proposal.refresh_from_db()
    contest.declared(proposal, world.bakyt)
    make_move(proposal.case, "admit", by=world.bakyt)
    make_move(call.case, "finish_admission", by=world.bakyt)
    for name in COMMISSION:
        account = world.people[name]
        proposal.refresh_from_db()
        actions.disclose(proposal, member=account.person, has_interest=False, by=account)
        sheet = Marks(dict.fromkeys(CRITERIA, 4), dict.fromkeys(CRITERIA, "Негиздүү"))
        actions.score(proposal, member=account.person, marks=sheet, by=account)
    make_move(call.case, "decide", by=world.bakyt)
    proposal.refresh_from_db()
    assert (proposal.rank, proposal.total_score) == (1, 400_000)


def test_a_file_of_twenty_megabytes_is_refused_in_a_sentence(client, world, call):
    demilge = world.bodies["demilge"]
    proposal = actions.start_proposal(call, organisation=demilge, by=world.murat)
    huge = SimpleUploadedFile("plan.pdf", b"%PDF-" + bytes(20 * 1024 * 1024))
    with translation.override("ru"):
        client.force_login(world.murat)
        url = reverse("cases:add_paper", args=(proposal.case.ref,))
        answer = client.post(url, {"kind": "plan", "title": "Менин планым", "file": huge})
    assert answer.status_code == 200
    assert "Менин планым" in answer.content.decode()
    assert Document.objects.count() == 0


def test_a_call_is_found_by_the_title_it_was_given(client, call):
    with translation.override("ru"):
        page = client.get(reverse("portal:search"), {"q": "демилгелер"}).content.decode()
    assert call.case.ref in page
