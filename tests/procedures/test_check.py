"""Unsound files: every problem is found, with its place and remedy."""

from __future__ import annotations

import re

import pytest

from ashar.procedures.check import file_problems, library_problems, problems
from ashar.procedures.library import Library
from ashar.procedures.load import load
from ashar.procedures.registry import Takes
from tests.procedures.example import EXAMPLE

TEXT = EXAMPLE.read_text("utf-8")


def test_the_example_is_sound(procedure, registry, library):
    assert problems(procedure, registry, library) == []
    assert library_problems(library, registry) == []


@pytest.mark.parametrize(
    ("old", "new", "place", "says"),
    [
        ("by: customer\n            to: open", "by: custom\n            to: open",
         "tracks.call.stages.preparing.moves.announce.by", 'no actor is called "custom"'),
        ("to: open\n", "to: opne\n",
         "tracks.call.stages.preparing.moves.announce.to", 'no stage is called "opne"'),
        ("starts: preparing", "starts: prepare",
         "tracks.call.starts", 'no stage is called "prepare"'),
        ("- cites_ranked_need", "- cites_need",
         "tracks.call.stages.preparing.moves.announce.when[2]", 'no condition is called "cites_need"'),
        ("- publish: call", "- print: call",
         "tracks.call.stages.preparing.moves.announce.then[1]", 'no effect is called "print"'),
        ("until: call_closes", "until: noon",
         "tracks.call.stages.open.clock", 'no moment is called "noon"'),
        ("then_move: close", "then_move: shut",
         "tracks.call.stages.open.clock", 'no move here is called "shut"'),
        ("then_move: close", "then_move: cancel",
         "tracks.call.stages.open.clock", 'the clock cannot make the move "cancel"'),
        ("lasts: complaint_term", "lasts: quorum_share",
         "tracks.call.stages.decided.clock", 'the number "quorum_share" is not a term'),
        ("gso: law-70-2017", "gso: law-1-1999",
         "law.gso", 'no act of the register has the key "law-1-1999"'),
        ("mandate: member", "mandate: king",
         "actors.commission", 'no mandate has the role "king"'),
        ("  customer:   {", "  clock: {ky: а, ru: а}\n  customer:   {",
         "actors.clock", '"clock" is known to every procedure'),
        ("{ky: Кворум, ru: Кворум, en: Quorum}", "{ky: Кворум}",
         "numbers.quorum_share.title", "the words in ru are missing"),
        ("            title: {ky: Жарыялоо, ru: Объявить, en: Announce}\n", "",
         "tracks.call.stages.preparing.moves.announce", "the words in ky are missing"),
        ("check: is_registered", "check: is_good",
         "eligibility.registered", 'no automatic check is called "is_good"'),
        ("check: is_registered", "in_force_from: 2020-01-01, in_force_to: 2019-01-01",
         "eligibility.registered", "the rule ends before it begins"),
        ("lasts: scoring_term", "lasts: complaint_term",
         "numbers.scoring_term", "this is declared and never used"),
        ("asks: [closing_at]", "asks: [reason]",
         "asks.closing_at", "this is declared and never used"),
        ("        rubric: project\n", "", "rubrics.project", "this is declared and never used"),
        ("      failed:    {", "      lost: {title: {ky: а, ru: а}}\n      failed:    {",
         "tracks.call.stages.lost", "this stage is never reached"),
        ("      failed:    {",
         "      lost: {title: {ky: а, ru: а}, moves: {stay: {by: clock, to: lost}}}\n      failed:    {",
         "tracks.call.stages.lost", "no way leads from here to a final stage"),
    ],
)  # fmt: skip
def test_a_problem_is_found(tmp_path, registry, library, old, new, place, says):
    assert old in TEXT
    path = tmp_path / "a.yaml"
    path.write_text(TEXT.replace(old, new, 1), "utf-8")
    found = problems(load(path, "law/a.yaml"), registry, library)
    match = next((one for one in found if (one.place, one.says) == (place, says)), None)
    assert match, [str(one) for one in found]
    assert match.path == "law/a.yaml"
    assert match.line > 1
    assert str(match).startswith(f"law/a.yaml, line {match.line}, at {place}: {says}. ")


def test_an_act_nobody_cites(tmp_path, registry, library):
    path = tmp_path / "a.yaml"
    path.write_text(TEXT.replace("cite: gso", "cite: contest"), "utf-8")
    assert [(one.line, one.place) for one in problems(load(path), registry, library)] == [
        (11, "law.gso")
    ]


def test_a_figure_only_shown_needs_no_clause(tmp_path, registry, library):
    path = tmp_path / "a.yaml"
    text = TEXT.replace("lasts: scoring_term", "lasts: complaint_term")
    path.write_text(text.replace("kind: term, value", "kind: term, informs: yes, value"), "utf-8")
    assert problems(load(path), registry, library) == []


def test_a_condition_needs_words(procedure, registry, library):
    library.wordings.conditions.pop("quorum")
    assert [one.says for one in problems(procedure, registry, library)] == [
        'the condition "quorum" has no words'
    ]


def test_a_condition_needs_its_facts(procedure, registry, library):
    registry._facts.pop("need")
    assert [one.says for one in problems(procedure, registry, library)] == [
        'the condition "cites_ranked_need" needs the fact "need", which nobody gathers'
    ]


def test_a_file_that_cannot_be_read_is_one_problem(tmp_path, registry):
    path = tmp_path / "law" / "procedures" / "a" / "2020-01-01.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("procedure: a\n", "utf-8")
    (found,) = file_problems(path, registry, Library(tmp_path / "law"))
    assert (found.path, found.line) == ("law/procedures/a/2020-01-01.yaml", 1)
    assert found.says == '"edition" is missing'


@pytest.mark.parametrize(
    ("takes", "old", "new", "says"),
    [
        (Takes("share"), "quorum: quorum_share", "quorum: quorum_shar",
         '"quorum" needs a figure of kind share, and "quorum_shar" is none'),
        (Takes("share"), "quorum: quorum_share", "quorum: complaint_term",
         '"quorum" needs a figure of kind share, and "complaint_term" is none'),
        (Takes("share"), "quorum: quorum_share", "quorum",
         '"quorum" needs a figure of kind share'),
        (Takes("share", called="quorum_of_all"), "quorum: quorum_share", "quorum: quorum_share",
         '"quorum" needs a figure of kind share called "quorum_of_all", and "quorum_share" is none'),
        (Takes("figure"), "quorum: quorum_share", "quorum: programme",
         '"quorum" needs a figure, and "programme" is none'),
        (Takes("papers"), "documents_attached: [protocol]", "documents_attached: protocol",
         ('"documents_attached" needs a list of documents in square brackets,'
          ' and "protocol" is none')),
        (Takes("actor"), "notify: applicant", "notify: aplicant",
         '"notify" needs an actor, and "aplicant" is none'),
        (Takes("question"), "when: [reason_given]", "when: [{reason_given: raison}]",
         '"reason_given" needs a question that the move asks, and "raison" is none'),
    ],
)  # fmt: skip
def test_what_stands_after_a_name_is_not_passed_over(
    tmp_path, registry, library, takes, old, new, says
):
    name = re.findall(r"quorum|documents_attached|notify|reason_given", old)[0]
    registry.add(takes={name: takes})
    assert old in TEXT
    path = tmp_path / "a.yaml"
    path.write_text(TEXT.replace(old, new), "utf-8")
    assert says in [one.says for one in problems(load(path), registry, library)]
