"""The pilot as closed public cases: every figure of the slides, and none besides."""

from __future__ import annotations

import json
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from ashar.agreements.models import Agreement
from ashar.cases.models import Case
from ashar.cases.queries import law
from ashar.desk.actions.archive import load_archive
from ashar.indicators.models import Indicator, Observation
from ashar.needs.models import Need
from tests.portal.archive import COUNTRY, DATA, KARA_KUL, KARGALYK, OMURALIEV, TOGUS_BULAK

PROJECTS = {one["municipality"]: one for one in DATA["projects"]}
CODES = {one["key"]: one["code"] for one in DATA["municipalities"]}


def chain(place):
    out = StringIO()
    call_command("chain", place, "--json", stdout=out)
    return json.loads(out.getvalue())


def agreement_of(code):
    (need,) = chain(code)["needs"]
    (agreement,) = need["children"]
    return agreement


def test_a_second_time_adds_nothing(archive):
    again = load_archive()
    assert (archive.cases, again.cases, again.known) == (23, 0, 23)
    assert Case.objects.count() == 23


def test_the_places_must_be_there_first(db):
    with pytest.raises(CommandError):
        call_command("load_archive")
    assert Case.objects.count() == 0


def test_every_case_is_closed_public_and_names_its_source(archive):
    cases = Case.objects.all()
    assert {(one.is_public, one.is_closed, one.period) for one in cases} == {
        (True, True, "2013–2015")
    }
    assert [one for one in cases if "Институт политики развития" not in one.source] == []
    assert [one for one in cases if one.due_at] == []


def test_cases_keep_the_edition_of_their_time(archive):
    editions = set(Case.objects.values_list("procedure", "edition"))
    assert ("municipal_social_order", "2008-07-21") in editions
    assert max(edition for _key, edition in editions) < "2016"


@pytest.mark.parametrize("key", sorted(PROJECTS))
def test_figures_of_the_four_projects(archive, key):
    figures = {one["key"]: one for one in agreement_of(CODES[key])["figures"]}
    for figure in PROJECTS[key]["figures"]:
        shown = figures.pop(figure["key"])
        value = shown.get("target" if figure.get("is_goal") else "value")
        assert Decimal(value) == figure["value"]
        bound = "" if figure["bound"] == "exactly" else figure["bound"]
        assert shown.get("bound", "") == bound
        if not figure.get("is_goal"):
            assert shown["source"] == f"«{figure['quote']}»"[:300]
    assert figures == {}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (TOGUS_BULAK, {"children_attending": "18", "children_registered": "58",
                       "children_found_unknown_before": "20", "community_contribution": "115550"}),
        (KARGALYK, {"individual_plans": "25", "family_visits": "46"}),
        (KARA_KUL, {"cooks_course": "11", "sewing_course": "15", "hairdressing_course": "7"}),
        (OMURALIEV, {"komuz_learners": "25", "computer_learners": "25", "videos": "3"}),
    ],
)  # fmt: skip
def test_figures_as_the_slides_say_them(archive, code, expected):
    figures = {one["key"]: one["value"] for one in agreement_of(code)["figures"] if "value" in one}
    assert {key: figures[key] for key in expected} == expected


def test_who_did_it_where_the_source_says(archive):
    assert agreement_of(TOGUS_BULAK)["who"]["ru"] == "ОФ «Инсан-Лейлек»"
    assert agreement_of(KARGALYK)["who"]["ru"] == "ОФ «Семья каждому ребенку»"
    assert "who" not in agreement_of(KARA_KUL)


def test_projects_without_slides_have_no_figures(archive):
    described = {CODES[key] for key in PROJECTS}
    bare = Agreement.objects.exclude(case__territory__code__in=described)
    assert bare.count() == 7
    assert Indicator.objects.filter(case__agreement__in=bare).count() == 0


def test_nothing_is_dated_numbered_or_priced(archive):
    rows = Agreement.objects.values_list("number", "signed_on", "starts_on", "ends_on")
    assert set(rows) == {("", None, None, None)}
    assert Agreement.objects.filter(funding__isnull=False).count() == 0
    assert Observation.objects.filter(observed_on__isnull=False).count() == 0


def test_confidence_of_places_stays(archive):
    assert agreement_of(TOGUS_BULAK)["place_confidence"] == "likely"
    assert "place_confidence" not in agreement_of(KARGALYK)


@pytest.mark.parametrize(
    ("code", "people"), [("41703230841000", "149"), ("41707232820000", "149"), (KARA_KUL, "396")]
)
def test_participants_where_known(archive, code, people):
    (study,) = chain(code)["studies"]
    assert [one["value"] for one in study["figures"]] == [people]


def test_no_participants_where_unknown(archive):
    (study,) = chain(OMURALIEV)["studies"]
    assert "figures" not in study


def test_the_pilot_as_a_whole(archive):
    data = chain(COUNTRY)
    (study,) = data["studies"]
    figures = {one["key"]: one for one in study["figures"]}
    assert (figures["participants"]["bound"], figures["participants"]["value"]) == (
        "more_than",
        "3000",
    )
    money = [figures[key]["value"] for key in ("local_budget_giz", "local_budget_own", "attracted")]
    assert money == ["11000000", "1460000", "1440000"]
    assert figures["respondents"]["value"] == "190"
    assert "value" not in figures["conclusion_1"]
    assert len(data["needs"]) == 19
    assert [one for one in data["needs"] if "position" in one] == []


def test_named_needs_stand_in_the_catalogue(archive):
    topics = set(Need.objects.values_list("topic", flat=True))
    assert topics - set(law().vocabulary("need_topics").terms) == set()


def test_nine_topics_are_kept(archive):
    method = Case.objects.get(territory__code=COUNTRY).needs_study.method
    assert [
        one["ru"] for one in DATA["needs_study"]["topics"]["names"] if one["ru"] not in method
    ] == []


def test_a_name_that_several_have_is_refused(archive):
    with pytest.raises(CommandError, match="give the code"):
        call_command("chain", "айыл")


def test_chain_in_plain_words(archive):
    out = StringIO()
    call_command("chain", TOGUS_BULAK, stdout=out)
    assert "115550" in out.getvalue()
