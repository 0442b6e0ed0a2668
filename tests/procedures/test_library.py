"""The library: editions, profiles, acts, wordings, vocabularies, the lock."""

from __future__ import annotations

import json
import shutil
from datetime import date
from fractions import Fraction

import pytest

from ashar.kernel.dates import Duration
from ashar.kernel.money import Som
from ashar.kernel.text import Wording
from ashar.procedures.check import library_problems
from ashar.procedures.library import Library, NoSuchProcedure
from ashar.procedures.lock import lock_add, lock_check, locked, main
from ashar.procedures.model import BadProfile, Citation, Profile, ProfileFigure
from ashar.procedures.reading import BadFile
from ashar.procedures.reasons import Reason, Refusal
from tests.procedures.example import EXAMPLE, LAW

KEY = "municipal_social_order"
CITE = Citation("law-70-2017", "art. 5")


@pytest.fixture
def own(tmp_path):
    shutil.copytree(LAW, tmp_path / "law")
    return Library(tmp_path / "law")


def test_editions(own):
    later = own.root / "procedures" / KEY / "2026-06-01.yaml"
    text = EXAMPLE.read_text("utf-8").replace("edition: 2022-11-25", "edition: 2026-06-01")
    later.write_text(text, "utf-8")
    assert own.keys() == (KEY,) == tuple(own)
    assert own.editions(KEY) == (date(2022, 11, 25), date(2026, 6, 1))
    assert own.procedure(KEY).edition == date(2026, 6, 1)
    assert own.procedure(KEY, on=date(2026, 5, 31)).edition == date(2022, 11, 25)
    assert own.procedure(KEY, "2022-11-25") is own.procedure(KEY, date(2022, 11, 25))
    assert own.procedure(KEY).path == f"law/procedures/{KEY}/2026-06-01.yaml"


def test_no_such_procedure(library):
    for wrong in ({"key": "other"}, {"key": KEY, "edition": "2020-01-01"}):
        with pytest.raises(NoSuchProcedure):
            library.procedure(**wrong)
    with pytest.raises(NoSuchProcedure):
        library.procedure(KEY, on=date(2020, 1, 1))


def test_a_file_stands_where_it_says(own):
    copy = own.root / "procedures" / KEY / "2023-01-01.yaml"
    copy.write_text(EXAMPLE.read_text("utf-8"), "utf-8")
    with pytest.raises(BadFile) as bad:
        own.procedure(KEY, "2023-01-01")
    assert bad.value.remedy == f"Move it to procedures/{KEY}/2022-11-25.yaml."


def test_profiles_set_permitted_figures(procedure, library):
    trained = procedure.with_profile(library.profile("training"))
    term = trained.numbers["announcement_term"]
    assert (term.value, term.status) == (Duration(20, "working days"), "assumed")
    assert term.whose.en == "Training settings"
    assert trained.profile == "training"
    assert trained.tracks["call"].stages["scoring"].clock.lasts.value == Duration(
        10, "calendar days"
    )
    assert trained.tracks["call"].stages["scoring"].rubric.criteria[0].weight.value == 3
    assert procedure.numbers["announcement_term"].is_unknown
    local = procedure.with_profile(library.profile("local_rules")).numbers["weight_cost"]
    assert (local.value, local.source) == (2, "resolution of the kenesh, 01.02.2026, No. 5")


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("weight_beauty", 1, "no such number"),
        ("complaint_term", Duration(1, "months"), "the law sets this figure itself"),
        ("quorum_share", 5, "must be a share"),
    ],
)
def test_profiles_set_nothing_else(procedure, name, value, says):
    figure = ProfileFigure(name, value, "assumed")
    wording = Wording("а", "а")
    profile = Profile("p", "demonstration", wording, wording, (), {KEY: {name: figure}})
    with pytest.raises(BadProfile, match=says):
        procedure.with_profile(profile)


def test_frozen_figures_are_plain_and_come_back(procedure, library):
    trained = procedure.with_profile(library.profile("training"))
    frozen = json.loads(json.dumps(trained.frozen_figures()))
    assert frozen["quorum_share"] == {
        "value": "2/3",
        "status": "assumed",
        "whose": {"ky": "Окуу жөндөөлөрү", "ru": "Учебные настройки", "en": "Training settings"},
        "source": "",
    }
    again = procedure.with_figures(frozen)
    assert again.numbers == trained.numbers
    assert again.tracks == trained.tracks
    assert again.rubrics == trained.rubrics
    assert procedure.with_figures({}).numbers == procedure.numbers
    assert [number.name for number in again.unknown_numbers] == ["weight_cost", "highest_mark"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("kind: local", "kind: demonstration", '"local" is not known here'),
        ('cite: "resolution of the kenesh, 01.02.2026, No. 5"', "cite: none", "has an act"),
        ("20 working days", "20 days", "is not a value"),
        ("\nset:\n", "\nfigures:\n", '"figures" is not known here'),
        ("profile: local_rules", "profile: local_rules\nset: {a: {}}", "already is a map"),
    ],
)
def test_bad_profile_files(own, old, new, says):
    path = own.root / "profiles" / "training.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(BadFile, match=says):
        _ = own.profiles


