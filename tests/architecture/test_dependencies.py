"""Every dependency is followed by its reason and locked with hashes."""

from __future__ import annotations

import re
import tomllib

from tests.architecture.tree import ROOT

PROJECT = ROOT / "pyproject.toml"
NEEDED_REASON = re.compile(r'^\s+".+",\s+# \S.{10,}$')


def _lines(start):
    lines = PROJECT.read_text(encoding="utf-8").splitlines()
    first = lines.index(start) + 1
    last = next(number for number in range(first, len(lines)) if lines[number] == "]")
    return lines[first:last]


def _plain(name):
    return re.split(r"[\[<>=;~! ]", name, maxsplit=1)[0].lower()


def test_every_dependency_has_its_reason():
    lines = _lines("dependencies = [") + _lines("develop = [")
    assert [line for line in lines if not NEEDED_REASON.match(line)] == []


def test_every_ignored_rule_has_its_reason():
    lines = _lines("ignore = [")
    assert [line for line in lines if not NEEDED_REASON.match(line)] == []


def test_every_dependency_is_locked():
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    locked = (ROOT / "requirements/run.lock").read_text(encoding="utf-8")
    names = [_plain(name) for name in project["dependencies"]]
    assert [name for name in names if not re.search(rf"(?m)^{re.escape(name)}==", locked)] == []


def test_locks_name_no_address_and_no_path():
    for lock in (ROOT / "requirements").glob("*.lock"):
        text = lock.read_text(encoding="utf-8")
        assert re.findall(r"(?m)^--.*|\w+://\S+", text) == []
