"""The archive enters as closed public cases: what a document tells, in its words, and no more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypedDict

import yaml
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ashar.agreements.actions.agreements import PastAgreement, record_past_agreement
from ashar.cases.actions import Opening
from ashar.cases.models import Case
from ashar.cases.queries import law
from ashar.desk.actions.archive_words import TOPICS, place_words, source_words, spoken, unit_words
from ashar.indicators.actions import Evidence, IndicatorText, observe, write_indicators
from ashar.indicators.core import Crossing
from ashar.indicators.models import Indicator
from ashar.journal.actions import deed
from ashar.needs.actions.studies import PastNeed, record_past_study
from ashar.needs.models import NeedsStudy
from ashar.parties.actions import register_organisation
from ashar.parties.choices import OrganisationKind
from ashar.parties.models import Organisation
from ashar.places.models import Territory
from ashar.places.queries import territory

FOLDER = Path(settings.BASE_DIR) / "data" / "archive"
COUNTRY = "41700000000000"
CITIES = frozenset({"city_oblast", "city_rayon", "city_republican"})

Entry = Mapping[str, Any]


class _Titles(TypedDict):
    title_ky: str
    title_ru: str


@dataclass
class Entered:
    """How many cases and figures were entered, and how many cases were there already."""

    cases: int = 0
    figures: int = 0
    known: int = 0


@dataclass
class Archive:
    """One file of the archive, being entered."""

    data: Entry
    entered: Entered = field(default_factory=Entered)

    @property
    def period(self) -> str:
        """The years as the file gives them; no day is known of anything in it."""
        return f"{self.data['period']['from']}–{self.data['period']['to']}"

    def edition(self, procedure: str) -> str:
        """The edition of a procedure that was in force when the archived work ended."""
        last_day = date(self.data["period"]["to"], 12, 31)
        return law().procedure(procedure, on=last_day).edition.isoformat()

    def mark(self, key: str) -> str:
        """Return the sign by which a case of the archive is known again."""
        return f"[{self.data['archive']}:{key}]"

    def source(self, key: str, slide: str, place: Entry | None = None) -> str:
        """Return the source as every page of the case shows it."""
        parts = (source_words(self.data["source"], slide), place_words(place), self.mark(key))
        return " ".join(part for part in parts if part)

    def case(self, key: str) -> Case | None:
        """Return the case of this key when it was entered before."""
        found = Case.objects.filter(source__contains=self.mark(key)).first()
        self.entered.known += bool(found)
        return found


def load_archive(folder: Path = FOLDER) -> Entered:
    """Enter every file of the archive; what was entered before stays as it is.

    Raises Territory.DoesNotExist while the register of places is not loaded.
    """
    total = Entered()
    for path in sorted(folder.glob("*.yaml")):
        archive = Archive(yaml.safe_load(path.read_text(encoding="utf-8")))
        _enter(archive)
        total.cases += archive.entered.cases
        total.figures += archive.entered.figures
        total.known += archive.entered.known
    return total


@deed
def _enter(archive: Archive) -> None:
    """Enter one file: the pilot as a whole, then each municipality with its social order."""
    _enter_pilot(archive)
    projects = {project["municipality"]: project for project in archive.data["projects"]}
    for municipality in archive.data["municipalities"]:
        study = _enter_study(archive, municipality)
        _enter_agreement(archive, municipality, projects.get(municipality["key"]), study)


def _enter_pilot(archive: Archive) -> None:
    """Enter the study of all the municipalities, with the figures of the whole pilot."""
    if archive.case("pilot"):
        return
    data = archive.data
    study = data["needs_study"]
    opening = Opening(
        procedure=data["needs_study_procedure"],
        edition=archive.edition(data["needs_study_procedure"]),
        track="study",
        territory=territory(COUNTRY),
        **_titles(spoken(_("Pilot of the municipal social order in twelve municipalities"))),
    )
    needs = [
        PastNeed(topic=TOPICS.get(one["key"], one["key"]), **_titles(one))
        for one in study["needs"]["names"]
    ]
    recorded = record_past_study(
        opening,
        source=archive.source("pilot", study["needs"]["slide"]),
        period=archive.period,
        needs=needs,
    )
    archive.entered.cases += 1
    NeedsStudy.objects.filter(pk=recorded.pk).update(method=_method(study))
    _write_figures(archive, recorded.case, _pilot_figures(data))


def _method(study: Entry) -> str:
    """Return how the pilot found out the needs, and the topics that the municipalities chose."""
    topics = spoken(_("Topics of social orders chosen by the municipalities"))
    lines = []
    for tongue in ("ky", "ru"):
        lines.append(study["method"]["title"][tongue] + ".")
        named = "; ".join(one[tongue] for one in study["topics"]["names"])
        lines.append(f"{topics[tongue]}: {named}.")
    quotes = [one["quote"] for one in study["figures"] if one["key"] == "participants"]
    return "\n".join([*lines, *(f"«{quote}»." for quote in quotes)])


def _pilot_figures(data: Entry) -> list[Entry]:
    """Return the figures of the whole pilot; a conclusion without a figure stays without."""
    conclusions = [
        {"key": f"conclusion_{number}", "title": one, "value": None}
        for number, one in enumerate(data["trust_survey"]["conclusions"], 1)
    ]
    return [
        *data["needs_study"]["figures"],
        *data["financing"]["sources"],
        *data["results"]["figures"],
        *data["trust_survey"]["figures"],
        *conclusions,
    ]


def _issue(archive: Archive, municipality: Entry) -> Entry:
    issues: Iterable[Entry] = archive.data["results"]["issues"]
    return next(one for one in issues if one["key"] == municipality["issue"])


def _enter_study(archive: Archive, municipality: Entry) -> NeedsStudy:
    """Enter the study of a municipality: the issue chosen there, and who took part if known."""
    key = f"study/{municipality['key']}"
    if known := archive.case(key):
        return known.needs_study
    data, issue = archive.data, _issue(archive, municipality)
    place = territory(municipality["code"])
    opening = Opening(
        procedure=data["needs_study_procedure"],
        edition=archive.edition(data["needs_study_procedure"]),
        track="study",
        territory=place,
        parties={"municipality": _office(place)},
        **_titles(spoken(_("Needs study of the pilot"))),
    )
    title = {tongue: capfirst(issue["title"][tongue]) for tongue in ("ky", "ru")}
    chosen = PastNeed(topic="other", note=issue["quote"][:300], **_titles(title))
    archive.entered.cases += 1
    return record_past_study(
        opening,
        source=archive.source(key, data["needs_study"]["slide"], municipality),
        period=archive.period,
        needs=[chosen],
        participants=municipality["participants"],
    )


def _enter_agreement(
    archive: Archive, municipality: Entry, project: Entry | None, study: NeedsStudy
) -> None:
    """Enter the social order of a municipality, with every figure that the slides give."""
    key = f"agreement/{municipality['key']}"
    if archive.case(key):
        return
    place, need = study.case.territory, study.needs.get()
    title = project["title"] if project else {"ky": need.title_ky, "ru": need.title_ru}
    office, contractor = _office(place), _contractor(project)
    parties = {"customer": office} | ({"contractor": contractor} if contractor else {})
    opening = Opening(
        procedure=archive.data["procedure"],
        edition=archive.edition(archive.data["procedure"]),
        track="agreement",
        territory=place,
        parent=study.case,
        parties=parties,
        **_titles(title),
    )
    slide = project["slide"] if project else archive.data["results"]["slide"]
    recorded = record_past_agreement(
        opening,
        PastAgreement(customer=office, contractor=contractor, need=need, **_subject(project)),
        source=archive.source(key, slide, municipality),
        period=archive.period,
    )
    archive.entered.cases += 1
    _write_figures(archive, recorded.case, project["figures"] if project else [])


class _Subject(TypedDict):
    subject_ky: str
    subject_ru: str


def _subject(project: Entry | None) -> _Subject:
    """Return where the service was given and what else the slides state, line by line."""
    if project is None:
        return {"subject_ky": "", "subject_ru": ""}
    stated = [*project["statements"], *(one["title"] for one in project.get("dates", ()))]
    place = place_words(project["place"])
    return {
        "subject_ky": "\n".join([place, *(one["ky"] for one in stated)]),
        "subject_ru": "\n".join([place, *(one["ru"] for one in stated)]),
    }


def _office(place: Territory) -> Organisation:
    """Return the executive body of the municipality, entering it when it is not known yet."""
    is_city = place.kind in CITIES
    kind = OrganisationKind.MAYORS_OFFICE if is_city else OrganisationKind.AIYL_OKMOTU
    known = Organisation.objects.filter(kind=kind, territory=place).first()
    if known is not None:
        return known
    name = spoken(OrganisationKind(kind).label)
    return register_organisation(
        kind=kind,
        name_ky=f"{place.title_in('ky').text}, {name['ky']}",
        name_ru=f"{place.title_in('ru').text}, {name['ru']}",
        territory=place,
        by=None,
    )


def _contractor(project: Entry | None) -> Organisation | None:
    """Return the organisation that the slides name; None where they name none."""
    if project is None or project["executor"] is None:
        return None
    name = project["executor"]["name"]
    known = Organisation.objects.filter(name_ru=name).first()
    return known or register_organisation(
        kind=OrganisationKind.NON_COMMERCIAL, name_ky=name, name_ru=name, by=None
    )


def _write_figures(archive: Archive, case: Case, figures: Iterable[Entry]) -> None:
    """Enter each figure with its quote; what was only aimed at is a target, not a result."""
    listed = list(figures)
    rows = [_row(figure) for figure in listed]
    for figure, indicator in zip(listed, write_indicators(case, rows, by=None), strict=True):
        if figure["value"] is None or figure.get("is_goal"):
            continue
        _observe(indicator, case, figure)
    archive.entered.figures += len([one for one in listed if one["value"] is not None])


def _row(figure: Entry) -> IndicatorText:
    unit = unit_words(figure)
    return IndicatorText(
        title_ky=figure["title"]["ky"],
        title_ru=figure["title"]["ru"],
        unit_ky=unit["ky"],
        unit_ru=unit["ru"],
        target=Decimal(figure["value"]) if figure.get("is_goal") else None,
        key=figure["key"],
    )


def _observe(indicator: Indicator, case: Case, figure: Entry) -> None:
    bound = figure["bound"]
    evidence = Evidence(source=f"«{figure['quote']}»", bound="" if bound == "exactly" else bound)
    observe(indicator, case, {Crossing(): Decimal(figure["value"])}, by=None, evidence=evidence)


def _titles(words: Mapping[str, str]) -> _Titles:
    return {"title_ky": words["ky"], "title_ru": words["ru"]}
