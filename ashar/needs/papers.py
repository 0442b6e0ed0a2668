"""Official papers of needs: notice and minutes of a gathering, summary of a study; ky and ru."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from ashar.cases.core import PaperBuilder
from ashar.cases.models import Case, Decision
from ashar.cases.queries import law, procedure_of, whose_figures
from ashar.documents.core import (
    Block,
    BulletList,
    Column,
    Heading,
    KeyValues,
    Letterhead,
    Note,
    Paper,
    Paragraph,
    Signature,
    Signatures,
    Table,
)
from ashar.events.core import PublicPeople
from ashar.events.models import Event
from ashar.events.queries import AGE_BANDS, public_people_at, words_of
from ashar.kernel.text import Wording
from ashar.needs.core import carried
from ashar.needs.models import Gathering, NeedsStudy, NeedVote
from ashar.needs.queries import (
    cover_of,
    figure,
    group_tops,
    need_words,
    place_words,
    ranked_needs,
    sessions_of,
    votes_of,
)
from ashar.procedures.model import Number

LANGUAGES = ("ky", "ru")
NOT_STATED = "—"


def in_each_language(build: Callable[[Case, Decision, str], Paper]) -> PaperBuilder:
    """Return a builder that makes the paper in Kyrgyz and in Russian."""

    def builder(case: Case, decision: Decision) -> dict[str, Paper]:
        papers = {}
        for tongue in LANGUAGES:
            with translation.override(tongue):
                papers[tongue] = build(case, decision, tongue)
        return papers

    return builder


def _letterhead(case: Case) -> Letterhead:
    offices = [party.organisation for party in case.parties.select_related("organisation")]
    return Letterhead(
        ky=tuple(office.name_ky for office in offices),
        ru=tuple(office.name_ru for office in offices),
    )


def _said(number: Number, tongue: str) -> str:
    """Write a figure with whose it is: 50 — charter of ...."""
    if number.is_unknown:
        return _("not known: the law and the charter have not been read")
    said = number.say(tongue)
    return f"{said} — {number.whose.say(tongue)}" if number.whose else said


def _text(ky: str, ru: str, tongue: str) -> str:
    return Wording(ky, ru).say(tongue)


def _when(event: Event) -> str:
    day = formats.date_format(event.held_on, "DATE_FORMAT") if event.held_on else NOT_STATED
    return f"{day}, {event.starts_at:%H:%M}" if event.starts_at else day


def _agenda(event: Event, tongue: str) -> BulletList:
    items = tuple(_text(item.text_ky, item.text_ru, tongue) for item in event.agenda.all())
    return BulletList(items, is_numbered=True)


def _questions(votes: Iterable[NeedVote], tongue: str) -> BulletList:
    items = (_text(v.ballot.question_ky, v.ballot.question_ru, tongue) for v in votes)
    return BulletList(tuple(items), is_numbered=True)


def gathering_notice(case: Case, decision: Decision, tongue: str) -> Paper:
    """Return the notice that calls people to the gathering."""
    gathering: Gathering = case.gathering
    event = gathering.event
    rows = [
        (_("Territory"), place_words(event.territory).say(tongue)),
        (_("When"), _when(event)),
        (_("Where"), event.place_text or NOT_STATED),
        (_("On whose initiative"), gathering.initiator or NOT_STATED),
        (_("How people with disability get in"), event.accessibility or NOT_STATED),
    ]
    if event.online_link:
        rows.append((_("To take part from afar"), event.online_link))
    votes = list(votes_of(gathering))
    blocks: list[Block] = [
        Paragraph(_("All inhabitants are invited to the citizens' gathering.")),
        KeyValues(tuple(rows)),
        Heading(_("Agenda")),
        _agenda(event, tongue),
    ]
    if votes:
        blocks += [
            Heading(_("Needs that will be put to the vote, in the order of the ranking")),
            _questions(votes, tongue),
        ]
    blocks += [
        _rules(case, tongue),
        Signatures((Signature(_("Head of the aiyl okmotu, or mayor"), has_stamp=True),)),
    ]
    return _paper(decision, _("Notice of the citizens' gathering"), blocks, tongue)


def _rules(case: Case, tongue: str) -> KeyValues:
    return KeyValues(
        (
            (_("Quorum"), _said(figure(case, "gathering_quorum"), tongue)),
            (
                _("Majority: more than this share of those present"),
                _said(figure(case, "gathering_majority"), tongue),
            ),
        )
    )


def _paper(decision: Decision, title: str, blocks: list[Block], tongue: str) -> Paper:
    case = decision.case
    return Paper(
        title=title,
        subtitle=Wording(case.title_ky, case.title_ru).say(tongue),
        language=tongue,
        letterhead=_letterhead(case),
        day=timezone.localdate(decision.at),
        place=place_words(case.territory).say(tongue),
        case_ref=case.ref,
        whose_figures=whose_figures(procedure_of(case), tongue),
        blocks=tuple(blocks),
    )


def people_table(people: PublicPeople) -> Table:
    """Return people by sex, age and disability; what nobody counted or is too small is absent."""
    ages = words_of(AGE_BANDS)
    split = people.is_split
    rows: list[tuple[str, int | None]] = [
        (_("Women"), people.women if split else None),
        (_("Men"), people.men if split else None),
        (_("Of them, people with disability"), people.with_disability if split else None),
        *((ages.get(band, band), number) for band, number in people.by_age),
    ]
    columns = (Column(_("Participants"), width=3), Column(_("People"), kind="number"))
    return Table(columns, tuple(rows), totals=(_("In all"), people.total))


def _votes_table(case: Case, votes: Iterable[NeedVote], present: int, tongue: str) -> Table:
    majority = figure(case, "gathering_majority").value
    rows = []
    for number, vote in enumerate(votes, 1):
        ballot = vote.ballot
        is_carried = isinstance(majority, Fraction) and carried(
            ballot.in_favour or 0, present, majority
        )
        result = _("carried") if is_carried else _("not carried")
        rows.append(
            (
                number,
                need_words(vote.need).say(tongue),
                ballot.in_favour,
                ballot.against,
                ballot.abstained,
                result if ballot.is_counted else NOT_STATED,
            )
        )
    columns = (
        Column("№", kind="center"),
        Column(_("Need"), width=7),
        Column(_("In favour"), kind="number", width=2),
        Column(_("Against"), kind="number", width=2),
        Column(_("Abstained"), kind="number", width=4),
        Column(_("Result"), width=4),
    )
    return Table(columns, tuple(rows))


def _methods(case: Case) -> str:
    ballots = case.gathering.event.ballots.all()
    said = dict.fromkeys(str(ballot.get_method_display()) for ballot in ballots)
    return _("How people voted: %(method)s.") % {"method": ", ".join(said) or NOT_STATED}


def _suggestions(event: Event) -> list[Block]:
    rows = tuple(
        (
            said.group or NOT_STATED,
            said.text,
            said.answer or NOT_STATED,
            _("accepted") if said.is_accepted else _("not accepted"),
        )
        for said in event.suggestions.order_by("pk")
    )
    if not rows:
        return [Paragraph(_("No proposals were made."))]
    columns = (
        Column(_("From whom")),
        Column(_("Proposal"), width=3),
        Column(_("Answer"), width=3),
        Column(_("Decision")),
    )
    return [Table(columns, rows)]


def gathering_protocol(case: Case, decision: Decision, tongue: str) -> Paper:
    """Return the minutes: who came, quorum, proposals, votes, decision."""
    gathering: Gathering = case.gathering
    event = gathering.event
    people = public_people_at(event)
    blocks: list[Block] = [
        _about(gathering, tongue),
        Heading(_("Agenda")),
        _agenda(event, tongue),
        Heading(_("Who came")),
        people_table(people),
        _rules(case, tongue),
        Paragraph(_quorum_said(case, people.total)),
    ]
    if decision.to_stage == "failed":
        blocks.append(Note(_("The gathering did not take place for want of a quorum.")))
    else:
        blocks += [
            Heading(_("Proposals and answers")),
            *_suggestions(event),
            Heading(_("Votes")),
            Paragraph(_methods(case)),
            _votes_table(case, votes_of(gathering), people.total, tongue),
            Heading(_("Decision")),
            Paragraph(_text(gathering.decision_ky, gathering.decision_ru, tongue) or NOT_STATED),
        ]
    names = ((_("Chair"), gathering.chair), (_("Secretary"), gathering.secretary))
    blocks.append(Signatures(tuple(Signature(role, name) for role, name in names)))
    return _paper(decision, _("Minutes of the citizens' gathering"), blocks, tongue)


def _about(gathering: Gathering, tongue: str) -> KeyValues:
    event = gathering.event
    basis = procedure_of(gathering.case).tracks["gathering"].stages["preparing"].moves["announce"]
    announced = gathering.case.decisions.filter(move="announce").order_by("-at").first()
    told = formats.date_format(announced.at, "DATE_FORMAT") if announced else NOT_STATED
    return KeyValues(
        (
            (_("Territory"), place_words(event.territory).say(tongue)),
            (_("When"), _when(event)),
            (_("Where"), event.place_text or NOT_STATED),
            (_("To take part from afar"), event.online_link or NOT_STATED),
            (_("On whose initiative"), gathering.initiator or NOT_STATED),
            (_("Legal basis"), basis.cite.say(law(), tongue) if basis.cite else NOT_STATED),
            (_("Announced on"), told),
            (_("How people were told"), gathering.channels or NOT_STATED),
            (_("Chair"), gathering.chair or NOT_STATED),
            (_("Secretary"), gathering.secretary or NOT_STATED),
            (_("Counting commission"), gathering.counting or NOT_STATED),
        )
    )


def _quorum_said(case: Case, present: int) -> str:
    needed = figure(case, "gathering_quorum").value
    if not isinstance(needed, int):
        return _("Whether there was a quorum is not known.")
    numbers = {"present": present, "needed": needed}
    if present >= needed:
        return _("There is a quorum: %(present)s people came, %(needed)s are needed.") % numbers
    return _("There is no quorum: %(present)s people came, %(needed)s are needed.") % numbers


def study_summary(case: Case, decision: Decision, tongue: str) -> Paper:
    """Return the summary: whom the study reached, the ranking, each group's own, outcomes."""
    study: NeedsStudy = case.needs_study
    sessions = list(sessions_of(study))
    blocks: list[Block] = [
        KeyValues(
            (
                (_("Territory"), place_words(case.territory).say(tongue)),
                (_("Focus groups and surveys"), len(sessions)),
                (_("How it was done"), study.method or NOT_STATED),
            )
        ),
        Heading(_("People reached")),
        people_table(public_people_at(*sessions)),
        _villages_table(study, sessions, tongue),
        Heading(_("Ranking of needs")),
        Paragraph(
            _(
                "The score is the weighted mean of the shares of mentions in each group, "
                "in per cent."
            )
        ),
        _ranking_table(study, tongue),
        Heading(_("What each group named first")),
        _tops_table(study, tongue),
        Heading(_("What becomes of each need")),
        _outcomes_table(study, tongue),
        Signatures((Signature(_("Head of the aiyl okmotu, or mayor"), has_stamp=True),)),
    ]
    return _paper(decision, _("Summary of the needs study"), blocks, tongue)


