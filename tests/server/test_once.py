"""P17: a form that is sent twice is carried out once."""

from __future__ import annotations

import re
from threading import Thread

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.http import HttpResponseRedirect
from django.test import Client
from django.urls import path
from django.utils import timezone

from ashar.cases.models import Case
from ashar.server import once
from ashar.server.models import Beat, SentForm
from tests.people import build_world

BEGIN = "/ky/programmes/begin/"
MARK = re.compile(r'name="form_mark" value="([\w-]+)"')


@pytest.fixture
def world(db):
    return build_world()


@pytest.fixture
def programme_form(world):
    """The form that begins a programme, as a browser would send it, with its mark."""
    client = Client()
    client.force_login(world.aigul)
    page = client.get(BEGIN).content.decode()
    return client, {
        "title_ky": "Программа",
        "title_ru": "Программа",
        "goal_ky": "Максат",
        "goal_ru": "Цель",
        "year_from": "2026",
        "year_to": "2027",
        "form_mark": MARK.findall(page)[-1],
    }


def done_twice(client, address, form):
    """Return what a second sending of the same form added: nothing, as is promised."""
    found = []
    for _time in range(2):
        answer = client.post(address, form)
        assert answer.status_code == 302, answer.content.decode()[:2000]
        found.append((Case.objects.count(), answer["Location"]))
    return [(before, after) for before, after in zip(*found, strict=True) if before != after]


def test_p17_the_same_form_leads_to_the_same_result(programme_form):
    client, form = programme_form
    assert done_twice(client, BEGIN, form) == []
    assert SentForm.objects.count() == 1


def careless(request):
    """Stands for a page that guards nothing itself: each sending writes a line."""
    Beat.objects.create(name=f"{request.POST['title']} {Beat.objects.count()}")
    return HttpResponseRedirect("/done/")


urlpatterns = [path("careless/", careless)]


def lines_after(*forms):
    """Send the forms one after another to the careless page; return how many lines stand."""
    client = Client()
    for form in forms:
        assert client.post("/careless/", form)["Location"] == "/done/"
    return Beat.objects.count()


FORM = {"title": "Кагаз", "form_mark": "one-form"}


@pytest.fixture
def careless_page(db, settings):
    settings.ROOT_URLCONF = __name__


def test_p17_a_page_that_guards_nothing_is_guarded(careless_page):
    assert lines_after(FORM, FORM) == 1


def test_p17_notices_when_nothing_keeps_the_marks(careless_page, settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.endswith("FormsOnce")]
    assert lines_after(FORM, FORM) == 2


def test_p17_other_words_are_another_form(careless_page):
    """Back, a word mended, sent again: what was typed is not swallowed."""
    assert lines_after(FORM, {**FORM, "title": "Башка"}) == 2


def test_p17_a_file_is_part_of_the_form(careless_page):
    files = [
        SimpleUploadedFile("x.pdf", content, content_type="application/pdf")
        for content in (b"%PDF-1", b"%PDF-1", b"%PDF-2")
    ]
    assert lines_after(*({**FORM, "file": file} for file in files)) == 2


def test_p17_a_refused_form_may_be_mended_and_sent_again(programme_form):
    client, form = programme_form
    assert client.post(BEGIN, {**form, "title_ky": ""}).status_code == 200
    assert SentForm.objects.count() == 0
    assert client.post(BEGIN, form).status_code == 302


def test_p17_what_failed_left_no_mark_and_nothing_half_done(programme_form, monkeypatch):
    client, form = programme_form
    real = once._carry_out

    def fails(digest, view):
        real(digest, view)
        raise RuntimeError

    monkeypatch.setattr(once, "_carry_out", fails)
    client.raise_request_exception = False
    assert client.post(BEGIN, form).status_code == 500
    assert (Case.objects.count(), SentForm.objects.count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_p17_two_clicks_at_the_same_moment_are_one(programme_form):
    if connection.vendor == "sqlite":
        pytest.skip("the tests' SQLite is in memory, for one connection; one_writer is tried apart")
    client, form = programme_form
    answers = []

    def click():
        mine = Client()
        mine.cookies = client.cookies
        answers.append(mine.post(BEGIN, form)["Location"])
        connections.close_all()

    clicks = [Thread(target=click) for _ in range(4)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()
    assert (len(set(answers)), Case.objects.count()) == (1, 1)


def test_marks_stand_next_to_the_page():
    """Another guard behind it would be passed by."""
    assert settings.MIDDLEWARE[-1] == "ashar.server.once.FormsOnce"


def test_old_marks_are_swept(db):
    SentForm.objects.create(digest="old", at=timezone.now() - once.KEPT * 2)
    SentForm.objects.create(digest="new")
    assert (once.sweep(), list(SentForm.objects.values_list("digest", flat=True))) == (1, ["new"])
