"""The other law files: acts, calendar, wordings of refusals and conditions, vocabularies."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, cast, get_args

from ashar.kernel.dates import Calendar
from ashar.kernel.text import LANGUAGES, Wording
from ashar.procedures.model import STATUSES, Status
from ashar.procedures.reading import Node, read_document
from ashar.procedures.values import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

ActStatus = Literal["in_force", "repealed", "unknown"]
_DATED = {"ky": ", {}", "ru": " от {}", "en": " of {}"}
_NUMBERED = {"ky": ", № {}", "ru": " № {}", "en": " No. {}"}


@dataclass(frozen=True)
class Act:
    """A legal act of the register; what nobody has read is None."""

    key: str
    title: Wording
    number: str | None
    adopted_on: date | None
    status: ActStatus
    evidence: Status
    source: str = ""
    in_force_from: date | None = None
    in_force_to: date | None = None
    link: str = ""
    note: Wording | None = None

    def say(self, language: str) -> str:
        """Name the act as a paper would: Закон ... от 28.04.2017 № 70."""
        text = self.title.say(language)
        if self.adopted_on:
            text += _DATED.get(language, _DATED["en"]).format(f"{self.adopted_on:%d.%m.%Y}")
        if self.number:
            text += _NUMBERED.get(language, _NUMBERED["en"]).format(self.number)
        return text


@dataclass(frozen=True)
class DayOff:
    """A public holiday, or a weekend day that is worked, with the act that says so."""

    on: date
    title: Wording
    cite: str


@dataclass(frozen=True)
class CalendarText:
    """The calendar as the file gives it, and how far it can be trusted."""

    status: Status
    note: Wording
    holidays: tuple[DayOff, ...] = ()
    working_weekends: tuple[DayOff, ...] = ()

    @property
    def calendar(self) -> Calendar:
        """Return the calendar to count with; Saturdays and Sundays are days off."""
        return Calendar(
            frozenset(day.on for day in self.holidays),
            frozenset(day.on for day in self.working_weekends),
        )


@dataclass(frozen=True)
class Term:
    """A word of a vocabulary."""

    key: str
    title: Wording
    source: str = ""
    # The broader word this one belongs to, if any.
    within: str = ""


@dataclass(frozen=True)
class Vocabulary:
    """A fixed list of words kept with the law, not in code."""

    key: str
    title: Wording
    terms: Mapping[str, Term]
    status: Status = "unknown"
    source: str = ""
    note: Wording | None = None


@dataclass(frozen=True)
class Wordings:
    """Sentences for reasons, conditions, effects and moments, and words for arguments."""

    refusals: Mapping[str, Wording] = field(default_factory=dict)
    conditions: Mapping[str, Wording] = field(default_factory=dict)
    effects: Mapping[str, Wording] = field(default_factory=dict)
    moments: Mapping[str, Wording] = field(default_factory=dict)
    # What is published by "publish: ..." when it is no document, actor or track.
    arguments: Mapping[str, Wording] = field(default_factory=dict)


def _text(found: Mapping[str, Node], key: str) -> str:
    return found[key].word() if key in found else ""


def _day(found: Mapping[str, Node], key: str) -> date | None:
    if key not in found or found[key].word() == UNKNOWN:
        return None
    return found[key].day()


def _complete(node: Node, wording: Wording) -> Wording:
    """Refuse a wording without Kyrgyz or Russian words: these files have no drafts."""
    if not (wording.ky and wording.ru):
        raise node.fail("words in ky or ru are missing", "Write both: {ky: ..., ru: ...}.")
    return wording


def read_acts(path: Path, shown: str = "") -> dict[str, Act]:
    """Read the register of acts."""
    section = read_document(path, shown).fields(("acts",))["acts"]
    return {key: _act(key, node) for key, node in section.named()}


def _act(key: str, node: Node) -> Act:
    found = node.fields(
        ("title", "number", "date", "status", "evidence", "source"),
        ("in_force_from", "in_force_to", "link", "note"),
    )
    number = found["number"].word()
    return Act(
        key=key,
        title=_complete(found["title"], found["title"].wording()),
        number=None if number == UNKNOWN else number,
        adopted_on=_day(found, "date"),
        status=cast("ActStatus", found["status"].one_of(get_args(ActStatus))),
        evidence=cast("Status", found["evidence"].one_of(STATUSES)),
        source=found["source"].word(),
        in_force_from=_day(found, "in_force_from"),
        in_force_to=_day(found, "in_force_to"),
        link=_text(found, "link"),
        note=found["note"].wording() if "note" in found else None,
    )


def read_calendar(path: Path, shown: str = "") -> CalendarText:
    """Read public holidays and transferred working days."""
    found = read_document(path, shown).fields(("status", "note", "holidays", "working_weekends"))
    return CalendarText(
        status=cast("Status", found["status"].one_of(STATUSES)),
        note=found["note"].wording(),
        holidays=tuple(_day_off(one) for one in found["holidays"].items()),
        working_weekends=tuple(_day_off(one) for one in found["working_weekends"].items()),
    )


def _day_off(node: Node) -> DayOff:
    found = node.fields(("on", "title", "cite"))
    return DayOff(found["on"].day(), found["title"].wording(), found["cite"].word())


def read_wordings(path: Path, sections: tuple[str, ...], shown: str = "") -> Wordings:
    """Read sentences from a file that has these sections."""
    found = read_document(path, shown).fields((), sections)
    return Wordings(
        **{
            section: {key: _complete(one, one.wording()) for key, one in node.named()}
            for section, node in found.items()
        }
    )


def read_vocabulary(path: Path, shown: str = "") -> Vocabulary:
    """Read one vocabulary; its key is the name of the file."""
    node = read_document(path, shown)
    found = node.fields(("vocabulary", "title", "terms"), ("status", "source", "note"))
    key = found["vocabulary"].name()
    if key != path.stem:
        raise node.fail(f'the file is called "{path.stem}"', f"Write vocabulary: {path.stem}.")
    terms = {name: _term(name, one) for name, one in found["terms"].named()}
    for name, term in terms.items():
        if term.within and term.within not in terms:
            remedy = f"Known: {', '.join(terms)}."
            raise node.fail(f'{name} is within "{term.within}", which is no term here', remedy)
    status = found["status"].one_of(STATUSES) if "status" in found else "unknown"
    return Vocabulary(
        key=key,
        title=_complete(found["title"], found["title"].wording()),
        terms=terms,
        status=cast("Status", status),
        source=_text(found, "source"),
        note=found["note"].wording() if "note" in found else None,
    )


def _term(key: str, node: Node) -> Term:
    found = node.fields((), (*LANGUAGES, "source", "within"))
    return Term(
        key, _complete(node, node.words(found)), _text(found, "source"), _text(found, "within")
    )
