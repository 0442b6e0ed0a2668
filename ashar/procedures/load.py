"""One law file becomes one frozen Procedure, or a `BadFile` that says what to write instead."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from ashar.kernel.text import LANGUAGES
from ashar.procedures.model import (
    QUESTION_KINDS,
    STATUSES,
    Actor,
    Argument,
    Citation,
    Clause,
    Clock,
    Criterion,
    DocumentKind,
    EligibilityRule,
    Move,
    Number,
    Procedure,
    Question,
    QuestionKind,
    Rubric,
    Stage,
    Status,
    Track,
)
from ashar.procedures.reading import Node, read_document
from ashar.procedures.values import (
    HOW_TO_WRITE,
    HOW_TO_WRITE_KIND,
    KINDS,
    Kind,
    Value,
    kind_of,
    parse_value,
    suits,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_CITATION = re.compile(r"(?P<short>[a-z][a-z0-9_\-]*)(?P<article>( (art\.|part|item) \d[\w.\-]*)*)")
_HELP = tuple(f"help_{language}" for language in LANGUAGES)
# What these statuses say of a value: only these may have one in a procedure file.
_WITH_VALUE = ("verified", "reported")
_WITHOUT_VALUE = ("unknown", "memory", "local", "donor")


@dataclass
class _Scope:
    """What has been named so far in the file, for later parts to refer to."""

    law: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, Number] = field(default_factory=dict)
    documents: dict[str, DocumentKind] = field(default_factory=dict)
    asks: dict[str, Question] = field(default_factory=dict)
    rubrics: dict[str, Rubric] = field(default_factory=dict)

    def number(self, node: Node) -> Number:
        return self.numbers[_declared(node, self.numbers, "number", "numbers")]

    def document(self, node: Node) -> DocumentKind:
        return self.documents[_declared(node, self.documents, "document", "documents")]

    def question(self, node: Node) -> Question:
        return self.asks[_declared(node, self.asks, "question", "asks")]

    def cite(self, found: Mapping[str, Node]) -> Citation | None:
        return self.citation(found["cite"]) if "cite" in found else None

    def citation(self, node: Node) -> Citation:
        text = node.word()
        match = _CITATION.fullmatch(text)
        if match is None:
            remedy = 'Write "short-name art. 5", or "short-name item 12", or the short name alone.'
            raise node.fail(f'"{text}" is not a citation', remedy)
        short = match["short"]
        if short not in self.law:
            remedy = f"Known short names: {', '.join(self.law)}. Add yours under law: at the top."
            raise node.fail(f'no act here is called "{short}"', remedy)
        return Citation(self.law[short], match["article"].strip())


def _declared(node: Node, known: Mapping[str, object], noun: str, section: str) -> str:
    word = node.word()
    if word not in known:
        remedy = f'Declare "{word}" under {section}:, or use one of: {", ".join(known) or "none"}.'
        raise node.fail(f'no {noun} is called "{word}"', remedy)
    return word


def load(path: Path, shown: str = "") -> Procedure:
    """Read one edition of one procedure; raise `BadFile`. `shown` is the path in messages."""
    root = read_document(path, shown)
    found = root.fields(
        ("procedure", "edition", "title", "law", "actors", "tracks"),
        ("numbers", "documents", "asks", "rubrics", "eligibility"),
    )
    scope = _Scope(law={key: node.key() for key, node in found["law"].named()})
    scope.numbers = {key: _number(key, node, scope) for key, node in _named(found, "numbers")}
    scope.documents = {key: _document(key, node) for key, node in _named(found, "documents")}
    scope.asks = {key: _question(key, node) for key, node in _named(found, "asks")}
    scope.rubrics = {key: _rubric(key, node, scope) for key, node in _named(found, "rubrics")}
    return Procedure(
        key=found["procedure"].name(),
        edition=found["edition"].day(),
        title=found["title"].wording(),
        law=scope.law,
        actors={key: _actor(key, node) for key, node in found["actors"].named()},
        numbers=scope.numbers,
        documents=scope.documents,
        asks=scope.asks,
        rubrics=scope.rubrics,
        eligibility=tuple(_rule(key, node, scope) for key, node in _named(found, "eligibility")),
        tracks={key: _track(key, node, scope) for key, node in found["tracks"].named()},
        sha256=root.source.sha256,
        path=root.source.path,
        marks=root.source.marks,
        gaps=tuple(root.source.gaps),
    )


def _named(found: Mapping[str, Node], section: str) -> list[tuple[str, Node]]:
    return list(found[section].named()) if section in found else []


def _actor(key: str, node: Node) -> Actor:
    found = node.fields((), (*LANGUAGES, "mandate"))
    mandates = found["mandate"].one_or_more() if "mandate" in found else []
    return Actor(key, node.words(found), tuple(one.name() for one in mandates))


def _document(key: str, node: Node) -> DocumentKind:
    return DocumentKind(key, node.wording())


def _question(key: str, node: Node) -> Question:
    found = node.fields(("kind",), (*LANGUAGES, *_HELP))
    kind = cast("QuestionKind", found["kind"].one_of(QUESTION_KINDS))
    helped = any(word in found for word in _HELP)
    help_words = node.words(found, "help_") if helped else None
    return Question(key, kind, node.words(found), help_words)


def _number(key: str, node: Node, scope: _Scope) -> Number:
    found = node.fields(("value", "status"), ("title", "kind", "cite", "may_vary", "informs"))
    kind = cast("Kind", found["kind"].one_of(KINDS)) if "kind" in found else None
    value = read_value(found["value"], kind)
    return Number(
        name=key,
        title=node.wording_in(found),
        value=value,
        status=_status(found["status"], value, has_cite="cite" in found),
        cite=scope.cite(found),
        may_vary=found["may_vary"].yes_no() if "may_vary" in found else False,
        kind=kind or kind_of(value),
        informs=found["informs"].yes_no() if "informs" in found else False,
    )


def read_value(node: Node, kind: Kind | None) -> Value:
    """Read a figure's value; say how to write one if it cannot be read."""
    text = node.word()
    remedy = f"Write {HOW_TO_WRITE_KIND[kind] if kind else HOW_TO_WRITE}."
    try:
        value = parse_value(text)
    except ValueError as fault:
        raise node.fail(f'"{text}" is not a value', remedy) from fault
    if not suits(value, kind):
        raise node.fail(f'"{text}" is a {kind_of(value)}, but the figure is a {kind}', remedy)
    return value


