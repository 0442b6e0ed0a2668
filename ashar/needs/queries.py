"""Reads of needs: voices and their ranking, villages and groups covered, people reached."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Sum

from ashar.cases.models import Case
from ashar.cases.queries import procedure_of
from ashar.events.choices import EventKind
from ashar.events.core import People
from ashar.events.models import Ballot, Event
from ashar.events.queries import people_at, words_of
from ashar.kernel.text import Wording, search_key
from ashar.needs.core import SURVEY, Key, Placed, Voice, ranking, top_of_each_group, weight_of
from ashar.needs.models import Answer, Gathering, Need, NeedsStudy, NeedVote
from ashar.places.models import Territory
from ashar.procedures.model import Number

PROCEDURE = "needs_study"
FOCUS_GROUPS = "focus_groups"
CATALOGUE = "need_topics"
EVENT_KINDS = "event_kinds"
# Groups that are named when they were asked, but not missed when they were not.
NOT_MISSED = frozenset({"general", "other"})
SESSIONS = (EventKind.FOCUS_GROUP, EventKind.SURVEY)


def focus_groups() -> dict[str, str]:
    """Return the categories in which focus groups are held, in the reader's language."""
    return words_of(FOCUS_GROUPS)


def voices_in_words() -> dict[str, str]:
    """Return every voice of the ranking: the focus groups and the household survey."""
    return {**focus_groups(), SURVEY: kinds_of_sessions()[EventKind.SURVEY.value]}


def kinds_of_sessions() -> dict[str, str]:
    """Return how people are asked: a focus group or a household survey."""
    words = words_of(EVENT_KINDS)
    return {kind.value: words[kind.value] for kind in SESSIONS}


def topics() -> dict[str, str]:
    """Return the topics of the catalogue of needs, in the reader's language."""
    return words_of(CATALOGUE)


def figure(case: Case, name: str) -> Number:
    """Return a figure of the case's procedure, as frozen when the case was opened."""
    return procedure_of(case).numbers[name]


def place_words(place: Territory) -> Wording:
    """Return the name of a place in each language, for refusals and papers."""
    return Wording(*(place.title_in(tongue).text for tongue in ("ky", "ru", "en")))


def need_words(need: Need) -> Wording:
    """Return the need in each language in which it was written."""
    return Wording(need.title_ky, need.title_ru)


def studies() -> QuerySet[NeedsStudy]:
    """Return studies with their cases and places, newest first."""
    return NeedsStudy.objects.select_related("case", "case__territory__parent").order_by(
        "-case__opened_at", "-pk"
    )


def sessions_of(study: NeedsStudy) -> QuerySet[Event]:
    """Return the focus groups and surveys of the study with who came."""
    return (
        Event.objects.filter(case=study.case, kind__in=SESSIONS)
        .select_related("territory")
        .prefetch_related("attendance")
        .order_by("held_on", "pk")
    )


def answers_of(study: NeedsStudy) -> QuerySet[Answer]:
    """Return every answer given in the study, in the order of the sessions."""
    return (
        Answer.objects.filter(event__case=study.case, event__kind__in=SESSIONS)
        .select_related("event__territory", "need")
        .order_by("event__held_on", "event_id", "pk")
    )


def ungrouped_answers(study: NeedsStudy) -> QuerySet[Answer]:
    """Return the answers that nobody has put under a need yet."""
    return answers_of(study).filter(need__isnull=True)


@dataclass(frozen=True)
class SameWords:
    """One answer that was given in the same words in several places; `key` is its first pk."""

    key: str
    text: str
    mentions: int
    pks: tuple[int, ...]
    villages: tuple[str, ...]
    voices: tuple[str, ...]


def same_words(answers: Iterable[Answer]) -> list[SameWords]:
    """Join answers given in the same words, whatever the case and the spelling of ө, ү, ң."""
    words = voices_in_words()
    alike: dict[str, list[Answer]] = {}
    for answer in answers:
        alike.setdefault(search_key(answer.text), []).append(answer)
    return [
        SameWords(
            key=str(found[0].pk),
            text=found[0].text,
            mentions=sum(one.mentions for one in found),
            pks=tuple(one.pk for one in found),
            villages=tuple(dict.fromkeys(one.event.territory.name for one in found)),
            voices=tuple(dict.fromkeys(words[voice_of(one.event)] for one in found)),
        )
        for found in alike.values()
    ]


@dataclass(frozen=True)
class GroupedNeed:
    """A need with the answers put under it."""

    need: Need
    grouped: tuple[SameWords, ...]

    @property
    def total(self) -> int:
        """How often the need was named in all."""
        return sum(answer.mentions for answer in self.grouped)


def grouped_needs(study: NeedsStudy, answers: list[Answer]) -> list[GroupedNeed]:
    """Return the needs of the study with these answers put under them."""
    return [
        GroupedNeed(need, tuple(same_words(one for one in answers if one.need_id == need.pk)))
        for need in study.needs.order_by("pk")
    ]


def voice_of(event: Event) -> str:
    """Return which voice of the ranking an event is."""
    return SURVEY if event.kind == EventKind.SURVEY else event.group


def voices_of(study: NeedsStudy) -> list[Voice]:
    """Return how often each voice named each need, in one query."""
    rows = (
        Answer.objects.filter(event__case=study.case, need__isnull=False)
        .values_list("event__kind", "event__group", "need_id")
        .annotate(mentions=Sum("mentions"))
        .order_by("need_id", "event__kind", "event__group")
    )
    return [
        Voice(SURVEY if kind == EventKind.SURVEY else group, need, mentions)
        for kind, group, need, mentions in rows
    ]


