"""A contest in the model aimak, brought to any stage in a few words."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from ashar.calls import actions
from ashar.cases.actions import Opening, make_move, open_case
from ashar.cases.models import Case
from ashar.desk.core import COMMISSION
from ashar.kernel.money import Som
from ashar.needs.models import Need, NeedsStudy
from ashar.programmes.models import Measure, Programme
from ashar.reviews.core import Marks

PARTS = ("goal", "tasks", "problem", "target_group", "results", "requirements", "contact")
INDEPENDENT = frozenset({"burul", "beksultan"})
CRITERIA = ("relevance", "results", "method", "capacity", "cost", "sustainability")
TYPED = {
    "title": "Бактылуу балалык",
    "summary": "Күндүзгү борбор ачабыз.",
    "method": "Адистер менен иштейбиз.",
    "experience": "Он жыл.",
    "sustainability": "Айыл өкмөтү улантат.",
    "results": [{"title": "Борборго келген балдар", "unit": "бала", "target": "18"}],
    "activities": [{"title": "Ачуу", "starts_on": "01.02.2027", "ends_on": "2027-03-01"}],
    "team": [{"role": "Жетекчи", "qualification": "педагог"}],
    "budget": [
        {
            "title": "Айлык",
            "unit": "ай",
            "quantity": "10",
            "rate": "30 000,50",
            "source": "local_own",
        },
        {"title": "Имарат", "unit": "ай", "quantity": "10", "rate": "5000", "source": "ngo_own"},
    ],
}


def measure_of(world) -> Measure:
    """A measure of an approved programme for a need of a finished ranking."""
    okmotu = world.bodies["okmotu"]
    study = open_case(
        Opening(
            procedure="needs_study",
            track="study",
            territory=world.aimak,
            title_ky="Изилдөө",
            parties={"municipality": okmotu},
        ),
        by=world.aigul,
    )
    need = Need.objects.create(
        study=NeedsStudy.objects.create(case=study),
        topic="care",
        title_ky="Балдарга кам көрүү",
        position=1,
    )
    case = open_case(
        Opening(
            procedure="social_order_programme",
            track="programme",
            territory=world.aimak,
            title_ky="Программа",
            title_ru="Программа",
            parent=study,
            parties={"municipality": okmotu, "kenesh": world.bodies["kenesh"]},
        ),
        by=world.aigul,
    )
    programme = Programme.objects.create(case=case, year_from=2026, year_to=2027)
    Case.objects.filter(pk=case.pk).update(stage="approved", is_public=True)
    case.refresh_from_db()
    return Measure.objects.create(
        programme=programme, need=need, title_ky="Күндүзгү борбор", title_ru="Дневной центр"
    )


def prepared(world):
    """A call with its notice written and its commission appointed."""
    call = actions.open_call(measure_of(world), by=world.aigul)
    texts = {f"{part}_{code}": f"{part} {code}" for part in PARTS for code in ("ky", "ru")}
    actions.edit_call(
        call,
        by=world.aigul,
        starts_on=date(2027, 2, 1),
        ends_on=date(2027, 12, 1),
        maximum=Som.of(500_000),
        **texts,
    )
    actions.appoint_commission(
        call,
        members=[(world.people[name].person, name in INDEPENDENT) for name in COMMISSION],
        act="буйрук № 7",
        by=world.aigul,
    )
    actions.confirm_commission(call, by=world.head)
    return call


def announced(world, days=40):
    """An open call."""
    call = prepared(world)
    closes_at = timezone.now() + timedelta(days=days)
    make_move(call.case, "announce", by=world.aigul, answers={"closes_at": closes_at})
    call.refresh_from_db()
    return call


def handed_in(world, call, who, body, **changes):
    """A proposal of the body, started, filled and handed in."""
    account = world.people[who]
    proposal = actions.start_proposal(call, organisation=world.bodies[body], by=account)
    actions.save_draft(proposal, typed={**TYPED, **changes}, by=account)
    make_move(proposal.case, "submit", by=account)
    proposal.refresh_from_db()
    return proposal


def closed(call):
    """The call after its clock has closed it; nothing is sealed, so all is shown at once."""
    moment = timezone.now() + timedelta(days=41)
    make_move(call.case, "close", by=None, now=moment)
    make_move(call.case, "open_proposals", by=None, now=moment)
    call.refresh_from_db()
    return call


def declared(proposal, member, *, has_interest=False):
    """The proposal after the member declared whether an interest ties her to the applicant."""
    proposal.refresh_from_db()
    reason = "Тууган" if has_interest else ""
    actions.disclose(
        proposal, member=member.person, has_interest=has_interest, reason=reason, by=member
    )


def admitted(world, *proposals):
    """The proposals after the commission found every rule met."""
    for proposal in proposals:
        proposal.refresh_from_db()
        declared(proposal, world.bakyt)
        for rule in ("entity_or_entrepreneur",):
            actions.record_check(proposal, rule=rule, result="met", by=world.bakyt)
        make_move(proposal.case, "admit", by=world.bakyt)
        proposal.refresh_from_db()


def in_scoring(world):
    """A call in scoring with two admitted proposals."""
    call = announced(world)
    first = handed_in(world, call, "chinara", "bulak")
    second = handed_in(world, call, "jamila", "meerim", title="Чогуу")
    closed(call)
    admitted(world, first, second)
    make_move(call.case, "finish_admission", by=world.bakyt)
    call.refresh_from_db()
    return call, first, second


def marks(points, comment="Сунушта ушундай жазылган"):
    """A sheet with the same points everywhere."""
    return Marks(dict.fromkeys(CRITERIA, points), dict.fromkeys(CRITERIA, comment))


def scored(world, call, points):
    """Every member declares no interest and gives each proposal its points."""
    for name in COMMISSION:
        account = world.people[name]
        for proposal, given in points.items():
            proposal.refresh_from_db()
            actions.disclose(proposal, member=account.person, has_interest=False, by=account)
            sheet = marks(given, f"{name}: {given}")
            actions.score(proposal, member=account.person, marks=sheet, by=account)


def decided(world):
    """A decided call: chinara's proposal first, jamila's second."""
    call, first, second = in_scoring(world)
    scored(world, call, {first: 9, second: 6})
    make_move(call.case, "decide", by=world.bakyt)
    for one in (call, first, second):
        one.refresh_from_db()
    return call, first, second
