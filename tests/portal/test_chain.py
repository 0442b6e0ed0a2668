"""The chain of a place: whole, public only, and never dearer with more cases."""

from __future__ import annotations

import gzip
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ashar.agreements.models import Agreement, Tranche
from ashar.cases.access import may_view, visible_to
from ashar.cases.actions import Opening, open_case, publish_case
from ashar.cases.models import Case
from ashar.desk.core import CAST
from ashar.events.choices import EventKind
from ashar.events.models import Event
from ashar.kernel.money import Som
from ashar.needs.models import Gathering, Need, NeedsStudy
from ashar.portal.core import Link, place_confidence
from ashar.portal.queries.chain import chain
from tests.people import build_world

MOST_QUERIES = 15


@pytest.fixture
def world(db):
    return build_world()


def add_chain(world, number):
    """A published study with a need, an agreement that answers it, and a paid tranche."""
    office = world.bodies["okmotu"]
    study = open_case(
        Opening("needs_study", "study", world.aimak, title_ky=f"Изилдөө {number}",
                parties={"municipality": office}),
        by=world.aigul,
    )  # fmt: skip
    need = Need.objects.create(
        study=NeedsStudy.objects.create(case=study), topic="other",
        title_ky=f"Муктаждык {number}", position=1,
    )  # fmt: skip
    case = open_case(
        Opening("municipal_social_order", "agreement", world.aimak, title_ky=f"Келишим {number}",
                parent=study, parties={"customer": office}),
        by=world.aigul,
    )  # fmt: skip
    agreement = Agreement.objects.create(
        case=case, need=need, customer=office, contractor=world.bodies["bulak"]
    )
    agreement.funding.create(source="local_own", planned=Som.of(100_000))
    tranche = open_case(
        Opening("municipal_social_order", "tranche", world.aimak, title_ky="Транш", parent=case),
        by=None,
    )
    Tranche.objects.create(
        case=tranche, agreement=agreement, number=1, amount=Som.of(100_000),
        condition="signature", paid=Som.of(100_000), payment_order=f"ПП-{number}",
        paid_on="2026-07-29", prepared_by=world.aigul.person, approved_by=world.head.person,
    )  # fmt: skip
    publish_case(study)
    publish_case(case)
    return need, agreement


def page(client, world, language="ky"):
    return client.get(f"/{language}/places/{world.aimak.code}/")


def queries_of(client, world):
    with CaptureQueriesContext(connection) as caught:
        assert page(client, world).status_code == 200
    return len(caught)


def test_thirty_chains_cost_as_many_queries_as_one(client, world):
    add_chain(world, 1)
    page(client, world)
    one = queries_of(client, world)
    for number in range(2, 31):
        add_chain(world, number)
    assert queries_of(client, world) == one
    assert one <= MOST_QUERIES
    assert len(gzip.compress(page(client, world).content)) <= 60_000


def test_from_the_need_to_the_som_paid(client, world):
    need, agreement = add_chain(world, 1)
    (link,) = chain(world.aimak).needs
    kinds = [one.kind for one in link.walk()]
    assert kinds == ["need", "agreement", "tranche"]
    paid = link.children[0].children[0].figures
    assert [figure.value for figure in paid] == ["100000", "2026-07-29", "ПП-1"]
    html = page(client, world).content.decode()
    assert need.get_absolute_url() in html
    assert agreement.get_absolute_url() in html
    assert "Булак" in html


def test_a_hidden_study_and_agreement_are_not_in_the_chain(client, world):
    _need, agreement = add_chain(world, 1)
    Case.objects.filter(pk=agreement.case_id).update(is_public=False)
    (link,) = chain(world.aimak).needs
    assert link.children == ()
    Case.objects.update(is_public=False)
    found = chain(world.aimak)
    assert (found.needs, found.studies, found.others) == ((), (), ())


@pytest.mark.parametrize("name", [None, "zamir", "aigul", "chinara"])
def test_everybody_reads_the_same_page(client, world, name):
    add_chain(world, 1)
    add_chain(world, 2)
    Case.objects.filter(title_ky="Келишим 2").update(is_public=False)
    if name:
        client.force_login(world.people[name])
    html = page(client, world).content.decode()
    assert ("Келишим 1" in html, "Келишим 2" in html) == (True, False)


def test_lists_and_pages_agree_for_the_whole_cast(world):
    add_chain(world, 1)
    add_chain(world, 2)
    Case.objects.filter(title_ky__endswith="2").update(is_public=False)
    cases = list(Case.objects.prefetch_related("parties__organisation"))
    for role in CAST:
        user = world.people[role.username]
        listed = set(visible_to(user).values_list("pk", flat=True))
        opened = {case.pk for case in cases if may_view(user, case)}
        assert (role.username, opened) == (role.username, listed)
    public = set(Case.objects.filter(is_public=True).values_list("pk", flat=True))
    assert set(visible_to(world.zamir).values_list("pk", flat=True)) == public


def test_the_chain_as_data(client, world):
    add_chain(world, 1)
    data = client.get(f"/ky/places/{world.aimak.code}/chain.json").json()
    assert data["needs"][0]["children"][0]["who"]["ky"] == "«Булак» коомдук фонду"


def test_a_walk_goes_downwards():
    inner = Link("tranche", {}, "/3")
    outer = Link("need", {}, "/1", children=(Link("agreement", {}, "/2", children=(inner,)),))
    assert [one.url for one in outer.walk()] == ["/1", "/2", "/3"]
    assert [one.url for one in outer.below] == ["/2", "/3"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [("… (likely: сыягы)", "likely"), ("… (not found: жок)", "not found"), ("Каргалык.", "")],
)
def test_how_surely_a_place_is_known(source, expected):
    assert place_confidence(source) == expected


def test_people_are_called_to_a_gathering_and_read_what_they_vote_on(client, world):
    study = open_case(
        Opening("needs_study", "study", world.aimak, title_ky="Изилдөө",
                parties={"municipality": world.bodies["okmotu"]}),
        by=world.aigul,
    )  # fmt: skip
    asked = NeedsStudy.objects.create(case=study)
    need = Need.objects.create(study=asked, topic="other", title_ky="Таза суу", position=1)
    Need.objects.create(study=asked, topic="other", title_ky="Тартипсиз муктаждык")
    case = open_case(
        Opening("needs_study", "gathering", world.aimak, title_ky="Жыйын", parent=study),
        by=world.aigul,
    )
    event = Event.objects.create(
        case=case, territory=world.aimak, kind=EventKind.GATHERING,
        held_on=date(2026, 12, 5), place_text="Маданият үйү",
    )  # fmt: skip
    Gathering.objects.create(case=case, event=event, study=asked)
    address = f"/ru/places/{world.aimak.code}/"
    assert "Таза суу" not in client.get(address).content.decode()
    Case.objects.filter(pk=case.pk).update(stage="announced", is_public=True)
    html = client.get(address).content.decode()
    assert "Маданият үйү" in html
    assert f"/ru/needs/gatherings/{case.ref}/#agenda" in html
    assert f'id="need-{need.ref}"' in html
    assert "Тартипсиз муктаждык" not in html
    page = client.get(need.get_absolute_url().replace("/ky/", "/ru/")).content.decode()
    assert f"{address}#need-{need.ref}" in page
