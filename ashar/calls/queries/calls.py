"""Reads about calls: the notice, the commission, the rubric, questions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from fractions import Fraction

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ashar.calls.choices import AS_STATED, AS_STATED_TITLE, NOTICE_FIGURES, NOTICE_PARTS
from ashar.calls.models import Call, Proposal, Question
from ashar.calls.queries.words import worded
from ashar.cases.models import Case
from ashar.cases.queries import language, law, procedure_of, track_of
from ashar.kernel.dates import Duration, end_of
from ashar.kernel.money import Som
from ashar.kernel.text import Wording
from ashar.parties.choices import MandateRole, OrganisationKind
from ashar.parties.models import Mandate, Organisation, Person
from ashar.procedures.model import EligibilityRule, Move, Number, Rubric
from ashar.programmes.choices import BUDGET_SOURCES
from ashar.programmes.models import Measure
from ashar.seals.queries import sealing_of

# What was handed in: open to be counted with, or sealed.
HANDED_IN = Q(counted__isnull=False) | Q(sealed__isnull=False)


def call_queryset() -> QuerySet[Call]:
    """Return calls with what their pages need."""
    return Call.objects.select_related(
        "case__territory__parent__parent",
        "case__parent",
        "commission",
        "measure__need",
        "measure__programme__case",
    )


def call_list() -> QuerySet[Call]:
    """Return calls for the list, those closing next first, with the number of proposals."""
    # Counted apart for the calls of a page alone: a join would count for every call.
    handed_in = (
        Proposal.objects.filter(HANDED_IN, call=OuterRef("pk"))
        .exclude(case__stage="withdrawn")
        .order_by()
        .values("call")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return (
        Call.objects.select_related("case__territory")
        .annotate(proposal_count=Coalesce(Subquery(handed_in), 0))
        .order_by("-case__opened_at", "-pk")
    )


def call_of(case: Case) -> Call:
    """Return the call to which a case of a call, a proposal or a complaint belongs."""
    if track_of(case).subject == "Call":
        return case.call
    parent = case.parent
    if parent is None:
        raise Call.DoesNotExist
    return call_of(parent)


def is_receiving(call: Call, now: datetime | None = None) -> bool:
    """Say whether the call accepts proposals at this moment."""
    moment = now or timezone.now()
    return call.case.stage == "open" and (call.closes_at is None or moment < call.closes_at)


def time_left(closes_at: datetime | None, now: datetime | None = None) -> str:
    """Say how long proposals are still accepted: days, else hours and minutes."""
    left = (closes_at - (now or timezone.now())) if closes_at else timedelta(0)
    minutes = int(left.total_seconds() // 60)
    if minutes <= 0:
        return ""
    days = left.days
    if days:
        return ngettext("%(count)s day left", "%(count)s days left", days) % {"count": days}
    return _("%(hours)s h %(minutes)s min left") % {"hours": minutes // 60, "minutes": minutes % 60}


def notice_gaps(call: Call) -> tuple[tuple[Wording, ...], tuple[Wording, ...]]:
    """Return the items of the announcement not written, and those not written in Kyrgyz."""
    missing, not_kyrgyz = [], []
    for part, title in NOTICE_PARTS.items():
        kyrgyz = getattr(call, f"{part}_ky").strip()
        russian = getattr(call, f"{part}_ru").strip()
        if not kyrgyz and not russian:
            missing.append(worded(title))
        elif not kyrgyz:
            not_kyrgyz.append(worded(title))
        elif not russian:
            missing.append(_in_russian(worded(title)))
    missing.extend(
        worded(title) for field, title in NOTICE_FIGURES.items() if getattr(call, field) is None
    )
    return tuple(missing), tuple(not_kyrgyz)


def _in_russian(title: Wording) -> Wording:
    return Wording(f"{title.ky} (ru)", f"{title.ru} (ru)", f"{title.en} (ru)")


def text_in(call: Call, part: str, tongue: str) -> str:
    """Return a part of the announcement in the language, else in the other one."""
    kyrgyz, russian = str(getattr(call, f"{part}_ky")), str(getattr(call, f"{part}_ru"))
    return (russian or kyrgyz) if tongue == "ru" else (kyrgyz or russian)


def rubric_of(call: Call) -> Rubric | None:
    """Return by what the call's proposals are judged, with the figures frozen on the call."""
    track = procedure_of(call.case).tracks[call.case.track]
    return next((stage.rubric for stage in track.stages.values() if stage.rubric), None)


