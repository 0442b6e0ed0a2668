"""The budgets of size, and a planted fault that shows they are watched."""

from __future__ import annotations

import ast

from tools import check_sizes


def test_nothing_is_too_long():
    assert check_sizes.faults() == []


def test_a_docstring_does_not_count():
    (function,) = ast.parse('def f():\n    """One.\n\n    Two.\n    """\n    return 1\n').body
    assert check_sizes._code_lines(function) == 2


def test_a_long_function_is_found(tmp_path, monkeypatch):
    (tmp_path / "ashar").mkdir()
    body = "\n".join("    x = 1" for _ in range(51))
    (tmp_path / "ashar/long.py").write_text(f"def f():\n{body}\n")
    monkeypatch.setattr(check_sizes, "ROOT", tmp_path)
    assert check_sizes.faults() == ["ashar/long.py:f has 52 lines; 50 are allowed"]
