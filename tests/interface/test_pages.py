"""The frame of every page: languages, errors, weight."""

from __future__ import annotations

import gzip

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from ashar.interface import context, views
from ashar.interface.templatetags.ashar import sheet_text


def request(path="/ky/style/"):
    made = RequestFactory().get(path)
    made.user = AnonymousUser()
    return made


def test_the_same_page_in_another_language():
    with translation.override("ky"):
        around = context.page(request("/ky/calls/?q=%D1%81"))
    assert [other["url"][:10] for other in around["languages"]] == [
        "/ky/calls/",
        "/ru/calls/",
        "/en/calls/",
    ]
    assert around["languages"][1]["url"].endswith("?q=%D1%81")


def test_a_page_without_a_language_leads_to_the_first_page():
    with translation.override("ky"):
        assert context.page(request("/elsewhere"))["languages"][2]["url"] == "/en/"


def test_a_place_that_is_not_there_has_no_address():
    assert context.address("no-such-place") == ""


@pytest.mark.parametrize("name", ["400", "403", "404", "403_csrf", "500"])
@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_pages_of_errors(name, language):
    with translation.override(language):
        html = render_to_string(f"{name}.html", {}, request=None if name == "500" else request())
    assert f'<html class="govuk-template" lang="{language}">' in html
    assert "<h1" in html


def test_the_style_page_is_not_for_real_installations(settings):
    settings.DEBUG = False
    with pytest.raises(Http404):
        views.style(request())


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_the_style_page(settings, language):
    settings.DEBUG = True
    with translation.override(language):
        html = views.style(request(f"/{language}/style/")).content
    assert len(gzip.compress(html)) < 40_000


def test_the_stylesheet_is_light():
    assert len(gzip.compress(sheet_text().encode(), 9)) <= 15 * 1024


def test_visitors_get_the_look_inside_the_page_and_staff_one_cached_file():
    class Member:
        is_authenticated = True

    inside = render_to_string("404.html", {}, request=request())
    linked = render_to_string("404.html", {"user": Member()})
    assert ("<style>" in inside, "<style>" in linked) == (True, False)
    assert "ashar/ashar" in linked
