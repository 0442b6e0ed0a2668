"""The loader: what a file says, and what it says when the file is wrong."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ashar.kernel.dates import Duration
from ashar.kernel.money import Som
from ashar.kernel.text import Wording
from ashar.procedures.load import load
from ashar.procedures.model import Actor, Citation, Clause, Clock, Question
from ashar.procedures.reading import BadFile
from ashar.procedures.values import kind_of, parse_value, say_value, suits, write_value
from tests.procedures.example import EXAMPLE

TEXT = EXAMPLE.read_text("utf-8")


def test_the_example(procedure, track):
    assert (procedure.key, procedure.edition) == ("municipal_social_order", date(2022, 11, 25))
    assert procedure.ref == "municipal_social_order@2022-11-25"
    assert procedure.actors["commission"] == Actor(
        "commission",
        Wording("Конкурстук комиссия", "Конкурсная комиссия", "Commission"),
        ("member",),
    )
    assert list(track.stages) == [
        "preparing", "open", "scoring", "decided", "awarded", "failed", "cancelled",
    ]  # fmt: skip
    assert [stage.name for stage in track.stages.values() if stage.is_final] == [
        "awarded", "failed", "cancelled",
    ]  # fmt: skip
    assert procedure.track_for("Call") is track
    assert procedure.gaps == ()


def test_arguments_are_looked_up(procedure, track):
    announce = track.stages["preparing"].moves["announce"]
    documents = (procedure.documents["need_study"], procedure.documents["programme"])
    assert announce.when[0] == Clause("documents_attached", documents)
    assert announce.then == (Clause("publish", "call"),)
    decide = track.stages["scoring"].moves["decide"]
    assert decide.when[0] == Clause("quorum", procedure.numbers["quorum_share"])
    assert decide.cite == Citation("cabinet-604-2022-annex-1", "art. 12 item 3")
    assert track.stages["open"].clock == Clock(
        "close", None, "call_closes", Citation("cabinet-604-2022-annex-1")
    )
    reason = track.stages["open"].moves["cancel"].asks[0]
    assert reason == Question(
        "reason", "text", Wording("Себеби", "Причина", "Reason"), Wording("Кыскача", "Кратко")
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "says", "remedy"),
    [
        ("edition: 2022", "edition: 25.11.2022 #", 4, "is not a date", "2022-11-25"),
        ("actors:", "actor:", 14, '"actor" is not known here', 'Did you mean "actors"?'),
        ("may_vary: yes}\n  scoring", "may_vary: maybe}\n  scoring", 21, '"maybe"', "yes, no"),
        ("5 working days", "5 days", 25, '"5 days" is not a value', "calendar days"),
        ("5 working days", "50 %", 25, "is a share, but the figure is a term", "calendar days"),
        ("status: reported, cite: contest art. 7", "status: reported", 25, "must say where", "cite"),
        ("status: reported", "status: memory", 25, "no value that binds", "value: unknown"),
        ("status: reported", "status: assumed", 25, "assumes nothing", "profile"),
        ("5 working days", "unknown", 25, 'status is "reported"', "memory"),
        ("contest art. 7", "kontest art. 7", 25, 'no act here is called "kontest"', "gso, contest"),
        ("contest art. 7", "contest article 7", 25, "is not a citation", "art. 5"),
        ("documents: [need_study", "documents: [need_studi", 65, "no document is called", "Declare"),
        ("lasts: scoring_term", "lasts: scorin_term", 100, "no number is called", "numbers:"),
        ("rubric: project", "rubric: projekt", 99, "no rubric is called", "project"),
        ("asks: [closing_at]", "asks: [closes]", 72, "no question is called", "asks:"),
        ("{until: call_closes, ", "{", 82, "a term or until a moment", "lasts:"),
        ("- cites_ranked_need\n", "- {a: b, c: d}\n", 75, "one condition has one name", "line of"),
        ("subject: Call", "subject: Call\n    subject: Two", 58, "already written on line 57", "one"),
        ("subject: Call", "subject: [Call]", 57, "a word is expected", "not a list"),
        ("subject: Call", "subject:", 57, "nothing is written", "remove the key"),
        ("starts: preparing", "starts: *here", 59, "alias", "plain"),
        ("  customer:   {", "  Customer:   {", 15, '"Customer" cannot be a name', "small Latin"),
        ("subject: Call", "\tsubject: Call", 57, "not plain YAML", "two spaces"),
        ("        moves:\n          announce:", "        moves: [announce]\n        note:", 66,
         "a map is expected", "key: value"),
        ("edition: 2022-11-25\n", "", 3, '"edition" is missing', 'Add a line "edition: ..."'),
        ("may_vary: yes}\n  scoring", "may_vary: yes, may_vary: yes}\n  scoring", 21,
         "already written on line 21", "Keep one"),
    ],
)  # fmt: skip
def test_a_fault_names_its_line_and_the_remedy(tmp_path, old, new, line, says, remedy):
    assert old in TEXT
    path = tmp_path / "2022-11-25.yaml"
    path.write_text(TEXT.replace(old, new, 1), "utf-8")
    with pytest.raises(BadFile) as bad:
        load(path, "law/example.yaml")
    assert str(bad.value).startswith(f"law/example.yaml, line {line}")
    assert says in bad.value.says
    assert remedy in bad.value.remedy or remedy in bad.value.says


def test_yes_no_on_off_are_words(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text(TEXT.replace("preparing", "on").replace("awarded", "no"), "utf-8")
    track = load(path).tracks["call"]
    assert (track.starts, "no" in track.stages) == ("on", True)


def test_a_file_that_is_not_text(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_bytes(b"procedure: a\ntitle: \xff\xfe")
    with pytest.raises(BadFile) as bad:
        load(path)
    assert (bad.value.line, bad.value.says) == (2, "this is not UTF-8 text")


def test_a_file_of_two_documents(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("a: b\n---\na: b\n", "utf-8")
    with pytest.raises(BadFile) as bad:
        load(path)
    assert bad.value.says == "the file holds 2 documents"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("20 working days", Duration(20, "working days")),
        ("1 month", Duration(1, "months")),
        ("50 %", Fraction(1, 2)),
        ("12.5%", Fraction(1, 8)),
        ("2/3", Fraction(2, 3)),
        ("10000 som", Som.of(10000)),
        ("10 000,50 som", Som.of(10000, 50)),
        ("5 people", 5),
        ("7", 7),
        ("unknown", None),
    ],
)
def test_values(text, value):
    assert parse_value(text) == value
    assert parse_value(write_value(value)) == value


@pytest.mark.parametrize(
    "text", ["", "20", "150 %", "3/2", "1/0", "-5 som", "5 years", "five", "1e3 som", "yes"]
)
def test_what_is_not_a_value(text):
    if text == "20":
        assert parse_value(text) == 20
        return
    with pytest.raises(ValueError):
        parse_value(text)


def test_values_are_said():
    assert say_value(None, "ru") == "не установлено"
    assert say_value(Fraction(1, 2), "ru") == "50 %"
    assert say_value(Fraction(2, 3), "ru") == "2/3"
    assert say_value(Duration(2, "months"), "ru") == "2 месяца"
    assert say_value(9, "ky") == "9"
    assert say_value(Som.of(5), "en") == "5.00\u00a0som"


def test_kinds_of_values():
    assert [kind_of(one) for one in (None, 5, Som(), Fraction(1), Duration(1, "months"))] == [
        None, "count", "money", "share", "term",
    ]  # fmt: skip
    assert suits(5, "points")
    assert not suits(5, "money")


values = st.one_of(
    st.none(),
    st.integers(0, 10**9 - 1),
    st.integers(0, 10**15).map(Som),
    st.fractions(0, 1, max_denominator=9999),
    st.builds(
        Duration, st.integers(1, 9999), st.sampled_from(["working days", "calendar days", "months"])
    ),
)


@given(values)
def test_what_is_written_is_read_back(value):
    assert parse_value(write_value(value)) == value


@given(st.integers(0, len(TEXT) - 1), st.integers(1, 40), st.text(max_size=10))
def test_a_damaged_file_is_read_or_refused(tmp_path_factory, position, length, noise):
    path = tmp_path_factory.mktemp("damaged") / "a.yaml"
    path.write_bytes(
        (TEXT[:position] + noise + TEXT[position + length :]).encode("utf-8", "replace")
    )
    with suppress(BadFile):
        load(path)
