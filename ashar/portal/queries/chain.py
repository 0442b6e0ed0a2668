"""The chain of a place: its needs, what answered each of them, and how far that has come."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from ashar.agreements.choices import SurveyRound
from ashar.agreements.models import Agreement, Evaluation, Tranche
from ashar.calls.models import Call
from ashar.cases.models import Case
from ashar.cases.queries import track_of
from ashar.indicators.core import plain_number
from ashar.indicators.models import Indicator
from ashar.kernel.money import Som
from ashar.needs.choices import OutcomeKind
from ashar.needs.models import Need, NeedsStudy
from ashar.places.models import Territory
from ashar.portal.core import Chain, Figure, Link, Text, place_confidence
from ashar.portal.queries.records import Records, records_of
from ashar.programmes.choices import FundingSource
from ashar.programmes.models import Measure

SOM = _("som")


def chain(place: Territory) -> Chain:
    """Return everything that began in the place, from each need down to the evaluation."""
    return chain_of(place, records_of(place))


def chain_of(place: Territory, records: Records) -> Chain:
    """Return the chain of a place whose records were read."""
    needs = tuple(_need_link(need, records) for need in records.needs)
    shown = {link.url for need in needs for link in need.walk()}
    calls = _outermost(records.subjects["call"], _call_link, records, shown)
    agreements = _outermost(records.agreements, _agreement_link, records, shown)
    return Chain(
        code=place.code,
        place={tongue: place.title_in(tongue).text for tongue in ("ky", "ru")},
        studies=tuple(_study_link(one, records) for one in reversed(records.subjects["study"])),
        needs=needs,
        others=(*calls, *agreements),
    )


def _outermost(
    subjects: Iterable[Any], draw: Callable[[Any, Records], Link], records: Records, shown: set[str]
) -> Iterator[Link]:
    """Draw what stands neither under a need nor under a link drawn before."""
    for one in subjects:
        if address_of(one) not in shown:
            link = draw(one, records)
            shown |= {below.url for below in link.walk()}
            yield link


def in_languages(words: Any) -> Text:
    """Return words of the catalogue in every language of the site."""
    said = {}
    for tongue in ("ky", "ru", "en"):
        with override(tongue):
            said[tongue] = str(words)
    return said


def address_of(subject: Any) -> str:
    """Return the page of what a case is about."""
    return str(subject.get_absolute_url())


def _text(thing: Any, stem: str = "title") -> Text:
    return {tongue: getattr(thing, f"{stem}_{tongue}", "") for tongue in ("ky", "ru")}


def _stage(case: Case) -> Text:
    title = track_of(case).stages[case.stage].title
    return {"ky": title.ky, "ru": title.ru, "en": title.en}


def _written(value: object) -> str:
    """Write a value for data: a number with a point, a day as year-month-day."""
    if isinstance(value, Som):
        return str(value).replace(" ", "").replace("\u00a0", "").removesuffix(".00")
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def _figure(title: Any, value: object, unit: Any = "", source: str = "") -> Figure:
    units = in_languages(unit) if unit else {}
    return Figure(title=in_languages(title), value=_written(value), unit=units, source=source)


def _case_link(kind: str, case: Case, url: str, **further: Any) -> Link:
    return Link(
        kind=kind,
        title=_text(case),
        url=url,
        stage=_stage(case),
        is_done=case.is_closed,
        period=case.period,
        source=case.source,
        place_confidence=place_confidence(case.source),
        **further,
    )


# Needs


def _need_link(need: Need, records: Records) -> Link:
    """Return a need with the measures that answer it, their calls, and then the agreements."""
    measures = [_measure_link(one, records) for one in records.measures[need.pk]]
    shown = {link.url for measure in measures for link in measure.walk()}
    direct = [one for one in records.agreements if one.need_id == need.pk]
    answers = [*measures, *_outermost(direct, _agreement_link, records, shown)]
    return Link(
        kind="need",
        title=_text(need),
        url=need.get_absolute_url(),
        anchor=f"need-{need.ref}",
        stage=_outcome(need, answers),
        position=need.position,
        source=need.study.case.source,
        place_confidence=place_confidence(need.study.case.source),
        figures=tuple(
            _figure(_("Votes in favour at the gathering"), vote.ballot.in_favour)
            for vote in need.votes.all()
        ),
        children=tuple(answers),
    )


def _outcome(need: Need, answers: Sequence[Link]) -> Text:
    """Return what became of the need; of the archive only that a social order answered it."""
    outcome = getattr(need, "outcome", None)
    if outcome is not None:
        return in_languages(OutcomeKind(outcome.kind).label)
    if need.study.case.is_archived and any(one.kind == "agreement" for one in answers):
        return in_languages(OutcomeKind.SOCIAL_ORDER.label)
    return {}


def _measure_link(measure: Measure, records: Records) -> Link:
    calls = records.under("call", "measure", measure.pk)
    return Link(
        kind="measure",
        title=_text(measure),
        url=f"{measure.programme.get_absolute_url()}#measure-{measure.ref}",
        stage=_stage(measure.programme.case),
        is_done=bool(measure.programme.resolution_number),
        figures=(
            *(
                (_figure(_("Resolution of the kenesh"), f"№ {number}"),)
                if (number := measure.programme.resolution_number)
                else ()
            ),
        ),
        children=tuple(_call_link(call, records) for call in calls),
    )


def _call_link(call: Call, records: Records) -> Link:
    figures = []
    if call.closes_at:
        figures.append(_figure(_("Proposals until"), call.closes_at.date()))
    if call.maximum:
        figures.append(_figure(_("Largest sum"), call.maximum, SOM))
    won = [
        _agreement_link(one, records)
        for one in records.agreements
        if one.proposal and one.proposal.call_id == call.pk
    ]
    return _case_link(
        "call",
        call.case,
        call.get_absolute_url(),
        figures=tuple(figures),
        children=tuple(won),
    )


# Agreements and what follows from them


def _agreement_link(agreement: Agreement, records: Records) -> Link:
    """Return an agreement: who does it, its money and results, and everything below it."""
    pk, case = agreement.pk, agreement.case
    contractor = agreement.contractor
    return _case_link(
        "agreement",
        case,
        address_of(agreement),
        who=_text(contractor, "name") if contractor else {},
        figures=(
            *result_figures(records.indicators[case.pk], case.source),
            *_money_figures(records.funding[pk], records.under("tranche", "agreement", pk)),
        ),
        children=(
            *(_tranche_link(one, agreement) for one in records.under("tranche", "agreement", pk)),
            *_below(records, "report", pk),
            *_below(records, "visit", pk, "finding", "visit"),
            *(
                _evaluation_link(one, records)
                for one in records.under("evaluation", "agreement", pk)
            ),
        ),
    )


def _below(
    records: Records, track: str, agreement: int, inner: str = "", name: str = ""
) -> Iterable[Link]:
    """Give the reports or visits of an agreement, with the findings of a visit."""
    for one in records.under(track, "agreement", agreement):
        children = records.under(inner, name, one.pk) if inner else []
        links = (_case_link(inner, child.case, address_of(child)) for child in children)
        yield _case_link(track, one.case, address_of(one), children=tuple(links))


def _tranche_link(tranche: Tranche, agreement: Agreement) -> Link:
    """Return a tranche; while its own page is not public, the agreement's page shows it."""
    figures = [_figure(_("Sum"), tranche.amount, SOM)]
    if tranche.paid_on:
        figures = [
            _figure(_("Paid"), tranche.paid, SOM),
            _figure(_("Day of payment"), tranche.paid_on),
            _figure(_("Payment order"), tranche.payment_order),
        ]
    above = address_of(agreement)
    url = address_of(tranche) if tranche.case.is_public else above
    return _case_link("tranche", tranche.case, url, figures=tuple(figures))


