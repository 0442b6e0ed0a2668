"""Pages of the spine: who may open a case, make a move, file a paper."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ashar.cases.actions import Opening, open_case, publish_case
from ashar.cases.models import Case, CaseDocument
from ashar.cases.queries import panel
from ashar.programmes.actions import ProgrammeText, open_programme
from ashar.programmes.models import Programme
from tests.people import build_world

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def world(db):
    return build_world()


@pytest.fixture
def case(world):
    text = ProgrammeText("Программа", "Программа", "Максат", "Цель", 2026, 2027)
    return open_programme(
        text,
        territory=world.aimak,
        municipality=world.bodies["okmotu"],
        kenesh=world.bodies["kenesh"],
        parent=None,
        by=world.aigul,
    ).case


def at(case, rest=""):
    return f"/ky/cases/{case.ref}/{rest}"


def test_a_reference_leads_to_the_page(client, world, case):
    client.force_login(world.aigul)
    assert client.get(at(case))["Location"] == f"/ky/programmes/{case.ref}/"


@pytest.mark.parametrize("name", [None, "zamir", "chinara"])
def test_a_hidden_case_does_not_exist_for_strangers(client, world, case, name):
    if name:
        client.force_login(world.people[name])
    assert client.get(at(case)).status_code == 404
    publish_case(case)
    assert client.get(at(case)).status_code == 302


def test_a_move_shows_what_it_will_do_and_why_not_yet(client, world, case):
    client.force_login(world.aigul)
    html = client.get(at(case, "moves/submit_to_kenesh/")).content.decode()
    assert "govuk-error-summary" in html
    assert "№ 70" in html


def test_a_refused_move_changes_nothing(client, world, case):
    client.force_login(world.aigul)
    answer = client.post(at(case, "moves/submit_to_kenesh/"), {"version": case.version})
    assert answer.status_code == 409
    assert Case.objects.get(pk=case.pk).stage == "drafting"


def test_a_second_click_finds_the_result(client, world, case):
    client.force_login(world.kanat)
    Case.objects.filter(pk=case.pk).update(stage="before_kenesh")
    typed = {"version": case.version, "reason": "Толуктоо керек"}
    first = client.post(at(case, "moves/return_to_drafting/"), typed)
    second = client.post(at(case, "moves/return_to_drafting/"), typed)
    assert (first.status_code, second.status_code) == (302, 302)
    assert case.decisions.filter(move="return_to_drafting").count() == 1


def test_a_stale_page_keeps_what_was_typed(client, world, case):
    client.force_login(world.kanat)
    Case.objects.filter(pk=case.pk).update(stage="before_kenesh", version=7)
    typed = {"version": 6, "reason": "Толуктоо керек"}
    answer = client.post(at(case, "moves/return_to_drafting/"), typed)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Толуктоо керек" in html
    assert 'value="7"' in html


@pytest.mark.parametrize("name", ["zamir", "kanat", "chinara"])
def test_who_may_not_move_has_no_page(client, world, case, name):
    publish_case(case)
    client.force_login(world.people[name])
    page = at(case, "moves/submit_to_kenesh/")
    assert (client.get(page).status_code, client.post(page).status_code) == (404, 404)


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30])
def test_a_hostile_version_moves_nothing(client, world, case, version):
    client.force_login(world.aigul)
    client.post(at(case, "moves/submit_to_kenesh/"), {"version": version})
    assert Case.objects.get(pk=case.pk).stage == "drafting"


def file_paper(client, case, content=PDF, name="kat.pdf"):
    upload = SimpleUploadedFile(name, content, content_type="application/pdf")
    return client.post(at(case, "papers/add/"), {"kind": "other", "title": "Кат", "file": upload})


def test_a_paper_is_filed_read_and_taken_off(client, world, case):
    client.force_login(world.aigul)
    assert file_paper(client, case).status_code == 302
    filing = CaseDocument.objects.get()
    page = at(case, f"papers/{filing.document.ref}/remove/")
    client.force_login(world.azamat)
    assert client.post(page).status_code == 404
    client.force_login(world.aigul)
    assert client.get(page).status_code == 405
    assert client.post(page).status_code == 302
    filing.refresh_from_db()
    assert filing.withdrawn_at is not None


def test_a_wrong_file_is_refused_and_the_title_is_kept(client, world, case):
    client.force_login(world.aigul)
    answer = file_paper(client, case, b"MZ\x90\x00 not a paper", "kat.exe")
    assert (answer.status_code, CaseDocument.objects.count()) == (200, 0)
    assert 'value="Кат"' in answer.content.decode()


def test_zamir_reads_only_published_papers(client, world, case):
    client.force_login(world.aigul)
    file_paper(client, case)
    publish_case(case)
    document = CaseDocument.objects.get().document
    client.force_login(world.zamir)
    assert client.get(document.get_absolute_url()).status_code == 404
    assert document.ref not in client.get(f"/ky/programmes/{case.ref}/").content.decode()
    assert client.get(at(case, "papers/add/")).status_code == 404


def test_a_public_page_does_not_name_a_hidden_case_above_it(client, world, case):
    below = open_case(
        Opening("social_order_programme", "programme", world.aimak, title_ky="Төмөнкү",
                parent=case),
        by=world.aigul,
    )  # fmt: skip
    Programme.objects.create(case=below, year_from=2026, year_to=2026)
    Case.objects.filter(pk=case.pk).update(title_ky="Жашыруун долбоор")
    publish_case(below)
    assert "Жашыруун" not in client.get(f"/ky/programmes/{below.ref}/").content.decode()
    client.force_login(world.aigul)
    assert "Жашыруун" in client.get(f"/ky/programmes/{below.ref}/").content.decode()


def ribbon(case, world):
    """The stages that the ribbon of the case shows."""
    return [step.key for step in panel(Case.objects.get(pk=case.pk), world.aigul).steps]


def test_the_ribbon_shows_no_suspension_that_never_was(world):
    agreement = open_case(
        Opening("municipal_social_order", "agreement", world.aimak, title_ky="Келишим",
                parties={"customer": world.bodies["okmotu"]}),
        by=world.aigul,
    )  # fmt: skip
    Case.objects.filter(pk=agreement.pk).update(stage="running")
    assert "suspended" not in ribbon(agreement, world)
    Case.objects.filter(pk=agreement.pk).update(stage="suspended")
    assert "suspended" in ribbon(agreement, world)


def test_the_ribbon_shows_the_straight_way(world, case):
    assert ribbon(case, world) == ["drafting", "before_kenesh", "approved"]
