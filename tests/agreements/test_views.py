"""Pages of agreements: who sees what, and what a wrong entry is told."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ashar.agreements import actions
from ashar.agreements.models import Agreement, CostLine, Evaluation, Finding, MonitoringVisit
from ashar.agreements.queries.agreements import funding_of
from ashar.cases.actions import Opening, make_move, open_case
from ashar.cases.models import Case
from ashar.indicators.queries import results_of
from ashar.kernel.money import Som
from tests.agreements import deal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_no_papers")]


@pytest.fixture
def browse(client):
    def go(user, address, **data):
        client.logout()
        if user is not None:
            client.force_login(user)
        return client.post(address, data) if data else client.get(address)

    return go


def url(name, *parts):
    return reverse(f"agreements:{name}", args=parts)


def rows(prefix="form", *cells, version=None):
    """What a page of rows sends."""
    data = {"form-TOTAL_FORMS": str(len(cells)), "form-INITIAL_FORMS": "0"}
    for number, row in enumerate(cells):
        data |= {f"form-{number}-{name}": value for name, value in row.items()}
    if version is not None:
        data["version"] = str(version)
    return data


DRAFT_PAGES = ("edit", "results", "funding", "reports", "tranches")
STRANGERS = ("zamir", "daniyar", "jamila", "kanat", "elmira", "farid", "bakyt", "gulnara")


@pytest.mark.parametrize("name", ["agreement", *DRAFT_PAGES])
def test_a_draft_is_hidden_from_all_but_its_parties(world, browse, draft, name):
    for who in STRANGERS:
        assert browse(world.people[who], url(name, draft.case.ref)).status_code == 404, who
    assert browse(world.aigul, url(name, draft.case.ref)).status_code == 200
    expected = 200 if name == "agreement" else 404
    assert browse(world.chinara, url(name, draft.case.ref)).status_code == expected


def test_nobody_signed_in_sees_published_pages_and_writes_nothing(world, browse, running):
    report = deal.accepted(world, running)
    visit, finding = deal.visited(world, running)
    evaluation = deal.judged(world, running)
    tranche = running.tranches.first()
    public = [running, tranche, report]
    hidden = [visit, finding, evaluation]
    for reader in (None, world.zamir):
        assert [browse(reader, one.get_absolute_url()).status_code for one in public] == [200] * 3
        assert [browse(reader, one.get_absolute_url()).status_code for one in hidden] == [404] * 3
    make_move(visit.case, "record", by=world.aigul)
    make_move(
        evaluation.case, "stop_service", by=world.aigul, answers={"conclusion_text": "токтотуу"}
    )
    for reader in (None, world.zamir):
        assert [browse(reader, one.get_absolute_url()).status_code for one in hidden] == [200] * 3
    page = browse(None, running.get_absolute_url()).content.decode()
    assert "Балдарга кам көрүү" in page
    assert "Айгүл" not in page


def test_who_may_not_write_finds_no_form(world, browse, running):
    report = running.reports.get()
    visit, _finding = deal.visited(world, running)
    forms = [
        url("money", running.case.ref),
        url("plan_visit", running.case.ref),
        url("edit_report", report.case.ref),
        url("add_cost", report.case.ref),
        url("edit_visit", visit.case.ref),
        url("add_finding", visit.case.ref),
    ]
    for who in STRANGERS:
        assert [browse(world.people[who], one).status_code for one in forms] == [404] * 6
    assert [browse(world.aigul, one).status_code for one in forms] == [200, 200, 404, 404, 200, 200]
    assert [browse(world.chinara, one).status_code for one in forms] == [
        200,
        404,
        200,
        200,
        404,
        404,
    ]


def test_the_customer_does_not_read_a_report_while_it_is_written(world, browse, running):
    report = deal.filled(world, running)
    assert "Иштедик" not in browse(world.aigul, report.get_absolute_url()).content.decode()
    assert "Иштедик" in browse(world.chinara, report.get_absolute_url()).content.decode()


def test_the_draft_is_written_page_by_page(world, browse, draft):
    ref = draft.case.ref
    sent = rows(
        "form",
        {"title_ky": "Балдар", "target": "18", "counts_people": "on"},
        {"title_ky": "", "target": ""},
        {"title_ky": "Сааттар", "target": "2,5", "unit_ky": "саат"},
        version=draft.draft_version,
    )
    assert browse(world.aigul, url("results", ref), **sent).status_code == 302
    assert [(r.indicator.title_ky, r.target_text) for r in results_of(draft.case)] == [
        ("Балдар", "18"),
        ("Сааттар", "2.5"),
    ]
    sent = rows(
        "form",
        {"period_from": "01.02.2027", "period_to": "2027-04-30", "due_on": "05/05/2027"},
        version=draft.draft_version + 1,
    )
    assert browse(world.aigul, url("reports", ref), **sent).status_code == 302
    sent = rows(
        "form",
        {"amount": "100 000", "waits_for": "signature"},
        {"amount": "200 005,00", "waits_for": "1"},
        version=draft.draft_version + 2,
    )
    assert browse(world.aigul, url("tranches", ref), **sent, check="1").status_code == 200
    assert draft.tranches.count() == 0
    assert browse(world.aigul, url("tranches", ref), **sent).status_code == 302
    assert [str(one.amount) for one in draft.tranches.all()] == ["100 000.00", "200 005.00"]


@pytest.mark.parametrize("amount", ["1,234.56", "-5", "1e9", "миң", "1,234"])
def test_a_doubtful_sum_is_refused_in_a_sentence_and_stays_typed(world, browse, draft, amount):
    sent = rows("form", {"amount": amount, "waits_for": "signature"}, version=1)
    answer = browse(world.aigul, url("tranches", draft.case.ref), **sent)
    assert (answer.status_code, draft.tranches.count()) == (200, 0)
    assert f'value="{amount}"' in answer.content.decode()


def test_of_two_who_save_at_once_the_second_keeps_what_was_typed(world, browse, draft):
    address = url("edit", draft.case.ref)
    sent = {
        "title_ky": "Биринчи", "subject_ky": "Максат", "starts_on": "01.02.2027",
        "ends_on": "01.12.2027", "total": "350 005", "version": str(draft.draft_version),
    }  # fmt: skip
    assert browse(world.aigul, address, **sent).status_code == 302
    second = browse(world.azamat, address, **{**sent, "title_ky": "Экинчи <b>"})
    assert second.status_code == 409
    page = second.content.decode()
    assert "Экинчи &lt;b&gt;" in page
    draft.refresh_from_db()
    draft.case.refresh_from_db()
    assert draft.case.title_ky == "Биринчи"
    assert f'name="version" value="{draft.draft_version}"' in page


def test_an_agreement_cannot_end_before_it_begins(world, browse, draft):
    sent = {
        "title_ky": "А", "subject_ky": "Б", "starts_on": "01.12.2027", "ends_on": "31.02.2027",
        "total": "1", "version": "1",
    }  # fmt: skip
    assert browse(world.aigul, url("edit", draft.case.ref), **sent).status_code == 200
    sent["ends_on"] = "01.11.2027"
    assert browse(world.aigul, url("edit", draft.case.ref), **sent).status_code == 200
    assert Agreement.objects.get().draft_version == draft.draft_version


def test_a_report_is_written_on_a_phone(world, browse, running):
    report = running.reports.get()
    ref = report.case.ref
    children, visits = (one.indicator for one in results_of(running.case))
    sent = {"done": "Иш", "problems": "", f"result_{visits.pk}": "46", "version": "1"}
    assert browse(world.chinara, url("edit_report", ref), **sent).status_code == 302
    village = str(world.villages[0].pk)
    row = {"territory": village, "age_band": "a7_15", "women": "10", "men": "8"}
    wrong = rows("form", {**row, "men_with_disability": "9"}, version=2)
    assert browse(world.chinara, url("people", ref, children.pk), **wrong).status_code == 200
    sent = rows("form", {**row, "women_with_disability": "2"}, version=2)
    assert browse(world.chinara, url("people", ref, children.pk), **sent).status_code == 302
    shown = browse(world.chinara, url("people", ref, children.pk)).content.decode()
    assert 'value="10"' in shown
    cost = {
        "title": "Айлык", "amount": "90 000", "spent_on": "01.11.2026", "source": "local_own",
        "version": "3",
    }  # fmt: skip
    answer = browse(world.chinara, url("add_cost", ref), **cost, receipt=deal.receipt())
    assert answer.status_code == 302
    page = browse(world.chinara, report.get_absolute_url()).content.decode()
    assert "90 000,00" in page.replace("\u00a0", " ")
    make_move(report.case, "submit", by=world.chinara)
    assert browse(world.chinara, url("edit_report", ref)).status_code == 404


def test_a_cost_of_tomorrow_and_a_false_receipt_are_refused(world, browse, running, settings):
    report = running.reports.get()
    address = url("add_cost", report.case.ref)
    cost = {"title": "А", "amount": "1", "source": "local_own", "version": "1"}
    assert browse(world.chinara, address, **cost, spent_on="01.11.2099").status_code == 200
    false = deal.receipt("чек.jpg")
    answer = browse(world.chinara, address, **cost, spent_on="01.11.2026", receipt=false)
    assert answer.status_code == 200
    settings.DOCUMENT_MAX_BYTES = 10
    big = browse(world.chinara, address, **cost, spent_on="01.11.2026", receipt=deal.receipt())
    assert big.status_code == 200
    assert CostLine.objects.count() == 0


def test_money_that_came_is_recorded(world, browse, running):
    address = url("money", running.case.ref)
    version = running.draft_version
    sent = {"community_cash": "115 550", "version": str(version)}
    assert browse(world.chinara, address, **sent).status_code == 302
    assert {one.source: one.actual for one in funding_of(running)}["community_cash"] == Som.of(
        115_550
    )


def test_a_second_click_on_pay_pays_once(world, browse, running):
    tranche = running.tranches.get(number=1)
    address = reverse("cases:move", args=(tranche.case.ref, "prepare_payment"))
    today = f"{timezone.localdate():%d.%m.%Y}"
    sent = {
        "payment_order": "15", "paid_on": today, "paid_som": "100 000",
        "version": str(tranche.case.version),
    }  # fmt: skip
    codes = [browse(world.aigul, address, **sent).status_code for _click in range(2)]
    assert codes == [302, 302]
    tranche.case.refresh_from_db()
    approve = reverse("cases:move", args=(tranche.case.ref, "approve_payment"))
    sent = {"version": str(tranche.case.version)}
    codes = [browse(world.head, approve, **sent).status_code for _click in range(2)]
    assert codes == [302, 302]
    tranche.refresh_from_db()
    assert tranche.paid == Som.of(100_000)
    assert tranche.case.decisions.filter(move="approve_payment").count() == 1


def test_who_prepared_a_payment_reads_why_another_person_approves(world, browse, running):
    tranche = running.tranches.get(number=1)
    deal.prepare(world, tranche)
    address = reverse("cases:move", args=(tranche.case.ref, "approve_payment"))
    page = browse(world.aigul, address).content.decode()
    assert "эки адам" in page
    sent = {"version": str(tranche.case.version)}
    assert browse(world.aigul, address, **sent).status_code == 409
    assert "15" in browse(world.head, tranche.get_absolute_url()).content.decode()


def test_a_visit_is_planned_filled_and_recorded(world, browse, running):
    sent = {
        "held_on": f"{timezone.localdate():%d.%m.%Y}", "place": "Бирдик",
        "standard": "day_centre_children",
    }  # fmt: skip
    assert browse(world.aigul, url("plan_visit", running.case.ref), **sent).status_code == 302
    visit = MonitoringVisit.objects.get()
    page = browse(world.aigul, url("edit_visit", visit.case.ref)).content.decode()
    assert page.count('type="radio"') == 32
    sent = {"version": "1", "held_on": "21.11.2026", "summary": "", "result_safety": "partly"}
    assert browse(world.aigul, url("edit_visit", visit.case.ref), **sent).status_code == 302
    finding = {"text": "<script>alert(1)</script>", "fix_by": "01.01.2020", "clause": "safety"}
    address = url("add_finding", visit.case.ref)
    assert browse(world.aigul, address, **finding).status_code == 200
    finding["fix_by"] = "01.01.2030"
    assert browse(world.aigul, address, **finding).status_code == 302
    page = browse(world.chinara, Finding.objects.get().get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_an_evaluation_is_begun_once_and_written(world, browse, running):
    address = url("evaluate", running.case.ref)
    assert browse(world.zamir, address, any="1").status_code == 404
    for _click in range(2):
        assert browse(world.aigul, address, any="1").status_code == 302
    evaluation = Evaluation.objects.get()
    edit = url("edit_evaluation", evaluation.case.ref)
    assert browse(world.chinara, edit).status_code == 404
    row = {"round": "after", "question_ky": "Ыраазысызбы?", "asked_people": "20"}
    sent = rows("form", {**row, "satisfied": "21"}, version=1)
    assert browse(world.aigul, edit, **sent).status_code == 200
    sent = rows("form", {**row, "satisfied": "17"}, version=1)
    assert browse(world.aigul, edit, **sent, strengths="Жакшы").status_code == 302
    page = browse(world.aigul, evaluation.get_absolute_url()).content.decode()
    assert "85" in page


def test_the_list_searches_exports_and_asks_as_much_for_three_as_for_one(
    world, browse, running, client
):
    address = url("index")
    assert "Бактылуу балалык" in browse(None, f"{address}?q=бактылуу").content.decode()
    assert "Бактылуу балалык" not in browse(None, f"{address}?q=жок").content.decode()
    assert browse(None, f"{address}?year=99999&stage=running").status_code == 200
    excel = browse(None, f"{address}?to=xlsx")
    assert excel["Content-Type"].endswith("spreadsheetml.sheet")
    one = _queries(client, address)
    _two_more(world)
    assert _queries(client, address) == one


def _queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def _two_more(world):
    for number in range(2):
        opening = Opening(
            procedure="municipal_social_order",
            track="agreement",
            territory=world.aimak,
            title_ky=f"Келишим {number}",
            edition="2008-07-21",
            parties={"customer": world.bodies["okmotu"]},
        )
        past = actions.PastAgreement(customer=world.bodies["okmotu"])
        actions.record_past_agreement(opening, past, source="а", period="2014")


def test_a_procedure_without_visits_offers_none(world, browse):
    opening = Opening(
        procedure="local_initiative",
        track="agreement",
        territory=world.aimak,
        title_ky="Демилге",
        parties={"customer": world.bodies["okmotu"], "contractor": world.bodies["demilge"]},
    )
    case = open_case(opening, by=world.aigul)
    Case.objects.filter(pk=case.pk).update(stage="running")
    Agreement.objects.create(
        case=case, customer=world.bodies["okmotu"], contractor=world.bodies["demilge"]
    )
    assert browse(world.aigul, url("agreement", case.ref)).status_code == 200
    assert browse(world.aigul, url("plan_visit", case.ref)).status_code == 404
    assert browse(world.aigul, url("evaluate", case.ref), any="1").status_code == 404