def _status(node: Node, value: Value, *, has_cite: bool) -> Status:
    """Read a status that agrees with the value: what is only remembered is never obeyed."""
    status = node.one_of(STATUSES)
    if status == "assumed":
        remedy = "Write unknown here, and put the assumed figure into a demonstration profile."
        raise node.fail("a law file assumes nothing", remedy)
    if value is None and status not in _WITHOUT_VALUE:
        remedy = f"Write the value, or one of: {', '.join(_WITHOUT_VALUE)}."
        raise node.fail(f'the value is unknown but the status is "{status}"', remedy)
    if value is not None and status not in _WITH_VALUE:
        remedy = (
            "Write value: unknown until somebody reads the figure in the act; then status:"
            " verified (read in the act) or reported (read about it), with cite."
        )
        raise node.fail(f'a figure whose status is "{status}" has no value that binds', remedy)
    if value is not None and not has_cite:
        remedy = 'Add cite: "short-name art. N", or write value: unknown.'
        raise node.fail("a figure with a value must say where it stands in the law", remedy)
    return cast("Status", status)


def _rubric(key: str, node: Node, scope: _Scope) -> Rubric:
    found = node.fields(("criteria", "scale"), ("title",))
    criteria = tuple(_criterion(name, one, scope) for name, one in found["criteria"].named())
    title = found["title"].wording() if "title" in found else None
    return Rubric(key, criteria, scope.number(found["scale"]), title)


