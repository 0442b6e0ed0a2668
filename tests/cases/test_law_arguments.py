"""The law files of this installation: what stands after a name is checked, faults are told."""

from __future__ import annotations

from shutil import copytree

import pytest
from django.core.management import CommandError, call_command

from ashar.cases.checks import papers_nobody_makes
from ashar.cases.core import paper_builders
from ashar.cases.queries import law
from ashar.procedures.library import Library
from ashar.procedures.registry import registry

FREE = frozenset({"publish"})  # only says to readers what is published


def test_every_name_that_takes_something_says_what():
    used = {
        clause.name
        for path in law().paths()
        for track in law().load(path).tracks.values()
        for stage in track.stages.values()
        for move in stage.moves.values()
        for clause in (*move.when, *move.then)
        if clause.argument is not None
    }
    assert used - FREE <= registry.takes.keys()
    assert registry.takes.keys() <= registry.guards.keys() | registry.effects.keys()


def test_a_fault_is_told_once_without_the_words_of_programmers(tmp_path, monkeypatch, capsys, db):
    copied = copytree(law().root, tmp_path / "law")
    broken = copied / "procedures" / "needs_study" / "2021-10-21.yaml"
    broken.write_text(broken.read_text("utf-8").replace("title:", "titel:", 1), "utf-8")
    monkeypatch.setattr("ashar.cases.management.commands.law.law", lambda: Library(copied))
    for what in ("check", "release"):
        with pytest.raises(CommandError, match=r"^1 faults"):
            call_command("law", what, "needs_study")
        said = capsys.readouterr().out
        assert said.startswith("law/procedures/needs_study/2021-10-21.yaml, line ")
        assert len(said.splitlines()) == 1


def test_a_paper_that_nobody_makes_is_a_fault(monkeypatch):
    assert papers_nobody_makes() == []
    monkeypatch.delitem(paper_builders, "programme")
    assert papers_nobody_makes() == [
        (
            "law/procedures/social_order_programme/2017-05-27.yaml: the move approve orders the paper"
            " programme, which nobody makes."
        )
    ]
