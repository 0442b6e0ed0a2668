"""The announcement: items 1-6 as real notices number them, then ours."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from ashar.calls.models import Call
from ashar.calls.queries.calls import (
    customer_of,
    members_of,
    rubric_of,
    rules_of,
    text_in,
    unknown_rules_of,
)
from ashar.calls.queries.words import name_of
from ashar.cases.models import Case, Decision
from ashar.cases.queries import law, paper_frame
from ashar.documents.core import (
    Block,
    BulletList,
    Column,
    Heading,
    KeyValues,
    Paper,
    Paragraph,
    Signature,
    Signatures,
    Table,
)
from ashar.procedures.model import Rubric
from ashar.seals.queries import sealing_of

LANGUAGES = ("ky", "ru")


def said_day(day: date | None) -> str:
    """Write a day in figures, as papers do."""
    return f"{day:%d.%m.%Y}" if day else "—"


def said_moment(moment: datetime | None) -> str:
    """Write a day and an hour, Bishkek time."""
    return f"{timezone.localtime(moment):%d.%m.%Y %H:%M}" if moment else "—"


def call_notice(case: Case, decision: Decision | None) -> dict[str, Paper]:
    """Return the announcement of the contest in both languages."""
    call = Call.objects.select_related("measure__programme__case", "commission").get(case=case)
    call.case = case
    papers = {}
    for language in LANGUAGES:
        with translation.override(language):
            papers[language] = _notice(call, decision, language)
    return papers


def _notice(call: Call, decision: Decision | None, language: str) -> Paper:
    announced = timezone.localdate(decision.at) if decision else timezone.localdate()
    customer = customer_of(call)
    return Paper(
        **{**paper_frame(call.case, language), "day": announced},
        title=_("Announcement of a contest"),
        subtitle=_title(call, language),
        key_lines=(
            (_("Contest"), _title(call, language)),
            (_("Customer"), name_of(customer).say(language) if customer else "—"),
            (_("Proposals are accepted until"), said_moment(call.closes_at)),
        ),
        blocks=tuple(_blocks(call, announced, language)),
    )


def _title(call: Call, language: str) -> str:
    case = call.case
    return (
        (case.title_ru or case.title_ky) if language == "ru" else (case.title_ky or case.title_ru)
    )


def _blocks(call: Call, announced: date, language: str) -> Iterator[Block]:
    """Yield the items, numbered as the notices of 2019 and 2023 number the first six."""
    customer = customer_of(call)
    items: list[tuple[str, str]] = [
        (_("Date of the announcement"), said_day(announced)),
        (_("Customer"), name_of(customer).say(language) if customer else "—"),
        (_("Programme and its years"), _programme(call, language)),
        (_("Goal of the project"), text_in(call, "goal", language)),
        (_("Tasks of the project"), text_in(call, "tasks", language)),
        (_("Description of the problem"), text_in(call, "problem", language)),
        (_("Target group"), text_in(call, "target_group", language)),
        (_("Place of the work"), call.case.territory.title_in(language).text),
        (_("Required results"), text_in(call, "results", language)),
        (_("Time of the work"), f"{said_day(call.starts_on)} – {said_day(call.ends_on)}"),
        (
            _("Largest sum asked from the customer"),
            call.maximum.say(language) if call.maximum else _("not set"),
        ),
        (
            _("Requirements to applicants and papers to attach"),
            text_in(call, "requirements", language),
        ),
        (_("Proposals are accepted until"), said_moment(call.closes_at)),
        (_("Where and whom to ask"), text_in(call, "contact", language)),
    ]
    for number, (title, text) in enumerate(items, start=1):
        yield Heading(f"{number}. {title}")
        for paragraph in (text or "—").split("\n"):
            if paragraph.strip():
                yield Paragraph(paragraph.strip())
    yield from _rules(call, len(items) + 1, language)
    yield from _criteria(rubric_of(call), len(items) + 2, language)
    yield from _commission(call, len(items) + 3)
    yield from _opening(call, len(items) + 4)
    yield Signatures((Signature(_("For the customer"), has_stamp=True),))


def _programme(call: Call, language: str) -> str:
    if call.measure is None:
        return "—"
    programme = call.measure.programme
    case = programme.case
    title = (case.title_ru or case.title_ky) if language == "ru" else case.title_ky
    return f"{title}, {programme.year_from}–{programme.year_to}"


def _rules(call: Call, number: int, language: str) -> Iterator[Block]:
    yield Heading(f"{number}. " + _("Who may take part"))
    unknown = _("it is not established whether this applies")
    rules = [
        rule.title.say(language) + (f" ({rule.cite.say(law(), language)})" if rule.cite else "")
        for rule in rules_of(call)
    ]
    rules += [f"{rule.title.say(language)} – {unknown}" for rule in unknown_rules_of(call)]
    yield BulletList(tuple(rules) or ("—",))


def _criteria(rubric: Rubric | None, number: int, language: str) -> Iterator[Block]:
    yield Heading(f"{number}. " + _("Criteria and weights"))
    if rubric is None:
        yield Paragraph("—")
        return
    yield Table(
        columns=(Column(_("Criterion"), width=4), Column(_("Weight"), kind="center")),
        rows=tuple((one.title.say(language), one.weight.say(language)) for one in rubric.criteria),
    )
    yield KeyValues(((_("Highest mark for a criterion"), rubric.scale.say(language)),))


def _commission(call: Call, number: int) -> Iterator[Block]:
    yield Heading(f"{number}. " + _("Commission"))
    independent = _("independent")
    yield BulletList(
        tuple(
            str(one.person) + (f" ({independent})" if one.is_independent else "")
            for one in members_of(call)
        )
        or ("—",)
    )


def _opening(call: Call, number: int) -> Iterator[Block]:
    """Say who opens the proposals together, each with the mark of the seal; or that nobody must."""
    yield Heading(f"{number}. " + _("Opening of proposals"))
    sealing = sealing_of(call.case)
    if sealing is None:
        yield Paragraph(
            _(
                "Proposals are not sealed: the commission has fewer than three members with a "
                "seal. Until the closing moment the site shows them to nobody, but whoever looks "
                "after it could read them."
            )
        )
        return
    holders = list(sealing.holders.all())
    yield Paragraph(
        _(
            "Proposals are sealed until the closing moment. Then any %(threshold)s of these "
            "%(all)s members open them together. The mark of each seal stands beside the name."
        )
        % {"threshold": sealing.threshold, "all": len(holders)}
    )
    yield BulletList(tuple(f"{one.name}: {one.key.fingerprint}" for one in holders))
