"""A procedure as a readable page: stages, moves, conditions, articles and the table of figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ashar.kernel.text import Wording
from ashar.procedures.console import write
from ashar.procedures.library import fill
from ashar.procedures.model import ANYONE, CLOCK, Number, Status
from ashar.procedures.readable import (
    ActLine,
    ClockText,
    CriterionText,
    FigureLine,
    MoveText,
    ProcedureText,
    RubricText,
    RuleText,
    StageText,
    TrackText,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ashar.procedures.library import Library
    from ashar.procedures.model import (
        Citation,
        Clause,
        Clock,
        EligibilityRule,
        Move,
        Procedure,
        Stage,
        Track,
    )

STATUS_WORDINGS: dict[Status, Wording] = {
    "verified": Wording("актыдан окулган", "прочитано в акте", "read in the act"),
    "reported": Wording("кабарланган", "по сообщениям", "reported"),
    "memory": Wording("эстен, текшериле элек", "по памяти, не проверено", "from memory, unchecked"),
    "unknown": Wording("белгисиз", "не установлено", "unknown"),
    "local": Wording("жергиликтүү актыда белгиленген", "установлено местным актом", "set locally"),
    "donor": Wording("донор белгилеген", "установлено донором", "set by the donor"),
    "assumed": Wording("окуу үчүн болжол", "учебное допущение", "assumed for training"),
}
IMPLICIT_WORDINGS = {
    CLOCK: Wording(
        "система, мөөнөт же чечим боюнча",
        "система, по сроку или решению",
        "the system, by term or decision",
    ),
    ANYONE: Wording("катталган ар бир адам", "любой вошедший", "anyone signed in"),
}


@dataclass(frozen=True)
class _Speaker:
    """Says the parts of one procedure in one language."""

    procedure: Procedure
    library: Library
    language: str

    def say(self, wording: Wording | None) -> str:
        return wording.say(self.language) if wording else ""

    def cite(self, cite: Citation | None) -> str:
        return cite.say(self.library, self.language) if cite else ""

    def actor(self, key: str) -> str:
        actor = self.procedure.actors.get(key)
        return self.say(actor.title if actor else IMPLICIT_WORDINGS.get(key)) or key

    def figure(self, number: Number) -> FigureLine:
        return FigureLine(
            name=number.name,
            title=self.say(number.title) or number.name,
            value=number.say(self.language),
            status=number.status,
            status_said=self.say(STATUS_WORDINGS[number.status]),
            whose=self.say(number.whose),
            # What somebody else has set does not rest on the act.
            cite=number.source if number.whose else self.cite(number.cite),
            may_vary=number.may_vary,
            is_unknown=number.is_unknown,
        )

    def clause(self, clause: Clause, wordings: Mapping[str, Wording]) -> str:
        sentence = wordings.get(clause.name)
        if sentence is None:
            return clause.name
        return fill(sentence.say(self.language), {"argument": self.argument(clause)}, self.language)

    def argument(self, clause: Clause) -> str:
        argument = clause.argument
        if isinstance(argument, Number):
            return f"{self.say(argument.title)}: {argument.say(self.language)}"
        if isinstance(argument, tuple):
            return ", ".join(self.say(document.title) for document in argument)
        return self.named(argument) if argument else ""

    def named(self, word: str) -> str:
        """Say a document, an actor, a track or an argument by its name; else the word itself."""
        parts = (self.procedure.documents, self.procedure.actors, self.procedure.tracks)
        found = next((known[word] for known in parts if word in known), None)
        wording = getattr(found, "title", None) or self.library.wordings.arguments.get(word)
        return self.say(wording) or word


def explain(procedure: Procedure, library: Library, language: str) -> ProcedureText:
    """Return the procedure in words, for the public page; figures are those of its profile."""
    speaker = _Speaker(procedure, library, language)
    return ProcedureText(
        key=procedure.key,
        edition=procedure.edition,
        title=speaker.say(procedure.title),
        acts=tuple(_act(speaker, key) for key in dict.fromkeys(procedure.law.values())),
        actors=tuple(speaker.actor(key) for key in procedure.actors),
        figures=tuple(speaker.figure(number) for number in procedure.numbers.values()),
        documents=tuple(speaker.say(one.title) for one in procedure.documents.values()),
        rubrics=_rubrics(speaker),
        eligibility=tuple(_rule(speaker, rule) for rule in procedure.eligibility),
        tracks=tuple(_track(speaker, track) for track in procedure.tracks.values()),
        sha256=procedure.sha256,
    )


def as_text(procedure: Procedure, library: Library, language: str) -> str:
    """Return the procedure as plain text for the console, every line with its article."""
    return write(explain(procedure, library, language), language)


def _act(speaker: _Speaker, key: str) -> ActLine:
    act = speaker.library.acts.get(key)
    title = speaker.library.say_act(key, speaker.language)
    return ActLine(key, title, act.link if act else "", bool(act and act.status == "repealed"))


def _rubrics(speaker: _Speaker) -> tuple[RubricText, ...]:
    return tuple(
        RubricText(
            name=rubric.name,
            title=speaker.say(rubric.title) or rubric.name,
            criteria=tuple(
                CriterionText(speaker.say(one.title), speaker.figure(one.weight))
                for one in rubric.criteria
            ),
            scale=speaker.figure(rubric.scale),
        )
        for rubric in speaker.procedure.rubrics.values()
    )


def _rule(speaker: _Speaker, rule: EligibilityRule) -> RuleText:
    return RuleText(
        key=rule.key,
        title=speaker.say(rule.title),
        cite=speaker.cite(rule.cite),
        status=rule.status,
        status_said=speaker.say(STATUS_WORDINGS[rule.status]),
        in_force_from=rule.in_force_from,
        in_force_to=rule.in_force_to,
    )


def _track(speaker: _Speaker, track: Track) -> TrackText:
    stages = tuple(_stage(speaker, track, stage) for stage in track.stages.values())
    return TrackText(track.name, speaker.say(track.title) or track.name, stages)


def _stage(speaker: _Speaker, track: Track, stage: Stage) -> StageText:
    rubric = stage.rubric
    return StageText(
        name=stage.name,
        title=speaker.say(stage.title) or stage.name,
        note=speaker.say(stage.note),
        documents=tuple(speaker.say(one.title) for one in stage.documents),
        clock=_clock(speaker, stage, stage.clock) if stage.clock else None,
        rubric=(speaker.say(rubric.title) or rubric.name) if rubric else "",
        moves=tuple(_move(speaker, track, move) for move in stage.moves.values()),
        is_final=stage.is_final,
        is_first=stage.name == track.starts,
    )


def _clock(speaker: _Speaker, stage: Stage, clock: Clock) -> ClockText:
    move = stage.moves.get(clock.then_move)
    moments = speaker.library.wordings.moments
    until = clock.until or ""
    return ClockText(
        move=(speaker.say(move.title) if move else "") or clock.then_move,
        lasts=speaker.figure(clock.lasts) if clock.lasts else None,
        until=speaker.say(moments.get(until)) or until,
        cite=speaker.cite(clock.cite),
    )


def _move(speaker: _Speaker, track: Track, move: Move) -> MoveText:
    wordings = speaker.library.wordings
    target = track.stages.get(move.to)
    return MoveText(
        name=move.name,
        title=speaker.say(move.title) or move.name,
        by=tuple(speaker.actor(key) for key in move.by),
        to=move.to,
        to_title=(speaker.say(target.title) if target else "") or move.to,
        conditions=tuple(speaker.clause(one, wordings.conditions) for one in move.when),
        effects=tuple(
            speaker.clause(one, wordings.effects)
            for one in move.then
            if one.name in wordings.effects
        ),
        asks=tuple(speaker.say(one.title) for one in move.asks),
        cite=speaker.cite(move.cite),
        is_clock=CLOCK in move.by,
    )
