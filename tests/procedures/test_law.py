"""The law files of this site: sound, released as they were, said in three languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from ashar.kernel.text import LANGUAGES
from ashar.procedures.check import library_problems
from ashar.procedures.draw import svg
from ashar.procedures.explain import as_text
from ashar.procedures.library import Library
from ashar.procedures.lock import lock_check
from ashar.procedures.registry import registry

SITE = Library(Path(__file__).parents[2] / "law")


def test_every_law_file_is_sound():
    assert [str(problem) for problem in library_problems(SITE, registry)] == []


def test_released_editions_are_as_they_were():
    assert lock_check(SITE.root) == []


@pytest.mark.parametrize("path", SITE.paths(), ids=lambda path: f"{path.parent.name}@{path.stem}")
def test_every_procedure_can_be_read_and_drawn(path):
    procedure = SITE.load(path)
    for language in LANGUAGES:
        assert as_text(procedure, SITE, language)
        for track in procedure.tracks.values():
            assert svg(procedure, track, language).endswith("</svg>")
