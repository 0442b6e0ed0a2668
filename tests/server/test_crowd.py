"""A crowd gets the same page; whoever is somebody gets one's own."""

from __future__ import annotations

import threading

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from ashar.server.crowd import ForTheCrowd
from tests.people import build_world

asked = RequestFactory()


class Pages:
    """An application that counts how often it was asked."""

    def __init__(self, **headers):
        self.made = 0
        self.headers = headers

    def __call__(self, _request):
        self.made += 1
        return HttpResponse(f"page {self.made}", headers=self.headers)


@pytest.fixture(autouse=True)
def _kept(settings):
    settings.ASHAR_CROWD_SECONDS = 60


def bodies(front, *requests):
    return [front(request).content.decode() for request in requests]


def test_nobody_in_particular_gets_what_was_made_for_another():
    pages = Pages(**{"X-Frame-Options": "DENY"})
    front = ForTheCrowd(pages)
    assert bodies(front, asked.get("/ky/"), asked.get("/ky/")) == ["page 1", "page 1"]
    assert front(asked.get("/ky/"))["X-Frame-Options"] == "DENY"
    assert bodies(front, asked.get("/ru/"), asked.get("/ky/?page=2")) == ["page 2", "page 3"]


def test_who_is_signed_in_or_has_a_message_waiting_gets_a_fresh_page():
    front = ForTheCrowd(Pages())
    requests = [asked.get("/ky/") for _ in range(4)]
    requests[1].COOKIES["sessionid"] = "x"
    requests[2].COOKIES["messages"] = "x"
    assert bodies(front, *requests) == ["page 1", "page 2", "page 3", "page 1"]


@pytest.mark.parametrize(
    "headers", [{"Cache-Control": "private, no-store"}, {"Content-Type": "application/json"}]
)
def test_what_is_meant_for_one_is_not_kept(headers):
    front = ForTheCrowd(Pages(**headers))
    assert bodies(front, asked.get("/ky/"), asked.get("/ky/")) == ["page 1", "page 2"]


def test_posts_and_fragments_pass():
    front = ForTheCrowd(Pages())
    fragment = asked.get("/ky/", headers={"HX-Request": "true"})
    assert bodies(front, asked.post("/ky/"), asked.post("/ky/"), fragment) == [
        "page 1", "page 2", "page 3",
    ]  # fmt: skip


def test_a_page_is_made_once_for_all_who_wait():
    pages = Pages()
    begin = threading.Barrier(8)

    def slow(request):
        threading.Event().wait(0.05)
        return pages(request)

    front = ForTheCrowd(slow)

    def one():
        begin.wait()
        front(asked.get("/ky/"))

    threads = [threading.Thread(target=one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert pages.made == 1


@pytest.mark.django_db
def test_a_page_with_a_form_and_the_pages_of_the_signed_in_are_never_kept():
    world = build_world()
    tokens = {Client().get("/ky/account/sign-in/").cookies["csrftoken"].value for _ in range(2)}
    assert len(tokens) == 2
    assert Client().get("/ky/").status_code == 200
    someone = Client()
    someone.force_login(world.aigul)
    assert someone.get("/ky/").content != Client().get("/ky/").content
    assert world.aigul.person.name not in Client().get("/ky/").content.decode()