def unknown_in(rubric: Rubric | None) -> tuple[Wording, ...]:
    """Return the titles of the criteria without a known weight, and of an unknown scale."""
    if rubric is None:
        return ()
    found = [one.title for one in rubric.criteria if one.weight.is_unknown]
    return (*found, rubric.scale.title) if rubric.scale.is_unknown else tuple(found)


def highest_total(rubric: Rubric | None) -> Fraction | None:
    """Return the total of a proposal with the highest mark everywhere; None while unknown."""
    if rubric is None or unknown_in(rubric) or not isinstance(rubric.scale.value, int):
        return None
    weights = [one.weight.value for one in rubric.criteria]
    return (
        sum(
            (Fraction(value) for value in weights if isinstance(value, int | Fraction)), Fraction(0)
        )
        * rubric.scale.value
    )


def rules_of(call: Call) -> tuple[EligibilityRule, ...]:
    """Return the rules of eligibility that are known and were in force when the call opened."""
    day = timezone.localdate(call.case.opened_at)
    rules = procedure_of(call.case).eligibility
    found = [rule for rule in rules if rule.is_in_force(day) and rule.status != "unknown"]
    return (*found, as_stated_rule(call)) if sealing_of(call.case) else tuple(found)


def as_stated_rule(call: Call) -> EligibilityRule:
    """Return the rule that a sealed proposal holds what its page said when it was handed in.

    It stands on the article of handing in: the same conditions, looked at when it is open.
    """
    return EligibilityRule(
        key=AS_STATED,
        title=worded(AS_STATED_TITLE),
        cite=submit_of(call).cite,
        status="verified",
    )


def submit_of(call: Call) -> Move:
    """Return the move by which a proposal of the call is handed in."""
    tracks = procedure_of(call.case).tracks.values()
    track = next(one for one in tracks if one.subject == "Proposal")
    return track.stages[track.starts].moves["submit"]


def unknown_rules_of(call: Call) -> tuple[EligibilityRule, ...]:
    """Return the rules of which nobody knows whether they apply: shown, never held against."""
    return tuple(rule for rule in procedure_of(call.case).eligibility if rule.status == "unknown")


def members_of(call: Call, on: date | None = None) -> list[Mandate]:
    """Return the mandates of the commission's members in force on the day."""
    if call.commission_id is None:
        return []
    return list(
        Mandate.objects.active(on or timezone.localdate())
        .filter(organisation_id=call.commission_id, role=MandateRole.MEMBER)
        .select_related("person")
        .order_by("pk")
    )


def appointed_to(call: Call) -> list[Mandate]:
    """Return the mandates of everybody appointed, also of those not confirmed yet."""
    if call.commission_id is None:
        return []
    return list(
        Mandate.objects.filter(
            organisation_id=call.commission_id, role=MandateRole.MEMBER, ended_on__isnull=True
        )
        .select_related("person", "given_by")
        .order_by("pk")
    )


def said_bodies(people: QuerySet[Person]) -> dict[int, str]:
    """Return for whom each of the people acts today, in words: the body and the role."""
    found: dict[int, list[str]] = {}
    rows = (
        Mandate.objects.active(timezone.localdate())
        .filter(person__in=people)
        .exclude(organisation__kind=OrganisationKind.COMMISSION)
        .select_related("organisation")
        .order_by("pk")
    )
    for one in rows:
        body = one.organisation
        name = (body.name_ru if language() == "ru" else body.name_ky) or str(body)
        found.setdefault(one.person_id, []).append(f"{name}, {one.get_role_display()}")
    return {person: "; ".join(bodies) for person, bodies in found.items()}