def _villages_table(study: NeedsStudy, sessions: list[Event], tongue: str) -> Table:
    columns = (
        Column(_("Village"), width=3),
        Column(_("People"), kind="number"),
        Column(_("Women"), kind="number"),
        Column(_("Men"), kind="number"),
        Column(_("Groups heard"), kind="number"),
    )
    rows = tuple(
        (
            place_words(cover.village).say(tongue),
            cover.people.total,
            cover.people.women,
            cover.people.men,
            len(cover.done),
        )
        for cover in cover_of(study, sessions)
    )
    return Table(columns, rows)


def _ranking_table(study: NeedsStudy, tongue: str) -> Table:
    columns = (
        Column(_("Rank"), kind="center"),
        Column(_("Need"), width=6),
        Column(_("Score, %"), kind="center"),
        Column(_("Mentions"), kind="number"),
    )
    rows = tuple(
        (str(row.place), need_words(row.need).say(tongue), row.percent, row.mentions)
        for row in ranked_needs(study)
    )
    return Table(columns, rows)


def _tops_table(study: NeedsStudy, tongue: str) -> Table:
    columns = (
        Column(_("Group"), width=2),
        Column(_("Weight"), kind="center"),
        Column(_("Its own first needs"), width=4),
    )
    rows = tuple(
        (
            top.title,
            str(top.weight),
            "; ".join(f"{place}. {need_words(need).say(tongue)}" for place, need, _n in top.rows),
        )
        for top in group_tops(study)
    )
    return Table(columns, rows)


def _outcomes_table(study: NeedsStudy, tongue: str) -> Table:
    columns = (
        Column(_("Need"), width=3),
        Column(_("Outcome"), width=2),
        Column(_("Reason"), width=3),
        Column(_("Act"), width=2),
    )
    rows = []
    for need in study.needs.filter(position__isnull=False).select_related("outcome"):
        outcome = getattr(need, "outcome", None)
        rows.append(
            (
                need_words(need).say(tongue),
                str(outcome.get_kind_display()) if outcome else NOT_STATED,
                _text(outcome.reason_ky, outcome.reason_ru, tongue) if outcome else NOT_STATED,
                (outcome.citation if outcome else "") or NOT_STATED,
            )
        )
    return Table(columns, tuple(rows))


PAPERS: dict[str, PaperBuilder] = {
    "gathering_notice": in_each_language(gathering_notice),
    "gathering_protocol": in_each_language(gathering_protocol),
    "study_summary": in_each_language(study_summary),
}
