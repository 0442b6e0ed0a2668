"""Is a law file sound? Every problem names its file, line, place and remedy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ashar.procedures.arguments import objection
from ashar.procedures.model import (
    CLOCK,
    IMPLICIT_ACTORS,
    MANDATE_ROLES,
    Citation,
    Clause,
    Move,
    Number,
    Procedure,
    Stage,
    Track,
)
from ashar.procedures.reading import BadFile, instead
from ashar.procedures.registry import STANDING_FACTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from ashar.procedures.library import Library
    from ashar.procedures.registry import Registry


@dataclass(frozen=True)
class Problem:
    """A fault of a law file: where, what, and what to do."""

    path: str
    line: int
    place: str
    says: str
    remedy: str

    def __str__(self) -> str:
        """Write on one line."""
        where = f"{self.path}, line {self.line}" + (f", at {self.place}" if self.place else "")
        return f"{where}: {self.says}. {self.remedy}"


@dataclass(frozen=True)
class _File:
    """A procedure under check, with the names it may use."""

    procedure: Procedure
    registry: Registry
    library: Library

    def problem(self, place: str, says: str, remedy: str) -> Problem:
        line, shorter = 0, place
        while not line:
            line = self.procedure.marks.get(shorter, 0 if "." in shorter else 1)
            shorter = shorter.rpartition(".")[0]
        return Problem(self.procedure.path, line, place, says, remedy)

    def tracks(self) -> Iterator[tuple[str, Track]]:
        for name, track in self.procedure.tracks.items():
            yield f"tracks.{name}", track

    def stages(self) -> Iterator[tuple[str, Stage]]:
        for place, track in self.tracks():
            for name, stage in track.stages.items():
                yield f"{place}.stages.{name}", stage

    def moves(self) -> Iterator[tuple[str, Move]]:
        for place, stage in self.stages():
            for name, move in stage.moves.items():
                yield f"{place}.moves.{name}", move


def problems(procedure: Procedure, registry: Registry, library: Library) -> list[Problem]:
    """Return everything unsound about a procedure, in the order of its file."""
    file = _File(procedure, registry, library)
    checks = (
        _wordings,
        _acts,
        _actors,
        _reach,
        _targets,
        _clocks,
        _names,
        _arguments,
        _eligible,
        _unused,
    )
    found = [problem for check in checks for problem in check(file)]
    return sorted(found, key=lambda problem: (problem.line, problem.place, problem.says))


def file_problems(path: Path, registry: Registry, library: Library) -> list[Problem]:
    """Return everything unsound about a file, even one that cannot be read."""
    try:
        return problems(library.load(path), registry, library)
    except BadFile as bad:
        return [Problem(bad.path, bad.line, bad.place, bad.says, bad.remedy)]


def library_problems(library: Library, registry: Registry) -> list[Problem]:
    """Return everything unsound about all law files, except the lock (see `lock_check`)."""
    found = [
        problem for path in library.paths() for problem in file_problems(path, registry, library)
    ]
    try:
        found += _profile_problems(library)
        _ = (library.acts, library.calendar_text, library.refusals, library.wordings)
        _ = library.standards
        for path in sorted((library.root / "vocabularies").glob("*.yaml")):
            library.vocabulary(path.stem)
    except BadFile as bad:
        found.append(Problem(bad.path, bad.line, bad.place, bad.says, bad.remedy))
    except ValueError as bad:
        found.append(Problem("law/profiles", 1, "", str(bad), "Keep one of them."))
    return list(dict.fromkeys(found))  # a file that cannot be read is met by its profiles too


def _profile_problems(library: Library) -> Iterator[Problem]:
    for profile in library.profiles.values():
        for target, figures in profile.parts.items():
            key, _, edition = target.partition("@")
            editions = [day.isoformat() for day in library.editions(key)]
            if not editions or (edition and edition not in editions):
                says = f"there is no procedure {target}"
                remedy = f"Known: {', '.join(library.keys())}."
                yield Problem(profile.path, profile.marks.get("for", 1), "for", says, remedy)
                continue
            procedure = library.procedure(key, edition or editions[-1])
            for name, figure in figures.items():
                if says := procedure.objection(figure):
                    place = f"set.{name}" if f"set.{name}" in profile.marks else f"for.{key}.{name}"
                    line = profile.marks.get(place, 1)
                    yield Problem(profile.path, line, place, says, "Remove or correct the figure.")


def _wordings(file: _File) -> Iterator[Problem]:
    for place, language in file.procedure.gaps:
        yield file.problem(place, f"the words in {language} are missing", f"Write {language}: ...")


def _acts(file: _File) -> Iterator[Problem]:
    cited = {cite.act for _, cite in _citations(file)}
    for short, key in file.procedure.law.items():
        place = f"law.{short}"
        if key not in file.library.acts:
            remedy = "Add it to law/acts.yaml, or correct the key."
            yield file.problem(place, f'no act of the register has the key "{key}"', remedy)
        elif key not in cited:
            yield file.problem(place, "nothing in the file cites this act", "Cite it or remove it.")


def _citations(file: _File) -> Iterator[tuple[str, Citation]]:
    procedure = file.procedure
    cited: list[tuple[str, Citation | None]] = [
        *((f"numbers.{name}", number.cite) for name, number in procedure.numbers.items()),
        *((f"eligibility.{rule.key}", rule.cite) for rule in procedure.eligibility),
        *((place, move.cite) for place, move in file.moves()),
        *((place, stage.clock.cite) for place, stage in file.stages() if stage.clock),
    ]
    return ((place, cite) for place, cite in cited if cite)


def _actors(file: _File) -> Iterator[Problem]:
    known = {*file.procedure.actors, *IMPLICIT_ACTORS}
    for key, actor in file.procedure.actors.items():
        if key in IMPLICIT_ACTORS:
            says = f'"{key}" is known to every procedure'
            yield file.problem(f"actors.{key}", says, "Remove this line.")
        for role in actor.mandates:
            if role not in MANDATE_ROLES:
                says = f'no mandate has the role "{role}"'
                remedy = f"Known: {', '.join(MANDATE_ROLES)}."
                yield file.problem(f"actors.{key}", says, remedy)
    for place, move in file.moves():
        for actor_key in move.by:
            if actor_key not in known:
                remedy = f"Declare it under actors:. {instead(actor_key, sorted(known))}"
                yield file.problem(f"{place}.by", f'no actor is called "{actor_key}"', remedy)


def _reach(file: _File) -> Iterator[Problem]:
    for place, track in file.tracks():
        if track.starts not in track.stages:
            remedy = instead(track.starts, track.stages)
            says = f'no stage is called "{track.starts}"'
            yield file.problem(f"{place}.starts", says, remedy)
            continue
        reached = _spread(track, {track.starts})
        ending = _ending(track)
        for name in track.stages:
            if name not in reached:
                remedy = "Lead a move to it, or remove it."
                yield file.problem(f"{place}.stages.{name}", "this stage is never reached", remedy)
            if name not in ending:
                says = "no way leads from here to a final stage"
                remedy = "Add a move that leads on; a stage without moves is final."
                yield file.problem(f"{place}.stages.{name}", says, remedy)


def _spread(track: Track, reached: set[str]) -> set[str]:
    """Return all stages that moves lead to from these."""
    edge = reached & track.stages.keys()
    while edge:
        targets = {move.to for name in edge for move in track.stages[name].moves.values()}
        edge = (targets & track.stages.keys()) - reached
        reached = reached | edge
    return reached


def _ending(track: Track) -> set[str]:
    """Return the stages from which a final stage can be reached."""
    ending = {name for name, stage in track.stages.items() if stage.is_final}
    grown = True
    while grown:
        more = {
            name
            for name, stage in track.stages.items()
            if any(move.to in ending for move in stage.moves.values())
        }
        grown = not more <= ending
        ending |= more
    return ending


def _targets(file: _File) -> Iterator[Problem]:
    for place, track in file.tracks():
        for name, stage in track.stages.items():
            for move in stage.moves.values():
                if move.to not in track.stages:
                    where = f"{place}.stages.{name}.moves.{move.name}.to"
                    remedy = instead(move.to, track.stages)
                    yield file.problem(where, f'no stage is called "{move.to}"', remedy)


def _clocks(file: _File) -> Iterator[Problem]:
    for place, stage in file.stages():
        yield from _clock(file, f"{place}.clock", stage)


def _clock(file: _File, place: str, stage: Stage) -> Iterator[Problem]:
    clock = stage.clock
    if clock is None:
        return
    move = stage.moves.get(clock.then_move)
    if move is None:
        remedy = f"Known here: {', '.join(stage.moves) or 'none'}."
        yield file.problem(place, f'no move here is called "{clock.then_move}"', remedy)
    elif CLOCK not in move.by:
        says = f'the clock cannot make the move "{move.name}"'
        yield file.problem(place, says, "Write by: clock in that move.")
    if clock.until and clock.until not in file.registry.moments:
        says = f'no moment is called "{clock.until}"'
        yield file.problem(place, says, instead(clock.until, file.registry.moments))
    if clock.lasts and clock.lasts.kind not in {None, "term"}:
        says = f'the number "{clock.lasts.name}" is not a term'
        yield file.problem(place, says, "Give the number kind: term.")


def _names(file: _File) -> Iterator[Problem]:
    guards, effects = file.registry.guards, file.registry.effects
    for place, move in file.moves():
        for position, clause in enumerate(move.when, 1):
            yield from _guard(file, f"{place}.when[{position}]", clause.name)
        for position, clause in enumerate(move.then, 1):
            if clause.name not in effects:
                says = f'no effect is called "{clause.name}"'
                yield file.problem(
                    f"{place}.then[{position}]", says, instead(clause.name, sorted(effects))
                )
    gathered = STANDING_FACTS | file.registry.facts.keys()
    for name in sorted(_guard_names(file) & guards.keys()):
        for fact in guards[name].needs:
            if fact not in gathered:
                says = f'the condition "{name}" needs the fact "{fact}", which nobody gathers'
                yield file.problem("tracks", says, "Register the fact in the app that knows it.")


def _guard(file: _File, place: str, name: str) -> Iterator[Problem]:
    if name not in file.registry.guards:
        remedy = instead(name, sorted(file.registry.guards))
        yield file.problem(place, f'no condition is called "{name}"', remedy)
    elif name not in file.library.conditions:
        says = f'the condition "{name}" has no words'
        yield file.problem(place, says, "Add them to law/conditions.yaml, in ky and ru.")


def _arguments(file: _File) -> Iterator[Problem]:
    """Report what stands after a condition or consequence and would be passed over in silence."""
    for place, move in file.moves():
        for section, clauses in (("when", move.when), ("then", move.then)):
            for position, clause in enumerate(clauses, 1):
                takes = file.registry.takes.get(clause.name)
                fault = objection(takes, clause, file.procedure, move) if takes else None
                if fault:
                    yield file.problem(f"{place}.{section}[{position}]", *fault)


def _guard_names(file: _File) -> set[str]:
    return {clause.name for _, move in file.moves() for clause in move.when}


def _eligible(file: _File) -> Iterator[Problem]:
    for rule in file.procedure.eligibility:
        place = f"eligibility.{rule.key}"
        if rule.check and rule.check not in file.registry.checks:
            says = f'no automatic check is called "{rule.check}"'
            remedy = instead(rule.check, file.registry.checks) + " Without it a person decides."
            yield file.problem(place, says, remedy)
        begin, end = rule.in_force_from, rule.in_force_to
        if begin and end and end < begin:
            yield file.problem(place, "the rule ends before it begins", "Correct the dates.")


def _unused(file: _File) -> Iterator[Problem]:
    """Report what is declared and never used: usually a slip of the pen elsewhere."""
    procedure = file.procedure
    moves = [move for _, move in file.moves()]
    stages = [stage for _, stage in file.stages()]
    clauses = [clause for move in moves for clause in (*move.when, *move.then)]
    rubrics = {stage.rubric.name for stage in stages if stage.rubric}
    used: dict[str, tuple[Iterable[str], set[str]]] = {
        "actors": (procedure.actors, {key for move in moves for key in move.by} | _texts(clauses)),
        "numbers": (procedure.numbers, _numbers_used(procedure, stages, clauses)),
        "documents": (procedure.documents, _documents_used(stages, clauses)),
        "asks": (procedure.asks, {one.key for move in moves for one in move.asks}),
        "rubrics": (procedure.rubrics, rubrics),
    }
    for section, (declared, names) in used.items():
        for name in declared:
            if name not in names:
                place = f"{section}.{name}"
                remedy = "Use it or remove it."
                if section == "numbers":
                    remedy = "Name it in a condition or clock, or add informs: yes to only show it."
                yield file.problem(place, "this is declared and never used", remedy)


def _texts(clauses: list[Clause]) -> set[str]:
    return {clause.argument for clause in clauses if isinstance(clause.argument, str)}


def _numbers_used(procedure: Procedure, stages: list[Stage], clauses: list[Clause]) -> set[str]:
    numbers = [clause.argument for clause in clauses if isinstance(clause.argument, Number)]
    numbers += [stage.clock.lasts for stage in stages if stage.clock and stage.clock.lasts]
    for rubric in procedure.rubrics.values():
        numbers += [rubric.scale, *(criterion.weight for criterion in rubric.criteria)]
    shown = {name for name, number in procedure.numbers.items() if number.informs}
    return shown | {number.name for number in numbers}


def _documents_used(stages: list[Stage], clauses: list[Clause]) -> set[str]:
    listed = {document.key for stage in stages for document in stage.documents}
    for clause in clauses:
        if isinstance(clause.argument, tuple):
            listed |= {document.key for document in clause.argument}
    return listed | _texts(clauses)