def test_profiles_are_checked_against_their_procedures(own, registry):
    path = own.root / "profiles" / "training.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("  quorum_share", "  complaint_term"), "utf-8")
    (found,) = library_problems(own, registry)
    assert (found.line, found.place) == (10, "set.complaint_term")
    path.write_text(text.replace("2022-11-25", "2022-11-26"), "utf-8")
    (found,) = library_problems(Library(own.root), registry)
    assert found.says == f"there is no procedure {KEY}@2022-11-26"
    path.write_text(text + "---\n" + text.split("---\n")[0], "utf-8")
    (found,) = library_problems(Library(own.root), registry)
    assert "already written" in found.says


def test_acts_are_named(library):
    assert CITE.say(library, "ru") == "Закон «О СЗ» от 28.04.2017 № 70, ст. 5"
    assert CITE.say(library, "ky") == "«СБ жөнүндө» Мыйзам, 28.04.2017, № 70, 5-берене"
    assert CITE.say(library, "en") == "Law on SO of 28.04.2017 No. 70, art. 5"
    assert Citation("law-70-2017", "5").say(library, "en").endswith(", art. 5")
    assert Citation("cabinet-604-2022-annex-1", "art. 4 part 2 item 1").say(library, "ru") == (
        "Порядок конкурса, ст. 4, ч. 2, п. 1"
    )
    assert Citation("lost").say(library, "ru") == "lost"


def test_refusals_are_sentences(library):
    papers = (Wording("баа", "смета"), Wording("план", "план"))
    refusal = Refusal(Reason("documents_attached", documents=papers), CITE)
    assert library.say_refusal(refusal, "ru") == (
        "Нет документов: смета, план (Закон «О СЗ» от 28.04.2017 № 70, ст. 5)."
    )
    dear = Refusal(Reason("too_dear", {"sum": Som.of(5), "count": 3}))
    assert library.say_refusal(dear, "ky") == "5,00\u00a0сом көп, 3 мүмкүн."
    assert library.say_refusal(Refusal(Reason("strange")), "ru") == "Нельзя (strange)."
    assert library.say_reason(Reason("too_dear"), "ru") == "… много, можно …"


def test_refusals_do_not_look_inside_params(own):
    path = own.root / "refusals.yaml"
    path.write_text('refusals:\n  a: {ky: "{x.__class__} {0}", ru: "{x!r}"}\n', "utf-8")
    assert own.say_reason(Reason("a", x=1), "ky") == "{x.__class__} …"
    assert own.say_reason(Reason("a", x=1), "ru") == "{x!r}"
    path.write_text("refusals:\n  a: {ky: a}\n", "utf-8")
    with pytest.raises(BadFile, match="words in ky or ru are missing"):
        _ = Library(own.root).refusals


def test_vocabularies(own):
    words = own.vocabulary("spheres")
    assert words is own.vocabulary("spheres")
    assert [term.key for term in words.terms.values()] == ["care", "day_care"]
    assert words.terms["day_care"].within == "care"
    with pytest.raises(FileNotFoundError):
        own.vocabulary("none")
    path = own.root / "vocabularies" / "spheres.yaml"
    path.write_text(path.read_text("utf-8").replace("within: care", "within: cure"), "utf-8")
    with pytest.raises(BadFile, match="which is no term here"):
        Library(own.root).vocabulary("spheres")
    path.rename(path.with_stem("other"))
    with pytest.raises(BadFile, match='the file is called "other"'):
        own.vocabulary("other")


def test_calendar(own):
    assert own.calendar_text.status == "unknown"
    assert not own.calendar.is_working(date(2026, 11, 21))
    path = own.root / "calendar.yaml"
    day = '[{on: 2026-11-23, title: {ky: а, ru: а}, cite: "an act"}]'
    path.write_text(path.read_text("utf-8").replace("holidays: []", f"holidays: {day}"), "utf-8")
    assert Library(own.root).calendar.holidays == {date(2026, 11, 23)}


def test_the_law_of_this_site_is_readable():
    library = Library(LAW.parents[2] / "law")
    assert library.acts["law-70-2017"].number == "70"
    assert library.calendar_text.status == "unknown"
    assert {"not_your_move", "no_such_move", "figure_unknown"} <= library.refusals.keys()
    assert library.conditions.keys() >= {"documents_attached", "reason_given"}


def test_a_released_edition_never_changes(own):
    path = own.root / "procedures" / KEY / "2022-11-25.yaml"
    assert lock_check(own.root) == []
    lock_add(own.root, path)
    lock_add(own.root, path)
    assert list(locked(own.root)) == [f"{KEY}/2022-11-25.yaml"]
    assert locked(own.root)[f"{KEY}/2022-11-25.yaml"] == own.procedure(KEY).sha256
    assert lock_check(own.root) == []
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    (fault,) = lock_check(own.root)
    assert "has changed" in fault
    with pytest.raises(ValueError, match="new edition"):
        lock_add(own.root, path)
    path.unlink()
    (fault,) = lock_check(own.root)
    assert "is gone" in fault


def test_releasing_from_the_console(own, monkeypatch, capsys):
    path = own.root / "procedures" / KEY / "2022-11-25.yaml"
    monkeypatch.setattr("sys.argv", ["lock", str(path)])
    assert main() == 0
    assert capsys.readouterr().out == f"released: {path}\n"
    assert list(locked(own.root)) == [f"{KEY}/2022-11-25.yaml"]


def test_a_profile_share(procedure, library):
    number = procedure.with_profile(library.profile("training")).numbers["quorum_share"]
    assert number.value == Fraction(2, 3)
    assert number.say("ru") == "2/3"
