"""P37: parsers are fuzzed, guided by their own branches; a run that reached none counts nothing."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

SECONDS = int(os.environ.get("ASHAR_FUZZ_SECONDS", "60"))
PARSERS = ("money", "draft", "law", "upload", "sheet", "csv", "offline")
DONE = re.compile(r"Done (\d+) runs in (\d+) second")
REACHED = re.compile(r"\bcov: (\d+)")

pytestmark = pytest.mark.faults


def run(name, seconds, tmp_path, *more):
    """Fuzz one parser; returns what was printed."""
    environment = {**os.environ, "ASHAR_VAR": str(tmp_path / "var"), "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-m", "tests.hostile.fuzz", name, *more,
               f"-max_total_time={seconds}", "-seed=1"]  # fmt: skip
    done = subprocess.run(
        command, cwd=Path(settings.BASE_DIR), env=environment, capture_output=True, text=True,
        check=False, timeout=seconds * 4 + 240,
    )  # fmt: skip
    return done.stdout + done.stderr


def faults(said):
    """What went wrong in a run: an error, no end, or no branch reached."""
    found = []
    if "Uncaught Python exception" in said or "ERROR: libFuzzer" in said:
        found.append("crash: " + said[said.find("Uncaught") :][:1_500])
    if not DONE.search(said):
        found.append("it did not come to its end")
    reached = [int(count) for count in REACHED.findall(said)]
    if len(reached) < 2 or max(reached) <= 2:
        found.append("no branch of the parser was reached")
    return found


@pytest.mark.parametrize("name", PARSERS)
def test_p37_a_parser_under_random_input(name, tmp_path):
    said = run(name, SECONDS, tmp_path)
    done, reached = DONE.search(said), REACHED.findall(said)
    runs = done[1] if done else "?"
    print(f"{name}: {runs} runs in {SECONDS} s, {reached[-1:] or '?'} branches")  # noqa: T201
    assert faults(said) == [], said[-3_000:]


def test_p37_notices_a_fault_in_a_parser(tmp_path):
    assert any(one.startswith("crash") for one in faults(run("planted", 30, tmp_path)))


def test_p37_notices_a_run_that_reaches_nothing(tmp_path):
    said = run("money", 3, tmp_path, "--blind")
    assert "no branch of the parser was reached" in faults(said), said[-2_000:]
