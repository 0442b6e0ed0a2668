"""A track as a diagram: Mermaid text, and an SVG that needs no script and fits a phone."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from ashar.kernel.text import Wording
from ashar.procedures.explain import IMPLICIT_WORDINGS
from ashar.procedures.model import CLOCK

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ashar.procedures.model import Move, Procedure, Stage, Track

WIDTH = 360
_LEFT, _RIGHT, _GAP = 6, 290, 16  # edges of the boxes; below each box, room to breathe
_LINE, _PAD = 17, 8
_TITLE_SIGNS, _MOVE_SIGNS = 34, 38
_SUMMARY = Wording(
    "Баскычтар жогорудан ылдый; жебелер кайсы баскычка өтөрүн көрсөтөт.",
    "Этапы сверху вниз; стрелки показывают, на какой этап ведёт действие.",
    "Stages from top to bottom; arrows show which stage a move leads to.",
)


def mermaid(procedure: Procedure, track: Track, language: str) -> str:
    """Return the track as a Mermaid state diagram."""
    names = {key: stage.title.say(language) or key for key, stage in track.stages.items()}
    states = (f'    state "{_quoted(name)}" as {key}' for key, name in names.items())
    lines = ["stateDiagram-v2", *states]
    lines.append(f"    [*] --> {track.starts}")
    for stage in track.stages.values():
        for move in stage.moves.values():
            label = _quoted(f"{_title(move, language)} ({_who(procedure, move, language)})")
            lines.append(f"    {stage.name} --> {move.to}: {label}")
        if stage.is_final:
            lines.append(f"    {stage.name} --> [*]")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """Keep Mermaid's own signs out of its labels."""
    return text.replace('"', "'").replace(":", " –").replace(";", ",").replace("\n", " ")


def _title(move: Move, language: str) -> str:
    return move.title.say(language) or move.name


def _who(procedure: Procedure, move: Move, language: str) -> str:
    names = []
    for key in move.by:
        actor = procedure.actors.get(key)
        title = actor.title if actor else IMPLICIT_WORDINGS.get(key)
        names.append((title.say(language) if title else "") or key)
    return ", ".join(names)


@dataclass
class _Box:
    """A stage as drawn: its lines of text, and where its moves start."""

    stage: Stage
    title: list[str]
    moves: list[tuple[Move, list[str]]]
    top: int = 0

    @property
    def height(self) -> int:
        lines = len(self.title) + sum(len(text) for _, text in self.moves)
        return 2 * _PAD + lines * _LINE + (_PAD if self.moves else 0)

    @property
    def entry(self) -> int:
        """Return the height at which arrows arrive: beside the title."""
        return self.top + _PAD + _LINE // 2

    def exits(self) -> list[tuple[Move, int]]:
        """Return the height at which each move leaves: beside its first line."""
        line = self.top + 2 * _PAD + len(self.title) * _LINE + _LINE // 2
        found = []
        for move, text in self.moves:
            found.append((move, line))
            line += len(text) * _LINE
        return found


@dataclass(frozen=True)
class _Arrow:
    """A move as drawn: out of a box, along a rail on the right, into a box."""

    start: int
    end: int
    is_clock: bool

    @property
    def span(self) -> tuple[int, int]:
        return min(self.start, self.end), max(self.start, self.end)


def svg(procedure: Procedure, track: Track, language: str, current: str = "") -> str:
    """Return the track as an SVG picture, 360 wide; `current` is the stage to be marked."""
    boxes = _boxes(procedure, track, language)
    arrows = [
        _Arrow(height, boxes[move.to].entry, CLOCK in move.by)
        for box in boxes.values()
        for move, height in box.exits()
        if move.to in boxes
    ]
    bottom = max((box.top + box.height for box in boxes.values()), default=0) + _PAD
    title = escape(track.title.say(language) or track.name)
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {bottom}" role="img"'
            f' class="procedure-diagram" width="{WIDTH}" height="{bottom}" fill="none"'
            f' stroke="currentColor" font-family="sans-serif" font-size="13">'
        ),
        f"<title>{title}</title><desc>{escape(_summary(boxes, language))}</desc>",
        *(_draw_box(box, is_current=name == current) for name, box in boxes.items()),
        *_draw_arrows(arrows),
        "</svg>",
    ]
    return "\n".join(parts)


