"""The chain of the model aimak up to a stage, made by the same actions as in real work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any
from unittest import mock

import yaml
from django.conf import settings
from django.utils import timezone

from ashar.calls.actions import admission, calls, complaints, proposals, scoring
from ashar.calls.models import Call, Proposal
from ashar.cases.actions import make_move
from ashar.desk.actions.cast import Stage
from ashar.desk.actions.sealing import hand_in, make_seals, open_together
from ashar.desk.core import COMMISSION
from ashar.events.core import HeadCount
from ashar.kernel.money import Som
from ashar.needs.actions import answers, gatherings, studies
from ashar.needs.models import Answer, Gathering, Need, NeedsStudy
from ashar.parties.models import Person
from ashar.programmes import actions as programmes
from ashar.programmes.models import Measure, Programme
from ashar.reviews.core import Marks

TEXTS = Path(settings.BASE_DIR) / "data" / "demonstration" / "model-aimak.yaml"
MORNING = time(10, 0)
# Days after a call was prepared: the agreement runs through the term that its call names.
WORK_BEGINS = 53
WORK_ENDS = 162
PREPARATION = timedelta(days=30)


def day(days_ago: int) -> datetime:
    """Return ten in the morning of a day so many days ago (negative: ahead)."""
    today = timezone.localdate(REAL_NOW())
    chosen = datetime.combine(today - timedelta(days=days_ago), MORNING)
    return timezone.make_aware(chosen)


REAL_NOW = timezone.now


@contextmanager
def on_day(days_ago: int, hours: int = 0) -> Iterator[datetime]:
    """Let everything inside happen on that day, so that terms of the past can have passed.

    Only training data is written so; the journal keeps the real moment of every line.
    """
    moment = day(days_ago) + timedelta(hours=hours)
    with mock.patch("django.utils.timezone.now", return_value=moment):
        yield moment


class Demonstration:
    """The living aimak: its study, gathering, programme and contests."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.people = stage.people
        self.clerk = stage.people["aigul"]
        self.secrets: dict[str, str] = {}
        self.needs: dict[str, Need] = {}
        self.measures: dict[str, Measure] = {}

    def person(self, name: str) -> Person:
        """Return the person behind an account of the cast."""
        return self.people[name].person or Person(name=name)

    @cached_property
    def texts(self) -> dict[str, Any]:
        """Return the invented texts and figures."""
        loaded: dict[str, Any] = yaml.safe_load(TEXTS.read_text(encoding="utf-8"))
        return loaded

    def study_needs(self) -> NeedsStudy:
        """Record focus groups and the survey in every village, group the answers, rank."""
        text = self.texts["study"]
        with on_day(240):
            plan = studies.StudyPlan(
                title_ky=text["title"]["ky"],
                title_ru=text["title"]["ru"],
                villages=tuple(self.stage.villages),
                starts_on=day(240).date(),
                ends_on=day(225).date(),
                method=text["method"],
                weights={},
            )
            self.study = studies.open_study(self.stage.bodies["okmotu"], plan, by=self.clerk)
            make_move(self.study.case, "open_study", by=self.clerk)
        with on_day(226):
            self._record_sessions()
            self._group_answers()
            make_move(self.study.case, "rank", by=self.clerk)
        self.needs = {need.topic: need for need in self.study.needs.all()}
        return self.study

    def _record_sessions(self) -> None:
        for number, session in enumerate(self.texts["sessions"]):
            women, men, women_disabled, men_disabled = session["counts"]
            counts = (
                HeadCount("women", "unknown", with_disability=False, number=women - women_disabled),
                HeadCount("men", "unknown", with_disability=False, number=men - men_disabled),
                HeadCount("women", "unknown", with_disability=True, number=women_disabled),
                HeadCount("men", "unknown", with_disability=True, number=men_disabled),
            )
            village = self.stage.villages[number % len(self.stage.villages)]
            studies.record_session(
                self.study,
                studies.Session(
                    kind=session.get("kind", "focus_group"),
                    village=village,
                    held_on=day(230 - number % 4).date(),
                    counts=tuple(one for one in counts if one.number),
                    answers=tuple((text, said) for text, _topic, said in session["answers"]),
                    group=session["group"],
                    note="",
                ),
                by=self.clerk,
            )

    def _group_answers(self) -> None:
        """Put every free answer under its need of the catalogue."""
        for topic, title in self.texts["needs"].items():
            self.needs[topic] = answers.add_need(
                self.study, topic=topic, title_ky=title["ky"], title_ru=title["ru"], by=self.clerk
            )
        told = [
            (text, topic)
            for session in self.texts["sessions"]
            for text, topic, _said in session["answers"]
        ]
        for topic, need in self.needs.items():
            texts = [text for text, chosen in told if chosen == topic]
            keys = Answer.objects.filter(event__case=self.study.case, text__in=texts).values_list(
                "pk", flat=True
            )
            answers.group_answers(self.study, list(keys), need=need, by=self.clerk)

    def hold_gathering(self) -> Gathering:
        """Call the gathering, count who came and how it voted, give every need its outcome."""
        text = self.texts["gathering"]
        self._announce_gathering(text)
        with on_day(200, hours=6):
            women, men = text["present"]
            counts = (
                HeadCount("women", "unknown", with_disability=False, number=women),
                HeadCount("men", "unknown", with_disability=False, number=men),
            )
            gatherings.record_attendance(self.gathering, counts, by=self.clerk)
            make_move(self.gathering.case, "hold", by=self.clerk)
            self._record_votes(text)
            make_move(self.gathering.case, "decide", by=self.clerk)
        with on_day(198):
            for topic, outcome in self.texts["outcomes"].items():
                plan = answers.OutcomePlan(outcome["kind"], outcome["ky"], outcome["ru"])
                answers.set_outcome(self.needs[topic], plan, by=self.clerk)
            make_move(self.study.case, "conclude", by=self.clerk)
        return self.gathering

    def _announce_gathering(self, text: dict[str, Any]) -> None:
        with on_day(215):
            plan = gatherings.GatheringPlan(
                held_on=day(200).date(),
                starts_at=time(14, 0),
                place=text["place"],
                agenda=tuple((item["ky"], item["ru"]) for item in text["agenda"]),
                needs=tuple(self.study.needs.order_by("position")),
                method="open",
                territory=self.stage.aimak,
                accessibility="",
                online_link="",
                initiator="",
                channels="",
            )
            self.gathering = gatherings.call_gathering(self.study, plan, by=self.clerk)
            make_move(self.gathering.case, "announce", by=self.clerk)

    def _record_votes(self, text: dict[str, Any]) -> None:
        ballots = self.gathering.event.ballots.select_related("need_vote__need")
        votes = {one.pk: tuple(text["votes"][one.need_vote.need.topic]) for one in ballots}
        gatherings.record_votes(self.gathering, votes, by=self.clerk)
        gatherings.record_suggestions(self.gathering, text["suggestions"], by=self.clerk)
        minutes = gatherings.Minutes(
            chair="Сагын",
            secretary="Айгүл",
            counting="",
            decision_ky=text["decision"]["ky"],
            decision_ru=text["decision"]["ru"],
        )
        gatherings.write_minutes(self.gathering, minutes, by=self.clerk)

    def approve_programme(self) -> Programme:
        """Draft the programme, each measure citing a ranked need; the kenesh approves it."""
        text = self.texts["programme"]
        year = day(190).year
        with on_day(190):
            said = programmes.ProgrammeText(
                text["title"]["ky"],
                text["title"]["ru"],
                text["goal"]["ky"],
                text["goal"]["ru"],
                year,
                year + 1,
            )
            self.programme = programmes.open_programme(
                said,
                territory=self.stage.aimak,
                municipality=self.stage.bodies["okmotu"],
                kenesh=self.stage.bodies["kenesh"],
                parent=self.gathering.case,
                by=self.clerk,
            )
            for topic, measure in text["measures"].items():
                self._write_measure(topic, measure, year)
            make_move(self.programme.case, "submit_to_kenesh", by=self.clerk)
        with on_day(180):
            resolution = {
                "resolution_number": text["resolution"],
                "resolution_date": day(180).date(),
            }
            make_move(self.programme.case, "approve", by=self.people["kanat"], answers=resolution)
        return self.programme

    def _write_measure(self, topic: str, measure: dict[str, Any], year: int) -> None:
        self.measures[topic] = programmes.write_measure(
            self.programme,
            programmes.MeasureText(
                measure["ky"],
                measure["ru"],
                measure["result_ky"],
                measure["result_ru"],
                self.needs[topic],
            ),
            funding={(source, year): Som.of(sum_) for source, sum_ in measure["money"].items()},
            by=self.clerk,
        )

    def _call_text(self, topic: str) -> dict[str, Any]:
        """Return the announcement of a call; the day centre's where it has no words of its own."""
        own = self.texts["other_calls"].get(topic, {}).get("call", {})
        return {**self.texts["call"], **own}

    def _proposal_text(self, topic: str, key: str) -> dict[str, Any]:
        """Return what an organisation proposes in the call of this topic."""
        own = self.texts["other_calls"].get(topic, {}).get("proposals", {}).get(key, {})
        return {**self.texts["proposals"][key], **own}

    def _topic_of(self, call: Call) -> str:
        return next(topic for topic, one in self.measures.items() if one.pk == call.measure_id)

    def prepare_call(self, topic: str, days_ago: int) -> Call:
        """Write the announcement and appoint the commission, ready to be announced."""
        text = self._call_text(topic)
        parts = ("goal", "tasks", "problem", "target_group", "results", "requirements", "contact")
        said = {f"{part}_{lang}": text[part][lang] for part in parts for lang in ("ky", "ru")}
        with on_day(days_ago):
            call = calls.open_call(self.measures[topic], by=self.clerk)
            calls.edit_call(
                call,
                by=self.clerk,
                **said,
                maximum=Som.of(text["maximum"]),
                starts_on=day(days_ago - WORK_BEGINS).date(),
                ends_on=day(days_ago - WORK_ENDS).date(),
            )
            members = [(self.person(name), name in {"burul", "beksultan"}) for name in COMMISSION]
            calls.appoint_commission(call, members=members, act="ДЕМО-7", by=self.clerk)
            calls.confirm_commission(call, by=self.people["head"])
        call.case.refresh_from_db()
        return call

    def announce(self, call: Call, days_ago: int, open_for: int) -> Call:
        """Announce the call; it stays open for so many days. Two organisations ask."""
        closes_at = day(days_ago - open_for) + timedelta(hours=7)
        with on_day(days_ago):
            self.secrets = self.secrets or make_seals([self.people[name] for name in COMMISSION])
        with on_day(days_ago, hours=1):
            make_move(call.case, "announce", by=self.clerk, answers={"closes_at": closes_at})
        call.refresh_from_db()
        with on_day(days_ago - 2):
            for question in self._call_text(self._topic_of(call))["questions"]:
                asked = calls.ask_question(
                    call, text=question["text"], by=self.people[question["by"]]
                )
                calls.answer_question(asked, answer=question["answer"], by=self.clerk)
        return call

    def propose(self, call: Call, key: str, by: str, days_ago: int) -> Proposal:
        """Let an organisation write its proposal and hand it in."""
        author = self.people[by]
        with on_day(days_ago, hours=2):
            proposal = proposals.start_proposal(
                call, organisation=self.stage.bodies[key], by=author
            )
            hand_in(proposal, self._typed(call, key), by=author)
        return proposal

    def _typed(self, call: Call, key: str) -> dict[str, object]:
        """Return a proposal as its author types it, its schedule within the term of the call."""
        text = self._proposal_text(self._topic_of(call), key)
        columns = {
            "results": ("title", "unit", "target"),
            "team": ("role", "qualification"),
            "budget": ("title", "unit", "quantity", "rate", "source"),
        }
        typed: dict[str, object] = {
            name: text[name]
            for name in ("title", "summary", "method", "experience", "sustainability")
        }
        for section, names in columns.items():
            typed[section] = [dict(zip(names, row, strict=True)) for row in text[section]]
        first, last = call.starts_on or day(0).date(), call.ends_on or day(0).date()
        turns = (first, first + PREPARATION, last)
        titles = text.get("activities", ("Даярдык", "Негизги иш"))
        typed["activities"] = [
            {"title": title, "starts_on": f"{begins:%d.%m.%Y}", "ends_on": f"{ends:%d.%m.%Y}"}
            for title, (begins, ends) in zip(titles, pairwise(turns), strict=True)
        ]
        return typed

    def close(self, call: Call, days_ago: int) -> None:
        """Let the clock close the call."""
        with on_day(days_ago):
            make_move(call.case, "close", by=None)
            open_together(call, self.secrets, self.people)
            make_move(call.case, "open_proposals", by=None)

    def admit(self, call: Call, days_ago: int) -> None:
        """Check every proposal against the rules; who is not eligible reads which rule and why."""
        member = self.people["bakyt"]
        with on_day(days_ago):
            for proposal in call.proposals.select_related("case", "applicant"):
                is_entity = proposal.applicant.kind != "initiative_group"
                scoring.disclose(
                    proposal, member=self.person("bakyt"), has_interest=False, by=member
                )
                admission.record_check(
                    proposal,
                    rule="entity_or_entrepreneur",
                    result="met" if is_entity else "not_met",
                    evidence=proposal.applicant.registration_number
                    or "Юридикалык жак катары катталган эмес",
                    by=member,
                )
                make_move(proposal.case, "admit" if is_entity else "refuse_admission", by=member)
            call.case.refresh_from_db()
            make_move(call.case, "finish_admission", by=member)

    def disclose(self, call: Call, days_ago: int) -> None:
        """Let every member declare on every admitted proposal; one has an interest in one."""
        conflict = self.texts["conflict"]
        tied = self.stage.bodies[conflict["proposal"]]
        with on_day(days_ago):
            for name in COMMISSION:
                account = self.people[name]
                for proposal in call.proposals.filter(case__stage="admitted"):
                    has_interest = name == conflict["member"] and proposal.applicant_id == tied.pk
                    scoring.disclose(
                        proposal,
                        member=self.person(name),
                        has_interest=has_interest,
                        reason=conflict["reason"] if has_interest else "",
                        by=account,
                    )

    def score(self, call: Call, days_ago: int, members: int = len(COMMISSION)) -> None:
        """Let so many members fill their sheets, each without seeing the others'."""
        table = self.texts["scores"]
        criteria = [name for name in table if name != "comment"]
        conflict = self.texts["conflict"]
        with on_day(days_ago, hours=3):
            for number, name in enumerate(COMMISSION[:members]):
                for column, key in enumerate(("bulak", "meerim")):
                    if name == conflict["member"] and key == conflict["proposal"]:
                        continue
                    proposal = call.proposals.get(applicant=self.stage.bodies[key])
                    marks = Marks(
                        points={one: table[one][number][column] for one in criteria},
                        comments={one: self._reason(one, key, number) for one in criteria},
                    )
                    account = self.people[name]
                    scoring.score(proposal, member=self.person(name), marks=marks, by=account)

    def _reason(self, criterion: str, key: str, number: int) -> str:
        """Return why a member gave its points; neighbours do not say the same."""
        said: list[str] = self.texts["reasons"][criterion][key]
        return said[number % len(said)]

    def decide(self, call: Call, days_ago: int) -> None:
        """Let the commission decide; the protocol comes out and is published."""
        with on_day(days_ago):
            make_move(call.case, "decide", by=self.people["bakyt"])

    def complain(self, call: Call, days_ago: int) -> None:
        """Let the loser complain, and the customer answer."""
        text = self.texts["complaint"]
        with on_day(days_ago):
            loser = call.proposals.get(applicant=self.stage.bodies["meerim"])
            lodged = complaints.lodge_complaint(loser, text=text["text"], by=self.people["jamila"])
        with on_day(days_ago - 1):
            make_move(lodged.case, "reject", by=self.clerk, answers={"answer_text": text["answer"]})

    def award(self, call: Call, days_ago: int) -> None:
        """Let the clock award when the term for complaints is over."""
        with on_day(days_ago):
            make_move(call.case, "award", by=None)
