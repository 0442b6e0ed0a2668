"""Nothing grows past what can be read at one look; the list of exceptions may only shrink."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

FUNCTION_LINES = 50
PYTHON_LINES = 500
TEMPLATE_LINES = 150
PROCEDURE_LINES = 400

# "place: reason". It may only become shorter.
EXCEPTIONS: dict[str, str] = {}


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def _code_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring."""
    total = (node.end_lineno or node.lineno) - node.lineno + 1
    first = node.body[0]
    if ast.get_docstring(node) is not None:
        total -= (first.end_lineno or first.lineno) - first.lineno + 1
    return total


def long_files() -> Iterator[tuple[str, int, int]]:
    """Each file with its length and its limit."""
    wanted = (
        ("ashar", "*.py", PYTHON_LINES),
        ("config", "*.py", PYTHON_LINES),
        ("tests", "*.py", PYTHON_LINES),
        ("tools", "*.py", PYTHON_LINES),
        ("ashar", "*.html", TEMPLATE_LINES),
        ("law/procedures", "*.yaml", PROCEDURE_LINES),
    )
    for folder, pattern, limit in wanted:
        for path in (ROOT / folder).rglob(pattern):
            if "migrations" not in path.parts:
                yield str(path.relative_to(ROOT)), _lines(path), limit


def long_functions() -> Iterator[tuple[str, int, int]]:
    """Each function with its length and its limit."""
    for folder in ("ashar", "config", "tools"):
        for path in (ROOT / folder).rglob("*.py"):
            if "migrations" in path.parts:
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    name = f"{path.relative_to(ROOT)}:{node.name}"
                    yield name, _code_lines(node), FUNCTION_LINES


def faults() -> list[str]:
    """Everything too long, and every exception that is no longer needed."""
    measured = [*long_files(), *long_functions()]
    found = [
        f"{name} has {length} lines; {limit} are allowed"
        for name, length, limit in measured
        if length > limit and name not in EXCEPTIONS
    ]
    over = {name for name, length, limit in measured if length > limit}
    found += [
        f"{name} is an exception no longer: strike it out" for name in EXCEPTIONS.keys() - over
    ]
    return found


if __name__ == "__main__":
    print(*faults(), sep="\n", end="\n" if faults() else "")
    sys.exit(bool(faults()))