def representatives_among(people: Iterable[Person]) -> list[Mandate]:
    """Return the mandates by which some of the people represent a body that may take part."""
    return list(
        Mandate.objects.active(timezone.localdate())
        .filter(person__in=list(people), role=MandateRole.REPRESENTATIVE)
        .select_related("person", "organisation")
        .order_by("pk")
    )


def customer_of(call: Call) -> Organisation | None:
    """Return the organisation that places the order."""
    return next((p.organisation for p in call.case.parties.all() if p.actor == "customer"), None)


def questions_of(call: Call) -> list[Question]:
    """Return the questions in the order asked; who asked is never shown."""
    return list(call.questions.order_by("asked_at", "pk"))


def earliest_closing(call: Call, today: date) -> date | None:
    """Return the first day on which the call may close; None when the term is unknown."""
    return term_end(call.case, "announcement_term", today)


def complaint_last_day(call: Call) -> date | None:
    """Return the last day for complaints; None before a decision or while it is unknown."""
    if call.case.stage != "decided":
        return None
    return term_end(call.case, "complaint_term", timezone.localdate(call.case.since))


def opening_last_day(call: Call) -> date | None:
    """Return the last day for opening; None outside the opening or while it is unknown."""
    if call.case.stage != "opening":
        return None
    return term_end(call.case, "opening_term", timezone.localdate(call.case.since))


def term_end(case: Case, figure: str, start: date) -> date | None:
    """Return the last day of a term set by a figure of the case; None while it is unknown."""
    number: Number | None = procedure_of(case).numbers.get(figure)
    if number is None or not isinstance(number.value, Duration):
        return None
    return end_of(start, number.value, law().calendar)


def calls_for(measure: Measure) -> QuerySet[Call]:
    """Return the calls that take up the measure's money: all but the failed and cancelled."""
    return (
        Call.objects.filter(measure=measure)
        .exclude(case__stage__in=("failed", "cancelled"))
        .select_related("case")
        .order_by("pk")
    )


def budget_of(measure: Measure) -> Som | None:
    """Return the budget money planned for the measure in all years; None without any plan."""
    lines = list(measure.funding.all())
    if not lines:
        return None
    return sum((line.planned for line in lines if line.source in BUDGET_SOURCES), Som(0))


def measures_to_order(organisations: Iterable[Organisation]) -> QuerySet[Measure]:
    """Return the measures of these organisations' programmes that the kenesh has before it.

    A call may be prepared while the kenesh considers; it is announced only after approval.
    """
    return (
        Measure.objects.filter(
            programme__case__stage__in=("before_kenesh", "approved"),
            programme__case__parties__organisation__in=list(organisations),
        )
        .select_related("programme__case__territory", "need")
        .prefetch_related(
            Prefetch(
                "calls",
                Call.objects.exclude(case__stage__in=("failed", "cancelled")).select_related(
                    "case"
                ),
                to_attr="calls_there",
            )
        )
        .distinct()
        .order_by("programme_id", "position", "pk")
    )


def procedures_without_programme() -> list[tuple[str, str]]:
    """Return the contests in force today that need no programme: key and title for the reader."""
    found = []
    keys = law().keys()
    for key in keys:
        procedure = law().procedure(key, on=timezone.localdate())
        subjects = {track.subject: track for track in procedure.tracks.values()}
        if "Call" not in subjects:
            continue
        moves = subjects["Call"].stages[subjects["Call"].starts].moves.values()
        if not any(one.name == "programme_approved" for move in moves for one in move.when):
            found.append((key, procedure.title.say(language())))
    return found


def papers_to_attach(case: Case) -> list[tuple[str, bool]]:
    """Return the papers a proposal's stage asks for, and whether each is there."""
    kinds = track_of(case).stages[track_of(case).starts].documents
    if not kinds:
        return []
    present = set(case.papers.filter(withdrawn_at__isnull=True).values_list("kind", flat=True))
    return [(kind.title.say(language()), kind.key in present) for kind in kinds]