def _summary(boxes: dict[str, _Box], language: str) -> str:
    """Say in words what the picture shows, for those who do not see it."""
    said = [_SUMMARY.say(language)]
    for box in boxes.values():
        here = box.stage.title.say(language) or box.stage.name
        for move, _ in box.moves:
            target = boxes.get(move.to)
            there = target.stage.title.say(language) if target else move.to
            said.append(f"{here} – {_title(move, language)} – {there}.")
    return " ".join(said)


def _boxes(procedure: Procedure, track: Track, language: str) -> dict[str, _Box]:
    """Lay the stages out in one column, in the order in which they are reached."""
    boxes: dict[str, _Box] = {}
    top = _PAD
    for name in _order(track):
        stage = track.stages[name]
        moves = [
            (
                move,
                textwrap.wrap(
                    f"→ {_title(move, language)} – {_who(procedure, move, language)}", _MOVE_SIGNS
                ),
            )
            for move in stage.moves.values()
        ]
        title = textwrap.wrap(stage.title.say(language) or name, _TITLE_SIGNS)
        boxes[name] = _Box(stage, title, moves, top)
        top += boxes[name].height + _GAP
    return boxes


def _order(track: Track) -> list[str]:
    """Return the stages as reached from the first one, the unreached last; final ones after."""
    reached = [track.starts] if track.starts in track.stages else []
    for name in reached:
        targets = (move.to for move in track.stages[name].moves.values())
        reached += [
            one for one in dict.fromkeys(targets) if one in track.stages and one not in reached
        ]
    names = list(dict.fromkeys((*reached, *track.stages)))
    return sorted(names, key=lambda name: track.stages[name].is_final)


def _draw_box(box: _Box, *, is_current: bool) -> str:
    weight = 3 if is_current else 1
    rounding = 16 if box.stage.is_final else 4
    parts = [
        (
            f'<rect x="{_LEFT}" y="{box.top}" width="{_RIGHT - _LEFT}" height="{box.height}"'
            f' rx="{rounding}" stroke-width="{weight}"/>'
        )
    ]
    height = box.top + _PAD + 13
    for line in box.title:
        parts.append(_text(line, height, 'font-weight="bold"'))
        height += _LINE
    height += _PAD
    for _, text in box.moves:
        for line in text:
            parts.append(_text(line, height, 'font-size="12"'))
            height += _LINE
    return "\n".join(parts)


def _text(line: str, height: int, look: str) -> str:
    return (
        f'<text x="{_LEFT + _PAD}" y="{height}" fill="currentColor" stroke="none" {look}>'
        f"{escape(line)}</text>"
    )


def _draw_arrows(arrows: list[_Arrow]) -> list[str]:
    """Give each arrow a rail to the right of the boxes; arrows that do not meet share one."""
    rails = _rails(arrows)
    step = (WIDTH - _RIGHT - 2 * _PAD) / max((*rails, 1))
    drawn = []
    for arrow, rail in zip(arrows, rails, strict=True):
        x = round(_RIGHT + _PAD + step * rail, 1)
        dash = ' stroke-dasharray="4 3"' if arrow.is_clock else ""
        drawn.append(
            f'<path d="M{_RIGHT} {arrow.start} H{x} V{arrow.end} H{_RIGHT + 6}"{dash}/>'
            f'<path d="M{_RIGHT + 1} {arrow.end} l7 -4 v8 z" fill="currentColor" stroke="none"/>'
        )
    return drawn


def _rails(arrows: Iterable[_Arrow]) -> list[int]:
    """Number rails from 1, the short arrows nearest to the boxes."""
    kept = list(arrows)
    taken: list[list[tuple[int, int]]] = []
    rails = [0] * len(kept)
    for position in sorted(range(len(kept)), key=lambda i: kept[i].span[1] - kept[i].span[0]):
        low, high = kept[position].span
        for rail, spans in enumerate(taken):
            if all(high < other_low or low > other_high for other_low, other_high in spans):
                spans.append((low, high))
                rails[position] = rail + 1
                break
        else:
            taken.append([(low, high)])
            rails[position] = len(taken)
    return rails