def _evaluation_link(evaluation: Evaluation, records: Records) -> Link:
    figures = [
        Figure(
            title=_text(answer, "question"),
            value=str(answer.satisfied),
            unit=in_languages(SurveyRound(answer.round).label),
            target=str(answer.asked),
            key="survey",
        )
        for answer in records.surveys[evaluation.pk]
    ]
    return _case_link("evaluation", evaluation.case, address_of(evaluation), figures=tuple(figures))


def result_figures(indicators: Iterable[Indicator], source: str = "") -> tuple[Figure, ...]:
    """Return results: what was seen in all, what was promised, and whose figure it is.

    Of crossed observations (women, men) the parts add up; nothing seen is no value, not nought.
    """
    figures = []
    for indicator in indicators:
        seen = list(indicator.observations.all())
        whole = sum((one.value for one in seen), Decimal(0)) if seen else None
        figures.append(
            Figure(
                title=_text(indicator),
                value=plain_number(whole),
                unit=_text(indicator, "unit"),
                target=plain_number(indicator.target),
                bound=next((one.bound for one in seen), ""),
                source=next((one.source for one in seen if one.source), source),
                key=indicator.key,
            )
        )
    return tuple(figures)


def _money_figures(funding: Iterable[Any], tranches: Sequence[Tranche]) -> tuple[Figure, ...]:
    """Return the money by source, planned and actual, and what was paid in tranches so far."""
    figures = [
        Figure(
            title=in_languages(FundingSource(line.source).label),
            value=_written(line.actual),
            target=_written(line.planned),
            unit=in_languages(SOM),
            key="money",
        )
        for line in funding
    ]
    paid = [one.paid for one in tranches if one.paid is not None]
    if paid:
        figures.append(_figure(_("Paid so far"), sum(paid[1:], paid[0]), SOM))
    return tuple(figures)


# Studies


def _study_link(study: NeedsStudy, records: Records) -> Link:
    """Return a needs study with its participants and gatherings."""
    case = study.case
    count = records.people.get(case.pk)
    known = (_figure(_("Participants"), count, _("people"), case.source),) if count else ()
    gatherings = records.under("gathering", "study", study.pk)
    return _case_link(
        "study",
        case,
        study.get_absolute_url(),
        figures=(*known, *result_figures(records.indicators[case.pk], case.source)),
        children=tuple(
            _case_link("gathering", one.case, one.get_absolute_url()) for one in gatherings
        ),
    )
