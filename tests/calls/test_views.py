"""Pages of contests: one happy path each, and what each refuses."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from ashar.calls import access, actions
from ashar.calls.models import AdmissionCheck, Call, Complaint, Proposal, Question
from ashar.cases.access import may_view
from ashar.cases.actions import make_move
from ashar.cases.models import Case
from ashar.desk.core import COMMISSION
from ashar.reviews.models import Disclosure, Review
from tests.calls import contest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_no_papers")]


@pytest.fixture(autouse=True)
def _russian():
    """Addresses of the tests; pages are asked for in Russian unless a test says otherwise."""
    with translation.override("ru"):
        yield


@pytest.fixture
def browse(client, world):
    """Open a page as somebody of the cast (None: nobody is signed in)."""

    def do(who, name, *args, data=None, **options):
        client.logout()
        if who:
            client.force_login(world.people[who])
        url = name if name.startswith("/") else reverse(f"calls:{name}", args=args)
        send = client.get if data is None else client.post
        return send(url, data, **options)

    return do


def fields(typed, version):
    """The fields of the long form, as a browser sends them."""
    data = {"draft_version": version}
    for name, value in typed.items():
        if isinstance(value, str):
            data[name] = value
            continue
        for number, row in enumerate(value):
            for column, cell in row.items():
                data[f"{name}-{number}-{column}"] = cell
    return data


def test_the_clerk_prepares_a_call_from_a_measure(browse, world):
    measure = contest.measure_of(world)
    assert browse("aigul", "begin").status_code == 200
    answer = browse("aigul", "begin", data={"measure": measure.ref})
    call = Call.objects.get()
    assert answer.status_code == 302
    assert (call.measure, call.case.stage) == (measure, "preparing")
    for who in ("zamir", "chinara", "kanat", "daniyar"):
        assert browse(who, "begin", data={"measure": measure.ref}).status_code == 404
    assert Call.objects.count() == 1


def test_the_announcement_is_written_on_its_page(browse, world):
    call = actions.open_call(contest.measure_of(world), by=world.aigul)
    form = {"title_ky": "Борбор", "goal_ky": "Максат", "maximum": "500 000,50"}
    wrong = browse("aigul", "edit", call.case.ref, data={**form, "maximum": "1,234.56"})
    assert wrong.status_code == 200
    assert "1,234.56" in wrong.content.decode()
    assert browse("aigul", "edit", call.case.ref, data=form).status_code == 302
    call.refresh_from_db()
    assert (call.goal_ky, call.maximum.tyiyn, call.case.title_ky) == (
        "Максат",
        50_000_050,
        "Борбор",
    )
    for who in ("zamir", "chinara", "bakyt", "kanat", None):
        assert browse(who, "edit", call.case.ref, data=form).status_code in {404, 302}
    assert browse("zamir", "edit", call.case.ref).status_code == 404


def test_the_commission_is_appointed_on_its_page(browse, world):
    call = actions.open_call(contest.measure_of(world), by=world.aigul)
    data = {
        "act": "буйрук № 12",
        "members-TOTAL_FORMS": "3",
        "members-INITIAL_FORMS": "0",
        "members-0-person": world.bakyt.person_id,
        "members-1-person": world.burul.person_id,
        "members-1-is_independent": "on",
    }
    assert browse("aigul", "commission", call.case.ref).status_code == 200
    assert browse("aigul", "commission", call.case.ref, data=data).status_code == 302
    call.refresh_from_db()
    members = call.commission.mandates.order_by("pk")
    assert [(m.person, m.is_independent, m.act) for m in members] == [
        (world.bakyt.person, False, "буйрук № 12"),
        (world.burul.person, True, "буйрук № 12"),
    ]
    assert browse("zamir", "commission", call.case.ref, data=data).status_code == 404


def test_a_call_in_preparation_is_seen_by_its_own_people_alone(browse, world):
    call = contest.prepared(world)
    seen = {
        who: browse(who, "call", call.case.ref).status_code
        for who in (None, "zamir", "chinara", "kanat", "aigul", "bakyt")
    }
    assert seen == {
        None: 404,
        "zamir": 404,
        "chinara": 404,
        "kanat": 404,
        "aigul": 200,
        "bakyt": 200,
    }


def test_the_list_of_calls_agrees_with_their_pages(world):
    call = contest.prepared(world)
    for stage in ("preparing", "open"):
        if stage == "open":
            closes_at = timezone.now() + timedelta(days=40)
            make_move(call.case, "announce", by=world.aigul, answers={"closes_at": closes_at})
        for name, account in world.people.items():
            account.__dict__.pop("_mandates", None)
            listed = Call.objects.filter(access.calls_visible_to(account)).exists()
            assert listed == may_view(account, call.case), name


def test_an_open_call_is_public_with_its_list_and_excel(browse, world):
    call = contest.announced(world)
    for who in (None, "zamir", "chinara", "aigul", "bakyt", "kanat", "elmira"):
        assert browse(who, "call", call.case.ref).status_code == 200
        assert browse(who, "index").status_code == 200
    assert (
        "Дневной центр"
        in browse(None, "/ru/calls/?q=центр&stage=open&deadline=open").content.decode()
    )
    assert "Дневной центр" not in browse(None, "/ru/calls/?stage=awarded").content.decode()
    excel = browse(None, "/ru/calls/?to=xlsx")
    assert excel["Content-Type"].endswith("sheet")


def test_questions_are_asked_and_answered_in_public(browse, world):
    call = contest.announced(world)
    browse("chinara", "ask", call.case.ref, data={"text": "Балдар канча?"})
    question = Question.objects.get()
    page = browse(None, "call", call.case.ref).content.decode()
    assert "Балдар канча?" in page
    assert str(world.chinara) not in page
    for who in ("zamir", "jamila", "bakyt"):
        data = {"answer": "жок"}
        assert browse(who, "answer", call.case.ref, question.pk, data=data).status_code == 404
    browse("aigul", "answer", call.case.ref, question.pk, data={"answer": "Он сегиз"})
    assert "Он сегиз" in browse(None, "call", call.case.ref).content.decode()


def test_a_question_after_the_close_is_refused_with_its_text_kept(browse, world):
    call = contest.announced(world)
    Call.objects.update(closes_at=timezone.now() - timedelta(minutes=1))
    page = browse("chinara", "ask", call.case.ref, data={"text": "Кечиктимби?"})
    assert "Кечиктимби?" in page.content.decode()
    assert Question.objects.count() == 0


def test_a_representative_takes_part_and_finds_her_proposal_again(browse, world):
    call = contest.announced(world)
    bulak = world.bodies["bulak"]
    assert browse("chinara", "take_part", call.case.ref).status_code == 200
    for _twice in range(2):
        browse("chinara", "take_part", call.case.ref, data={"organisation": bulak.ref})
    proposal = Proposal.objects.get()
    assert proposal.applicant == bulak
    for who in ("zamir", "aigul", "bakyt", "kanat"):
        browse(who, "take_part", call.case.ref, data={"organisation": bulak.ref})
    assert Proposal.objects.count() == 1


def test_the_draft_is_kept_as_typed_and_shows_what_cannot_be_read(browse, world):
    call = contest.announced(world)
    proposal = actions.start_proposal(call, organisation=world.bodies["bulak"], by=world.chinara)
    typed = {
        **contest.TYPED,
        "budget": [
            {"title": "A", "unit": "", "quantity": "1", "rate": "1,234.56", "source": "local_own"},
            {"title": "B", "unit": "", "quantity": "2", "rate": "1 234,56", "source": "local_own"},
            {"title": "C", "unit": "", "quantity": "1", "rate": "-5", "source": "local_own"},
            {"title": "D", "unit": "", "quantity": "1", "rate": "1e9", "source": "local_own"},
        ],
    }
    ref = proposal.case.ref
    answer = browse("chinara", "edit_proposal", ref, data=fields(typed, 1), follow=True)
    page = answer.content.decode()
    for text in ("1,234.56", "1 234,56", "-5", "1e9"):
        assert f'value="{text}"' in page
    assert "2\xa0469,12" in page
    proposal.refresh_from_db()
    assert [row["rate"] for row in proposal.typed["budget"]] == [
        "1,234.56",
        "1 234,56",
        "-5",
        "1e9",
    ]


def test_autosave_answers_with_the_sums_and_stops_on_a_conflict(browse, world):
    call = contest.announced(world)
    proposal = actions.start_proposal(call, organisation=world.bodies["bulak"], by=world.chinara)
    ref = proposal.case.ref
    first = browse("chinara", "autosave", ref, data=fields(contest.TYPED, 1))
    assert first.json()["version"] == 2
    assert "350\xa0005,00" in first.json()["totals"]
    late = browse("cholpon", "autosave", ref, data=fields({"title": "Башка"}, 1))
    assert late.status_code == 409
    assert str(world.chinara) in late.json()["said"]
    for who in ("zamir", "aigul", "bakyt", "jamila"):
        assert browse(who, "autosave", ref, data=fields({}, 2)).status_code == 404


def test_two_people_saving_at_once_both_keep_their_words(browse, world):
    call = contest.announced(world)
    proposal = actions.start_proposal(call, organisation=world.bodies["bulak"], by=world.chinara)
    ref = proposal.case.ref
    browse("chinara", "edit_proposal", ref, data=fields({"title": "Биринчи"}, 1))
    answer = browse("cholpon", "edit_proposal", ref, data=fields({"title": "Экинчи"}, 1))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Биринчи" in page
    assert 'value="Экинчи"' in page
    assert 'name="draft_version" value="2"' in page
    browse("cholpon", "edit_proposal", ref, data=fields({"title": "Экинчи"}, 2))
    proposal.refresh_from_db()
    assert proposal.typed["title"] == "Экинчи"


def test_a_deadline_that_passes_while_the_form_is_open_loses_no_words(browse, world):
    call = contest.announced(world)
    proposal = actions.start_proposal(call, organisation=world.bodies["bulak"], by=world.chinara)
    ref = proposal.case.ref
    Call.objects.update(closes_at=timezone.now() - timedelta(seconds=1))
    answer = browse("chinara", "edit_proposal", ref, data=fields({"title": "Кечиккен"}, 1))
    assert answer.status_code == 409
    assert 'value="Кечиккен"' in answer.content.decode()
    move = reverse("cases:move", args=(ref, "submit"))
    late = browse("chinara", move, data={"version": proposal.case.version})
    assert late.status_code == 409
    proposal.refresh_from_db()
    assert (proposal.typed["title"], proposal.counted) == ("", None)


def test_a_second_click_on_submit_shows_that_it_was_done(browse, world):
    call = contest.announced(world)
    proposal = actions.start_proposal(call, organisation=world.bodies["bulak"], by=world.chinara)
    actions.save_draft(proposal, typed=contest.TYPED, by=world.chinara)
    move = reverse("cases:move", args=(proposal.case.ref, "submit"))
    version = Case.objects.get(pk=proposal.case_id).version
    for _click in range(2):
        answer = browse("chinara", move, data={"version": version}, follow=True)
        assert answer.redirect_chain[-1][0] == proposal.get_absolute_url()
    assert proposal.submissions.count() == 1


def test_receipts_are_the_applicants_own(browse, world):
    call = contest.announced(world)
    proposal = contest.handed_in(world, call, "chinara", "bulak")
    ref = proposal.case.ref
    assert proposal.counted.sha256 in browse("chinara", "receipt", ref, 1).content.decode()
    for who in ("zamir", "aigul", "bakyt", "jamila"):
        assert browse(who, "receipt", ref, 1).status_code == 404
        assert browse(who, "receipt_paper", ref, data={}).status_code == 404
    contest.closed(call)
    assert browse("aigul", "receipt", ref, 1).status_code == 404


def test_admission_is_recorded_rule_by_rule_with_evidence(browse, world):
    call = contest.announced(world)
    proposal = contest.handed_in(world, call, "murat", "demilge")
    ref = proposal.case.ref
    data = {"rule": "entity_or_entrepreneur", "result": "not_met", "evidence": ""}
    assert browse("bakyt", "check", ref).status_code == 404
    contest.closed(call)
    assert browse("bakyt", "check", ref).url == reverse("calls:interest", args=(ref,))
    contest.declared(proposal, world.bakyt)
    assert browse("bakyt", "check", ref).status_code == 200
    assert browse("bakyt", "check", ref, data=data).status_code == 200
    data["evidence"] = "Катталган эмес"
    for who in ("zamir", "aigul", "murat", "kanat"):
        assert browse(who, "check", ref, data=data).status_code == 404
    assert browse("bakyt", "check", ref, data=data).status_code == 302
    check = AdmissionCheck.objects.get()
    assert (check.result, check.evidence, check.checked_by) == (
        "not_met",
        "Катталган эмес",
        world.bakyt,
    )
    assert "Катталган эмес" in browse("murat", "proposal", ref).content.decode()


def test_members_declare_then_score_one_proposal_after_another(browse, world):
    call, first, second = contest.in_scoring(world)
    answer = browse("bolot", "scoring", call.case.ref)
    assert answer.url == reverse("calls:sheet", args=(first.case.ref,))
    assert browse("bolot", "sheet", first.case.ref).url == reverse(
        "calls:interest", args=(first.case.ref,)
    )
    browse("bolot", "interest", first.case.ref, data={"has_interest": "no"})
    points = {f"points_{key}": "7" for key in contest.CRITERIA}
    wrong = browse(
        "bolot", "sheet", first.case.ref, data={**points, "points_cost": "11", "version": "0"}
    )
    assert wrong.status_code == 200
    bare = browse("bolot", "sheet", first.case.ref, data={**points, "version": "0"})
    assert "оценка засчитывается только с обоснованием" in bare.content.decode()
    saved = Review.objects.get()
    assert (saved.submitted_at, saved.scores.count()) == (None, 6)
    assert f'name="version" value="{saved.version}"' in bare.content.decode()
    reasons = {f"comment_{key}": "План ачык" for key in contest.CRITERIA}
    data = {**points, **reasons, "version": str(saved.version)}
    done = browse("bolot", "sheet", first.case.ref, data=data)
    assert done.url == reverse("calls:sheet", args=(second.case.ref,))
    assert Review.objects.get().submitted_at is not None
    data = {"has_interest": "yes", "reason": "Тууганым"}
    done = browse("bolot", "interest", second.case.ref, data=data)
    assert done.url == reverse("calls:board", args=(call.case.ref,))
    assert browse("bolot", "sheet", second.case.ref).status_code == 302
    assert Disclosure.objects.filter(has_interest=True).count() == 1
    for who in ("zamir", "aigul", "chinara", "kanat"):
        assert browse(who, "sheet", first.case.ref).status_code == 404
        assert browse(who, "interest", first.case.ref).status_code == 404
        assert browse(who, "scoring", call.case.ref).status_code == 404


def test_nobody_sees_a_colleagues_points_before_the_decision(browse, world):
    call, first, second = contest.in_scoring(world)
    for name in COMMISSION[:2]:
        account = world.people[name]
        actions.disclose(first, member=account.person, has_interest=False, by=account)
    secret = contest.marks(9, "Купуя пикир")
    actions.score(first, member=world.bakyt.person, marks=secret, by=world.bakyt)
    pages = [
        browse("begimai", "sheet", first.case.ref),
        browse("begimai", "board", call.case.ref),
        browse("aigul", "board", call.case.ref),
        browse("begimai", "proposal", first.case.ref),
        browse("chinara", "proposal", first.case.ref),
        browse("aigul", "call", call.case.ref),
        browse(None, "call", call.case.ref),
    ]
    assert [page.status_code for page in pages] == [200] * 7
    assert [("Купуя пикир" in page.content.decode()) for page in pages] == [False] * 7
    assert browse("bakyt", "sheet", first.case.ref).content.decode().count("Купуя пикир") == 6
    assert second.total_score is None


def test_after_the_decision_everybody_reads_scores_and_reasons(browse, world):
    call, first, _second = contest.decided(world)
    page = browse(None, "call", call.case.ref).content.decode()
    assert "bakyt: 9" in page
    assert "900" in page
    assert browse(None, "proposal", first.case.ref).status_code == 404
    assert browse("zamir", "proposal", first.case.ref).status_code == 404


def test_a_loser_complains_and_reads_the_answer(browse, world):
    _call, _first, second = contest.decided(world)
    ref = second.case.ref
    for who in ("zamir", "chinara", "aigul", "bakyt"):
        assert browse(who, "complain", ref, data={"text": "a"}).status_code == 404
    browse("jamila", "complain", ref, data={"text": "Балл эсептелбей калды"})
    complaint = Complaint.objects.get()
    again = browse("jamila", "complain", ref, data={"text": "Дагы бир жолу"})
    assert "Дагы бир жолу" in again.content.decode()
    move = reverse("cases:move", args=(complaint.case.ref, "reject"))
    browse("aigul", move, data={"answer_text": "Текшердик, туура", "version": "1"})
    page = browse("jamila", "complaint", complaint.case.ref).content.decode()
    assert "Текшердик, туура" in page
    for who in ("zamir", "chinara"):
        assert browse(who, "complaint", complaint.case.ref).status_code == 404
    assert "/sign-in/" in browse(None, "complaint", complaint.case.ref).url


def test_who_was_not_admitted_reads_which_rule_and_why(browse, world):
    call = contest.announced(world)
    proposal = contest.handed_in(world, call, "murat", "demilge")
    contest.closed(call)
    move = reverse("cases:move", args=(proposal.case.ref, "refuse_admission"))
    contest.declared(proposal, world.bakyt)
    proposal.case.refresh_from_db()
    browse("bakyt", move, data={"version": proposal.case.version})
    page = browse("murat", "proposal", proposal.case.ref).content.decode()
    assert "Юридическое лицо или индивидуальный предприниматель" in page
    assert "инициативная группа" in page.lower() or "initiative group" in page


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_pages_open_in_every_language(browse, world, language):
    call, first, second = contest.decided(world)
    with translation.override(language):
        for who, name, ref in (
            (None, "index", None),
            (None, "call", call.case.ref),
            ("aigul", "board", call.case.ref),
            ("bakyt", "call_proposals", call.case.ref),
            ("chinara", "proposal", first.case.ref),
            ("chinara", "proposals", None),
            ("jamila", "complain", second.case.ref),
        ):
            assert browse(who, name, *([ref] if ref else [])).status_code == 200
