"""The chain of a place, in a fixed number of queries however long it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from ashar.agreements.models import (
    Agreement,
    AgreementFunding,
    Evaluation,
    MonitoringVisit,
    Report,
    Tranche,
)
from ashar.calls.models import Call
from ashar.cases.models import Case
from ashar.cases.queries import track_of
from ashar.events.models import Attendance, Event
from ashar.indicators.models import Indicator, Observation
from ashar.kernel.money import Som
from ashar.needs.choices import OutcomeKind
from ashar.needs.models import Gathering, Need, NeedsStudy, NeedVote
from ashar.places.models import Territory
from ashar.portal.core import Chain, Figure, Link, Text
from ashar.programmes.choices import FundingSource
from ashar.programmes.models import Measure

PUBLIC = "case__is_public"


def _text(thing: Any, stem: str = "title") -> Text:
    return {tongue: getattr(thing, f"{stem}_{tongue}", "") for tongue in ("ky", "ru")}


def _stage(case: Case) -> Text:
    title = track_of(case).stages[case.stage].title
    return {"ky": title.ky, "ru": title.ru, "en": title.en}


def written(value: Decimal | None) -> str:
    """Return a value without the zeros that only its column adds: 18, not 18.000."""
    if value is None:
        return ""
    text = format(value.normalize(), "f")
    return text


def in_languages(words: Any) -> Text:
    """Return words of the catalogue in every language of the site."""
    said = {}
    for tongue in ("ky", "ru", "en"):
        with override(tongue):
            said[tongue] = str(words)
    return said


def _figure(title: Any, value: object, source: str = "") -> Figure:
    return Figure(title=in_languages(title), value=str(value), source=source)


def _case_link(kind: str, case: Case, url: str, **further: Any) -> Link:
    return Link(
        kind=kind, title=_text(case), url=url, stage=_stage(case), source=case.source, **further
    )


@dataclass(frozen=True)
class _Below:
    """What hangs below agreements, read at once for all of them."""

    indicators: dict[int, list[Indicator]]
    tranches: dict[int, list[Tranche]]
    reports: dict[int, list[Report]]
    visits: dict[int, list[MonitoringVisit]]
    evaluations: dict[int, list[Evaluation]]


def _by(rows: Iterable[Any], name: str) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found


def _below(agreements: Sequence[Agreement]) -> _Below:
    """Read the results, tranches, reports, visits and evaluations of the agreements."""
    keys = [agreement.pk for agreement in agreements]
    cases = [agreement.case_id for agreement in agreements]
    in_force = Observation.objects.filter(replaced_by__isnull=True)
    indicators = Indicator.objects.filter(case_id__in=cases).prefetch_related(
        Prefetch("observations", in_force)
    )
    at = {"agreement_id__in": keys}
    return _Below(
        indicators=_by(indicators, "case_id"),
        tranches=_by(Tranche.objects.filter(**at).select_related("case"), "agreement_id"),
        reports=_by(Report.objects.filter(**at).select_related("case"), "agreement_id"),
        visits=_by(
            MonitoringVisit.objects.filter(**at).select_related("case", "event"), "agreement_id"
        ),
        evaluations=_by(Evaluation.objects.filter(**at).select_related("case"), "agreement_id"),
    )


def result_figures(indicators: Iterable[Indicator]) -> tuple[Figure, ...]:
    """Return results: what was seen in all, what was promised, and whose figure it is.

    Only whole values are summed; of crossed observations (women, men) the parts add up.
    """
    figures = []
    for indicator in indicators:
        seen = list(indicator.observations.all())
        whole = sum((one.value for one in seen), Decimal(0)) if seen else None
        source = next((one.source for one in seen if one.source), "")
        figures.append(
            Figure(
                title=_text(indicator),
                value=written(whole),
                unit=_text(indicator, "unit"),
                target=written(indicator.target),
                source=source,
            )
        )
    return tuple(figures)


def _tranche_link(tranche: Tranche) -> Link:
    figures = [_figure(_("Sum, som"), tranche.amount)]
    if tranche.paid_on:
        figures.append(_figure(_("Paid, som"), tranche.paid))
        figures.append(
            _figure(_("Paid on"), f"{tranche.paid_on:%d.%m.%Y}")
        )
    return _case_link(
        "tranche", tranche.case, tranche.get_absolute_url(), figures=tuple(figures)
    )


def _funding_figures(agreement: Agreement) -> tuple[Figure, ...]:
    figures = []
    for line in agreement.funding.all():
        amount = line.actual if line.actual is not None else line.planned
        figures.append(
            Figure(
                title=in_languages(FundingSource(line.source).label),
                value=str(amount or ""),
                target=str(line.planned or ""),
                unit=in_languages(_("som")),
                source=agreement.case.source,
            )
        )
    return tuple(figures)


def _agreement_link(agreement: Agreement, below: _Below) -> Link:
    visible = [
        *(_tranche_link(one) for one in below.tranches[agreement.pk]),
        *(
            _case_link("report", one.case, one.get_absolute_url())
            for one in below.reports[agreement.pk]
            if one.case.is_public or one.case.stage == "accepted"
        ),
        *(
            _case_link("visit", one.case, one.get_absolute_url())
            for one in below.visits[agreement.pk]
            if one.case.is_public or one.case.is_closed
        ),
        *(
            _case_link("evaluation", one.case, one.get_absolute_url())
            for one in below.evaluations[agreement.pk]
            if one.case.is_public
        ),
    ]
    return _case_link(
        "agreement",
        agreement.case,
        agreement.get_absolute_url(),
        figures=(
            *result_figures(below.indicators[agreement.case_id]),
            *_funding_figures(agreement),
        ),
        children=tuple(visible),
    )


def _need_figures(need: Need, votes: Iterable[NeedVote]) -> tuple[Figure, ...]:
    figures = []
    if need.position is not None:
        figures.append(
            _figure(_("Place in the ranking"), need.position)
        )
    for vote in votes:
        if vote.ballot.is_counted:
            figures.append(
                _figure(_("Votes in favour at the gathering"), vote.ballot.in_favour,
                )
            )
    return tuple(figures)


def agreements_of(place: Territory) -> list[Agreement]:
    """Return the published agreements of a municipality with their money, oldest first."""
    return list(
        Agreement.objects.filter(case__territory=place, case__is_public=True)
        .select_related("case", "contractor", "customer", "proposal__call")
        .prefetch_related(Prefetch("funding", AgreementFunding.objects.order_by("source")))
        .order_by("pk")
    )


def chain(place: Territory) -> Chain:
    """Return everything that began in the place, from each need down to the evaluation.

    About a dozen queries, however many years and cases the place has.
    """
    agreements = agreements_of(place)
    below = _below(agreements)
    by_need = _by(agreements, "need_id")
    calls = _by(
        Call.objects.filter(case__territory=place, case__is_public=True).select_related(
            "case", "measure"
        ),
        "measure_id",
    )
    measures = _by(
        Measure.objects.filter(
            programme__case__territory=place, programme__case__is_public=True
        ).select_related("programme__case"),
        "need_id",
    )
    needs = (
        Need.objects.filter(study__case__territory=place, study__case__is_public=True)
        .select_related("study__case", "outcome")
        .prefetch_related(Prefetch("votes", NeedVote.objects.select_related("ballot")))
        .order_by("-study__case__opened_at", "position", "pk")
    )
    links = []
    for need in needs:
        answered = [_agreement_link(one, below) for one in by_need.pop(need.pk, [])]
        links.append(_need_link(need, measures[need.pk], calls, answered))
    rest = [_agreement_link(one, below) for left in by_need.values() for one in left]
    return Chain(
        code=place.code,
        place={"ky": place.title_in("ky").text, "ru": place.title_in("ru").text},
        studies=tuple(_study_links(place)),
        needs=tuple(links),
        others=tuple(rest),
    )


def _need_link(
    need: Need, measures: Iterable[Measure], calls: dict[int, list[Call]], answered: list[Link]
) -> Link:
    """Return a need with the measures that answer it, their calls, and then the agreements."""
    links = []
    for measure in measures:
        links.append(
            Link(
                kind="measure",
                title=_text(measure),
                url=f"{measure.programme.get_absolute_url()}#measure-{measure.ref}",
                stage=_stage(measure.programme.case),
                children=tuple(
                    _case_link("call", call.case, call.get_absolute_url())
                    for call in calls[measure.pk]
                ),
            )
        )
    outcome = getattr(need, "outcome", None)
    stage: Text = {}
    if outcome is not None:
        stage = in_languages(OutcomeKind(outcome.kind).label)
    return Link(
        kind="need",
        title=_text(need),
        url=need.get_absolute_url(),
        stage=stage,
        source=need.study.case.source,
        figures=_need_figures(need, need.votes.all()),
        children=(*links, *answered),
    )


def _study_links(place: Territory) -> list[Link]:
    """Return the needs studies of the place, each with its participants and gatherings."""
    gatherings = _by(
        Gathering.objects.filter(case__territory=place, case__is_public=True).select_related(
            "case", "event"
        ),
        "study_id",
    )
    studies = list(
        NeedsStudy.objects.filter(case__territory=place, case__is_public=True)
        .select_related("case")
        .order_by("-case__opened_at")
    )
    people = participants_of([study.case for study in studies])
    links = []
    for study in studies:
        count = people.get(study.case_id)
        figures = (
            (_figure(_("Participants"), count, study.case.source),)
            if count is not None
            else ()
        )
        links.append(
            _case_link(
                "study",
                study.case,
                study.get_absolute_url(),
                figures=figures,
                children=tuple(
                    _case_link("gathering", one.case, one.get_absolute_url())
                    for one in gatherings[study.pk]
                ),
            )
        )
    return links


def participants_of(cases: Sequence[Case]) -> dict[int, int]:
    """Return how many people took part in the events of each case; unknown ones are absent."""
    of_cases = Q(event__case__in=cases)
    counted = dict(
        Attendance.objects.filter(of_cases)
        .values_list("event__case_id")
        .annotate(people=Sum("number"))
        .values_list("event__case_id", "people")
    )
    stated = dict(
        Event.objects.filter(case__in=cases, present_total__isnull=False)
        .values_list("case_id")
        .annotate(people=Sum("present_total"))
        .values_list("case_id", "people")
    )
    return {**counted, **stated}


@dataclass(frozen=True)
class SourceMoney:
    """Money of one source: what was agreed, and what really came, in som."""

    source: str
    label: str
    planned: Som
    actual: Som


def money_by_source(agreements: QuerySet[Agreement] | Sequence[Agreement]) -> list[SourceMoney]:
    """Return the money of the agreements by its source; sources without money are left out."""
    rows = (
        AgreementFunding.objects.filter(agreement__in=agreements)
        .values("source")
        .annotate(agreed=Sum("planned"), came=Sum("actual"))
        .order_by("source")
    )
    found = {row["source"]: row for row in rows}
    return [
        SourceMoney(
            source.value,
            str(source.label),
            _som(found[source.value]["agreed"]),
            _som(found[source.value]["came"]),
        )
        for source in FundingSource
        if source.value in found
    ]


def _som(value: Som | int | None) -> Som:
    if isinstance(value, Som):
        return value
    return Som(value or 0)
