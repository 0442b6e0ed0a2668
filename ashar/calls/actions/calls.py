"""The customer prepares a call, appoints its commission, answers questions in public."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ashar.calls.models import Call, Question
from ashar.calls.queries.calls import is_receiving
from ashar.calls.queries.words import said
from ashar.cases.actions import Opening, add_party, hold_stage, open_case, retitle_case
from ashar.cases.models import Case
from ashar.cases.queries import party_of
from ashar.events.actions import ChangedMeanwhile
from ashar.journal import actions as journal
from ashar.journal.actions import deed
from ashar.kernel.text import search_key
from ashar.parties.access import organisations_of
from ashar.parties.actions import confirm_mandates, give_mandate, register_organisation
from ashar.parties.choices import MandateRole, OrganisationKind
from ashar.parties.models import Account, Organisation, Person
from ashar.places.models import Territory
from ashar.programmes.models import Measure

MUNICIPAL_SOCIAL_ORDER = "municipal_social_order"
TITLES = ("title_ky", "title_ru")


class NoticeClosed(Exception):
    """The announcement is published: it changes only by a recorded move."""


@deed
def open_call(
    measure: Measure | None,
    *,
    by: Account | None,
    procedure: str = MUNICIPAL_SOCIAL_ORDER,
    customer: Organisation | None = None,
    territory: Territory | None = None,
    edition: str | None = None,
) -> Call:
    """Begin to prepare a call for a measure of a programme.

    The customer is the municipality that stands in the programme's case unless named. A
    call under a procedure without programmes has no measure, but names its territory.
    """
    parent = measure.programme.case if measure else None
    ordering = customer or _customer(parent, by)
    place = territory or (parent.territory if parent else ordering.territory)
    if place is None:
        raise ValueError("a call is held somewhere: name its territory")
    opening = Opening(
        procedure=procedure,
        track="call",
        territory=place,
        title_ky=measure.title_ky if measure else "",
        title_ru=measure.title_ru if measure else "",
        parent=parent,
        parties={"customer": ordering},
        edition=edition,
    )
    case = open_case(opening, by=by)
    call = Call(case=case, measure=measure)
    call.search_key = _search_key(call)
    call.save()
    return call


def _customer(parent: Case | None, by: Account | None) -> Organisation:
    """Return the municipality of the programme, else the body for which the person acts."""
    found = party_of(parent, "municipality", "customer") if parent else None
    if found is not None:
        return found
    roles = (MandateRole.SPECIALIST, MandateRole.HEAD)
    own = organisations_of(by, *roles) if by else []
    if not own:
        raise ValueError("nobody is known to place this order: name the customer")
    return own[0]


def _search_key(call: Call) -> str:
    """Return by what a call is found: its title and its place."""
    case, place = call.case, call.case.territory
    words = (case.title_ky, case.title_ru, place.name_ky, place.name_ru, case.ref)
    return search_key(" ".join(words))[:900]


def _claim(call: Call, version: int | None) -> None:
    """Take the next version of the call in preparation, so that no second writer comes between.

    Raises NoticeClosed once it is announced, ChangedMeanwhile when it is not as was read.
    """
    rows = Case.objects.filter(pk=call.case_id, stage="preparing")
    seen = rows if version is None else rows.filter(version=version)
    if not seen.update(version=F("version") + 1):
        raise ChangedMeanwhile if rows.exists() else NoticeClosed
    call.case.refresh_from_db(fields=["version"])


@deed
def edit_call(
    call: Call, *, by: Account | None, version: int | None = None, **fields: object
) -> Call:
    """Write items of the announcement; `title_ky`, `title_ru` name the call itself.

    Raises NoticeClosed once it is announced, ChangedMeanwhile when it is not the version read.
    """
    _claim(call, version)
    titles: dict[str, str] = {
        title: str(fields.pop(title))[:300] for title in TITLES if title in fields
    }
    if titles:
        for title, text in titles.items():
            setattr(call.case, title, text)
        retitle_case(call.case, title_ky=call.case.title_ky, title_ru=call.case.title_ru)
    for name, value in fields.items():
        if not hasattr(call, name):
            raise ValueError(f"an announcement has no {name}")
        setattr(call, name, value)
    call.search_key = _search_key(call)
    call.save()
    _note("call_edited", call, by, {"fields": sorted([*titles, *fields])})
    return call


def _note(
    action: str, call: Call, by: Account | None, data: dict[str, object] | None = None
) -> None:
    journal.write(action, subject=f"case:{call.case.ref}", case_ref=call.case.ref, by=by, data=data)


@deed
def appoint_commission(
    call: Call,
    *,
    members: Iterable[tuple[Person, bool]],
    act: str,
    by: Account | None,
    name_ky: str = "",
    name_ru: str = "",
    version: int | None = None,
) -> Organisation:
    """Appoint the commission by the act: each person, and whether independent.

    Each takes office when another person than `by` confirms the composition. Appointing again
    before the announcement replaces the former one. Raises NoticeClosed once the call is announced, ChangedMeanwhile when it is not the version read.
    """
    _claim(call, version)
    commission = call.commission or _new_commission(call, by, name_ky, name_ru)
    today = timezone.localdate()
    commission.mandates.all().delete()  # a composition not announced yet was never in office
    for person, is_independent in dict(members).items():
        give_mandate(
            person=person,
            organisation=commission,
            role=MandateRole.MEMBER,
            valid_from=today,
            act=act,
            is_independent=is_independent,
            by=by,
        )
    _note("commission_appointed", call, by, {"act": act, "organisation": commission.ref})
    return commission


@deed
def confirm_commission(call: Call, *, by: Account) -> int:
    """Confirm everybody who was appointed; return how many. Raises SamePerson, NoticeClosed."""
    if not hold_stage(call.case, "preparing") or call.commission is None:
        raise NoticeClosed
    count = confirm_mandates(call.commission, by=by)
    _note("commission_confirmed", call, by, {"members": count})
    return count


def _new_commission(call: Call, by: Account | None, name_ky: str, name_ru: str) -> Organisation:
    name = _("Commission of the contest «%(title)s»")
    case = call.case
    commission = register_organisation(
        kind=OrganisationKind.COMMISSION,
        name_ky=(name_ky or said(name, "ky") % {"title": case.title_ky or case.ref})[:300],
        name_ru=(name_ru or said(name, "ru") % {"title": case.title_ru or case.title_ky})[:300],
        territory=case.territory,
        keeper=party_of(case, "customer", "municipality"),
        by=by,
    )
    add_party(case, actor="commission", organisation=commission, by=by)
    Call.objects.filter(pk=call.pk).update(commission=commission)
    call.commission = commission
    return commission


@deed
def ask_question(
    call: Call, *, text: str, by: Account | None, organisation: Organisation | None = None
) -> Question:
    """Put a question about an open call; it is public, who asked is not.

    A second click finds the question asked with the first. Raises NoticeClosed when the call no
    longer accepts proposals.
    """
    if not is_receiving(call):
        raise NoticeClosed
    asked = call.questions.filter(asked_by=by, text=text.strip(), answer="").first()
    if by is not None and asked is not None:
        return asked
    question = Question.objects.create(
        call=call,
        text=text.strip(),
        asked_by=by,
        organisation=organisation,
        asked_at=timezone.now(),
    )
    _note("question_asked", call, by)
    return question


@deed
def answer_question(question: Question, *, answer: str, by: Account | None) -> Question:
    """Answer a question publicly; the answer may be made more precise later."""
    question.answer = answer.strip()
    question.answered_at = timezone.now()
    question.save(update_fields=["answer", "answered_at"])
    _note("question_answered", question.call, by, {"question": question.pk})
    return question


def set_closing(case: Case, closes_at: datetime) -> None:
    """Keep the moment at which the call closes, as announced or put off."""
    Call.objects.filter(case=case).update(closes_at=closes_at)