def _criterion(key: str, node: Node, scope: _Scope) -> Criterion:
    found = node.fields(("title", "weight"))
    return Criterion(key, found["title"].wording(), scope.number(found["weight"]))


def _rule(key: str, node: Node, scope: _Scope) -> EligibilityRule:
    found = node.fields((), (*LANGUAGES, "cite", "in_force_from", "in_force_to", "status", "check"))
    status = found["status"].one_of(STATUSES) if "status" in found else "unknown"
    return EligibilityRule(
        key=key,
        title=node.words(found),
        cite=scope.cite(found),
        in_force_from=found["in_force_from"].day() if "in_force_from" in found else None,
        in_force_to=found["in_force_to"].day() if "in_force_to" in found else None,
        status=cast("Status", status),
        check=found["check"].name() if "check" in found else None,
    )


def _track(key: str, node: Node, scope: _Scope) -> Track:
    found = node.fields(("subject", "starts", "stages"), ("title",))
    return Track(
        name=key,
        subject=found["subject"].word(),
        starts=found["starts"].name(),
        stages={name: _stage(name, one, scope) for name, one in found["stages"].named()},
        title=node.wording_in(found),
    )


def _stage(key: str, node: Node, scope: _Scope) -> Stage:
    found = node.fields((), ("title", "note", "documents", "rubric", "clock", "moves"))
    documents = found["documents"].items() if "documents" in found else []
    rubric = None
    if "rubric" in found:
        rubric = scope.rubrics[_declared(found["rubric"], scope.rubrics, "rubric", "rubrics")]
    return Stage(
        name=key,
        title=node.wording_in(found),
        documents=tuple(scope.document(one) for one in documents),
        clock=_clock(found["clock"], scope) if "clock" in found else None,
        rubric=rubric,
        moves={name: _move(name, one, scope) for name, one in _named(found, "moves")},
        note=found["note"].wording() if "note" in found else None,
    )


def _clock(node: Node, scope: _Scope) -> Clock:
    found = node.fields(("then_move",), ("lasts", "until", "cite"))
    if ("lasts" in found) == ("until" in found):
        remedy = "Write lasts: (a number) or until: (a moment announced in the case), one of them."
        raise node.fail("a clock runs for a term or until a moment", remedy)
    return Clock(
        then_move=found["then_move"].name(),
        lasts=scope.number(found["lasts"]) if "lasts" in found else None,
        until=found["until"].name() if "until" in found else None,
        cite=scope.cite(found),
    )


def _move(key: str, node: Node, scope: _Scope) -> Move:
    found = node.fields(("by", "to"), ("title", "cite", "when", "then", "asks"))
    asks = found["asks"].items() if "asks" in found else []
    return Move(
        name=key,
        title=node.wording_in(found),
        by=tuple(one.name() for one in found["by"].one_or_more()),
        to=found["to"].name(),
        cite=scope.cite(found),
        when=_clauses(found, "when", scope),
        then=_clauses(found, "then", scope),
        asks=tuple(scope.question(one) for one in asks),
    )


def _clauses(found: Mapping[str, Node], key: str, scope: _Scope) -> tuple[Clause, ...]:
    if key not in found:
        return ()
    return tuple(_clause(node, scope) for node in found[key].items())


def _clause(node: Node, scope: _Scope) -> Clause:
    """Read "name" or "name: argument"; nothing is ever computed from the text."""
    if not node.is_map:
        return Clause(node.name())
    entries = list(node.named())
    if len(entries) != 1:
        raise node.fail("one condition has one name", "Put each on a line of its own, with -.")
    ((name, argument),) = entries
    return Clause(name, _argument(argument, scope))


def _argument(node: Node, scope: _Scope) -> Argument:
    if node.is_list:
        return tuple(scope.document(one) for one in node.items())
    word = node.word()
    return scope.numbers.get(word, word)