@dataclass(frozen=True)
class RankedNeed:
    """A need with its place, as the page and the papers show it."""

    need: Need
    place: int
    thousandths: int
    mentions: int
    shares: tuple[tuple[str, Fraction], ...] = ()
    top_groups: tuple[str, ...] = ()

    @property
    def percent(self) -> str:
        """The score as a share of a hundred with one digit: 12,5."""
        return f"{self.thousandths // 10},{self.thousandths % 10}"


def ranked_needs(study: NeedsStudy) -> list[RankedNeed]:
    """Return the needs of the study in order: as the source says, or by the voices."""
    by_pk = {need.pk: need for need in study.needs.select_related("outcome")}
    if study.case.is_archived:
        return [RankedNeed(need, need.position or 0, need.score or 0, 0) for need in by_pk.values()]
    voices = voices_of(study)
    words = voices_in_words()
    firsts = _in_whose_top(top_of_each_group(voices), words)
    return [
        RankedNeed(
            by_pk[int(placed.need)],
            placed.place,
            placed.thousandths,
            placed.mentions,
            tuple((words.get(group, group), share) for group, share in placed.shares.items()),
            firsts.get(placed.need, ()),
        )
        for placed in ranking(voices, study.group_weights)
    ]


def _in_whose_top(
    tops: dict[str, tuple[Placed, ...]], words: dict[str, str]
) -> dict[Key, tuple[str, ...]]:
    """Return for each need the groups that have it among their own first three."""
    found: dict[Key, list[str]] = {}
    for group, placed in tops.items():
        for one in placed:
            found.setdefault(one.need, []).append(words.get(group, group))
    return {need: tuple(groups) for need, groups in found.items()}


@dataclass(frozen=True)
class GroupTop:
    """What one voice named first, and what the voice weighs."""

    title: str
    weight: int
    rows: tuple[tuple[int, Need, int], ...]


def group_tops(study: NeedsStudy) -> list[GroupTop]:
    """Return each group's own first three needs: place, need, mentions."""
    by_pk = study.needs.in_bulk()
    tops = top_of_each_group(voices_of(study))
    return [
        GroupTop(
            title,
            weight_of(key, study.group_weights),
            tuple((p.place, by_pk[int(p.need)], p.mentions) for p in tops[key]),
        )
        for key, title in voices_in_words().items()
        if key in tops
    ]


@dataclass(frozen=True)
class Cell:
    """Whether a group of a village was heard, and how many people came."""

    key: str
    title: str
    sessions: tuple[Event, ...]
    people: int


@dataclass(frozen=True)
class VillageCover:
    """A village of the study: who was heard there and who is still missing."""

    village: Territory
    people: People
    cells: tuple[Cell, ...]

    @property
    def done(self) -> tuple[Cell, ...]:
        """The voices that were heard."""
        return tuple(cell for cell in self.cells if cell.sessions)

    @property
    def missing(self) -> tuple[Cell, ...]:
        """The voices still to be heard."""
        return tuple(cell for cell in self.cells if not cell.sessions)


def cover_of(study: NeedsStudy, sessions: Iterable[Event]) -> list[VillageCover]:
    """Return for each village of the study which groups were heard there."""
    listed = list(sessions)
    words = voices_in_words()
    covered = []
    for village in study.villages.order_by("sort_key", "code"):
        here = [event for event in listed if event.territory_id == village.pk]
        cells = [_cell(key, title, here) for key, title in words.items()]
        shown = tuple(cell for cell in cells if cell.sessions or cell.key not in NOT_MISSED)
        covered.append(VillageCover(village, people_at(*here), shown))
    return covered


def _cell(key: str, title: str, here: list[Event]) -> Cell:
    sessions = tuple(event for event in here if voice_of(event) == key)
    return Cell(key, title, sessions, people_at(*sessions).total)


def gatherings() -> QuerySet[Gathering]:
    """Return gatherings with their case, event and study, newest first."""
    return Gathering.objects.select_related(
        "case", "event__territory", "study__case", "event__case"
    ).order_by("-event__held_on", "-pk")


def votes_of(gathering: Gathering) -> QuerySet[NeedVote]:
    """Return what was put to the vote with its counts, in order."""
    return (
        NeedVote.objects.filter(ballot__event=gathering.event)
        .select_related("ballot", "need")
        .order_by("ballot__position", "ballot_id")
    )


def ballots_of(gathering: Gathering) -> QuerySet[Ballot]:
    """Return every question put to the vote at the gathering."""
    return Ballot.objects.filter(event=gathering.event)


def needs() -> QuerySet[Need]:
    """Return needs with study, place and outcome."""
    return Need.objects.select_related(
        "study__case__territory__parent", "outcome"
    ).prefetch_related(Prefetch("votes", NeedVote.objects.select_related("ballot__event")))


def public_needs() -> QuerySet[Need]:
    """Return ranked needs that anybody may read: of a published study or gathering."""
    called = Gathering.objects.filter(study=OuterRef("study"), case__is_public=True)
    return needs().filter(Q(study__case__is_public=True) | Exists(called), position__isnull=False)


@dataclass(frozen=True)
class Voiced:
    """How often one voice named a need, in how many villages."""

    title: str
    mentions: int
    villages: int


def who_voiced(need: Need) -> list[Voiced]:
    """Return in counts who named the need; no person is named."""
    words = voices_in_words()
    found: dict[str, tuple[int, set[int]]] = {}
    for answer in need.answers.select_related("event"):
        key = voice_of(answer.event)
        mentions, villages = found.get(key, (0, set()))
        found[key] = (mentions + answer.mentions, villages | {answer.event.territory_id})
    return [
        Voiced(title, found[key][0], len(found[key][1]))
        for key, title in words.items()
        if key in found
    ]
