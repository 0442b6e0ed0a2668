"""Read a YAML file strictly: every scalar is a word, every fault names its line and remedy."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import yaml

from ashar.kernel.text import LANGUAGES, Wording

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

_NAME = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_KEY = re.compile(r"[a-z][a-z0-9_\-]*", re.ASCII)


class BadFile(ValueError):
    """A law file cannot be obeyed: the path, the line, the place, what is wrong, what to write."""

    def __init__(self, path: str, line: int, place: str, says: str, remedy: str) -> None:
        """Say where, what and what instead."""
        where = f"{path}, line {line}" + (f", at {place}" if place else "")
        super().__init__(f"{where}: {says}. {remedy}")
        self.path, self.line, self.place = path, line, place
        self.says, self.remedy = says, remedy


@dataclass
class Source:
    """A file being read: where its places stand, and which wordings it lacks."""

    path: str
    sha256: str = ""
    marks: dict[str, int] = field(default_factory=dict)
    gaps: list[tuple[str, str]] = field(default_factory=list)


class _StrictLoader(yaml.BaseLoader):
    """YAML without types (yes, no, on, off and dates are words) and without anchors."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            event = self.peek_event()  # type: ignore[no-untyped-call]  # PyYAML has no types
            message = "an alias (*name) repeats a part of the file"
            raise yaml.composer.ComposerError(None, None, message, event.start_mark)
        return super().compose_node(parent, index)


def read_documents(path: Path, shown: str = "") -> list[Node]:
    """Read every document of a file; raise `BadFile` if it is not plain, strict YAML."""
    content = path.read_bytes()
    source = Source(shown or str(path), hashlib.sha256(content).hexdigest())
    try:
        roots = list(yaml.compose_all(content.decode("utf-8"), Loader=_StrictLoader))
    except (UnicodeDecodeError, RecursionError, yaml.YAMLError) as fault:
        raise _unreadable(source.path, content, fault) from fault
    return [Node(source, "", root) for root in roots if root is not None]


def _unreadable(path: str, content: bytes, fault: Exception) -> BadFile:
    """Say where and why a file is not plain YAML."""
    if isinstance(fault, UnicodeDecodeError):
        line = content[: fault.start].count(b"\n") + 1
        return BadFile(path, line, "", "this is not UTF-8 text", "Save the file as UTF-8.")
    if isinstance(fault, yaml.reader.ReaderError):
        line = content.decode("utf-8")[: fault.position].count("\n") + 1
        return BadFile(path, line, "", "a sign that cannot be printed", "Remove it.")
    line, says = 1, "it is nested too deeply"
    if isinstance(fault, yaml.MarkedYAMLError):
        mark = fault.problem_mark or fault.context_mark
        line, says = (mark.line + 1 if mark else 1), str(fault.problem or fault.context)
    remedy = 'Indent with two spaces, write "key: value", and put texts with ":" in quotes.'
    return BadFile(path, line, "", f"this is not plain YAML: {says}", remedy)


def read_document(path: Path, shown: str = "") -> Node:
    """Read a file that must hold exactly one document."""
    documents = read_documents(path, shown)
    if len(documents) != 1:
        says = f"the file holds {len(documents)} documents"
        raise BadFile(shown or str(path), 1, "", says, "Write one document, without --- lines.")
    return documents[0]


