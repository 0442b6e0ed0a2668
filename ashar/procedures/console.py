"""A procedure as plain text, for the console."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ashar.kernel.text import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ashar.procedures.readable import FigureLine, MoveText, ProcedureText, StageText

_HEADINGS = {
    "edition": Wording("Редакция", "Редакция", "Edition"),
    "acts": Wording("Укуктук негизи", "Правовая основа", "Law"),
    "actors": Wording("Катышуучулар", "Участники", "Actors"),
    "figures": Wording("Сандар", "Показатели", "Figures"),
    "documents": Wording("Документтер", "Документы", "Documents"),
    "rubrics": Wording("Баалоо критерийлери", "Критерии оценки", "Criteria"),
    "eligibility": Wording("Ким катыша алат", "Кто может участвовать", "Who may take part"),
    "when": Wording("шарты", "условие", "condition"),
    "then": Wording("натыйжасы", "следствие", "effect"),
    "term": Wording("мөөнөтү", "срок", "term"),
    "final": Wording("акыркы баскыч", "завершающий этап", "final"),
    "repealed": Wording("күчүн жоготкон", "утратил силу", "repealed"),
    "highest": Wording("эң жогорку упай", "высший балл", "highest mark"),
}


def write(text: ProcedureText, language: str) -> str:
    """Return the whole procedure as plain text, every line with its article."""
    heading = {key: wording.say(language) for key, wording in _HEADINGS.items()}
    lines = [text.title, "=" * len(text.title), f"{heading['edition']}: {text.edition:%d.%m.%Y}"]
    for key, entries in _sections(text, heading):
        if entries:
            lines += ["", heading[key], "-" * len(heading[key]), *(f"  {one}" for one in entries)]
    for track in text.tracks:
        lines += ["", track.title, "-" * len(track.title)]
        for stage in track.stages:
            lines += _stage(stage, heading)
    return "\n".join(lines) + "\n"


def _sections(text: ProcedureText, heading: dict[str, str]) -> Iterator[tuple[str, list[str]]]:
    yield (
        "acts",
        [act.title + (f" [{heading['repealed']}]" if act.is_repealed else "") for act in text.acts],
    )
    yield "actors", list(text.actors)
    yield "figures", [_figure(figure) for figure in text.figures]
    yield "documents", list(text.documents)
    rubrics: list[str] = []
    for rubric in text.rubrics:
        rubrics += [f"{rubric.title} ({heading['highest']}: {rubric.scale.value})"]
        rubrics += [f"  {one.title}: {one.weight.value}" for one in rubric.criteria]
    yield "rubrics", rubrics
    yield (
        "eligibility",
        [f"{rule.title} [{_joined((rule.status_said, rule.cite))}]" for rule in text.eligibility],
    )


def _figure(figure: FigureLine) -> str:
    about = dict.fromkeys((figure.status_said, figure.whose, figure.cite))
    return f"{figure.title}: {figure.value} [{_joined(about)}]"


def _stage(stage: StageText, heading: dict[str, str]) -> list[str]:
    final = f" ({heading['final']})" if stage.is_final else ""
    lines = ["", f"  * {stage.title}{final}"]
    if stage.note:
        lines.append(f"    {stage.note}")
    if stage.documents:
        lines.append(f"    {heading['documents']}: {', '.join(stage.documents)}")
    if stage.clock:
        lasts = stage.clock.lasts
        term = f"{lasts.title}: {lasts.value}" if lasts else stage.clock.until
        lines.append(f"    {heading['term']}: {term} -> {stage.clock.move}")
    for move in stage.moves:
        lines += _move(move, heading)
    return lines


def _move(move: MoveText, heading: dict[str, str]) -> list[str]:
    cite = f" [{move.cite}]" if move.cite else ""
    lines = [f"    - {move.title} ({', '.join(move.by)}) -> {move.to_title}{cite}"]
    lines += [f"        {heading['when']}: {one}" for one in move.conditions]
    lines += [f"        {heading['then']}: {one}" for one in move.effects]
    return lines


def _joined(parts: Iterable[str]) -> str:
    return "; ".join(part for part in parts if part)