class Node:
    """A part of a file, at a place like tracks.call.stages.open."""

    def __init__(self, source: Source, place: str, node: Any) -> None:
        """Note the line on which the part stands."""
        self.source, self.place, self._node = source, place, node
        self.line: int = node.start_mark.line + 1
        source.marks[place] = self.line

    def fail(self, says: str, remedy: str) -> BadFile:
        """Return the error to raise about this part."""
        return BadFile(self.source.path, self.line, self.place, says, remedy)

    @property
    def is_word(self) -> bool:
        """Say that something is written here, and that it is neither a list nor a map."""
        return isinstance(self._node, yaml.ScalarNode)

    @property
    def is_list(self) -> bool:
        """Say that this is a list."""
        return isinstance(self._node, yaml.SequenceNode)

    @property
    def is_map(self) -> bool:
        """Say that this is a map of keys and values."""
        return isinstance(self._node, yaml.MappingNode)

    def word(self) -> str:
        """Return the text written here."""
        if not self.is_word:
            raise self.fail("a word is expected here", "Write one word or text, not a list or map.")
        text = str(self._node.value).strip()
        if not text:
            raise self.fail("nothing is written here", "Write a value, or remove the key.")
        return text

    def name(self) -> str:
        """Return a name: small Latin letters, digits and underscores."""
        return self._shaped(_NAME, "small Latin letters, digits and _, beginning with a letter")

    def key(self) -> str:
        """Return a key: a name that may have hyphens."""
        return self._shaped(_KEY, "small Latin letters, digits, - and _, beginning with a letter")

    def _shaped(self, shape: re.Pattern[str], needs: str) -> str:
        text = self.word()
        if not shape.fullmatch(text):
            raise self.fail(f'"{text}" cannot be a name', f"Write {needs}.")
        return text

    def one_of(self, allowed: Collection[str]) -> str:
        """Return one of the allowed words."""
        text = self.word()
        if text not in allowed:
            raise self.fail(f'"{text}" is not known here', instead(text, allowed))
        return text

    def yes_no(self) -> bool:
        """Return whether yes is written."""
        return self.one_of(("yes", "no")) == "yes"

    def day(self) -> date:
        """Return a date written as 2022-11-25."""
        text = self.word()
        try:
            return date.fromisoformat(text)
        except ValueError as fault:
            raise self.fail(
                f'"{text}" is not a date', "Write year-month-day: 2022-11-25."
            ) from fault

    def items(self) -> list[Node]:
        """Return the parts of a list."""
        if not self.is_list:
            raise self.fail("a list is expected here", "Write [first, second], or lines with -.")
        return [
            Node(self.source, f"{self.place}[{position}]", node)
            for position, node in enumerate(self._node.value, 1)
        ]

    def one_or_more(self) -> list[Node]:
        """Return the parts of a list, or the one thing written instead of a list."""
        return self.items() if self.is_list else [self]

    def entries(self) -> Iterator[tuple[str, Node]]:
        """Yield the keys of a map and their values; a key written twice is refused."""
        if not self.is_map:
            raise self.fail("a map is expected here", 'Write lines of the form "key: value".')
        seen: dict[str, int] = {}
        for key_node, value_node in self._node.value:
            line = key_node.start_mark.line + 1
            key = Node(self.source, self._under("(key)"), key_node).word()
            place = self._under(key)
            if key in seen:
                says = f'"{key}" is already written on line {seen[key]}'
                raise BadFile(self.source.path, line, place, says, "Keep one of them.")
            seen[key] = line
            value = Node(self.source, place, value_node)
            # People look for the key; a block under it begins a line later.
            self.source.marks[place] = value.line = line
            yield key, value

    def named(self) -> Iterator[tuple[str, Node]]:
        """Yield the entries of a map whose keys are names chosen by the author."""
        for key, value in self.entries():
            if not _KEY.fullmatch(key):
                says = f'"{key}" cannot be a name'
                remedy = "Write small Latin letters, digits and _, beginning with a letter."
                raise value.fail(says, remedy)
            yield key, value

    def fields(self, required: Collection[str], optional: Collection[str] = ()) -> dict[str, Node]:
        """Return the entries of a map of known keys; unknown and missing keys are refused."""
        allowed = (*required, *optional)
        found: dict[str, Node] = {}
        for key, value in self.entries():
            if key not in allowed:
                raise value.fail(f'"{key}" is not known here', instead(key, allowed))
            found[key] = value
        for key in required:
            if key not in found:
                raise self.fail(f'"{key}" is missing', f'Add a line "{key}: ...".')
        return found

    def wording(self) -> Wording:
        """Return words in ky, ru and perhaps en; what is missing is noted for the check."""
        return self.words(self.fields((), LANGUAGES))

    def words(self, found: dict[str, Node], prefix: str = "") -> Wording:
        """Make a wording of the keys ky, ru, en (or help_ky ...) among these entries."""
        texts = {
            language: found[prefix + language].word() if prefix + language in found else ""
            for language in LANGUAGES
        }
        self.note_gaps(texts)
        return Wording(**texts)

    def note_gaps(self, texts: dict[str, str]) -> None:
        """Note, for the check, that Kyrgyz or Russian words are missing here."""
        gaps = [(self.place, language) for language in ("ky", "ru") if not texts.get(language)]
        self.source.gaps.extend(gaps)

    def wording_in(self, found: dict[str, Node], key: str = "title") -> Wording:
        """Return the wording under a key of this map; note if there is none."""
        if key in found:
            return found[key].wording()
        self.note_gaps({})
        return Wording("", "")

    def _under(self, key: str) -> str:
        return f"{self.place}.{key}" if self.place else key


def instead(word: str, allowed: Collection[str]) -> str:
    """Propose the nearest allowed word, and list them all."""
    near = get_close_matches(word, allowed, 1)
    guess = f'Did you mean "{near[0]}"? ' if near else ""
    return f"{guess}Known here: {', '.join(allowed)}."
