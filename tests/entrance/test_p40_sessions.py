"""P40: sessions end by rest, by age, by the administrator, and when a password or factor changes."""

from __future__ import annotations

from datetime import timedelta
from unittest import mock

import pytest
from django.core.management import call_command
from django.utils import timezone

from ashar.desk.core import PASSWORD
from ashar.entrance.actions import sessions
from ashar.entrance.views import keeper
from tests.entrance.door import (
    DESK,
    OWN,
    add_codes,
    anew,
    browser,
    is_in,
    sign_in,
    written,
)

NEW = "коён тоодо чай ичет"
REAL_NOW = timezone.now


def later(**duration):
    """Let time pass."""
    moment = REAL_NOW() + timedelta(**duration)
    return mock.patch("django.utils.timezone.now", return_value=moment)


def signed_in(name, **further):
    client = browser()
    sign_in(client, name, **further)
    assert is_in(client)
    return client


def idle(name, minutes, **further):
    """After so many minutes without work the next request still finds somebody signed in."""
    client = signed_in(name, **further)
    with later(minutes=minutes):
        return [f"{name} is still in after {minutes} idle minutes"] * is_in(client)


def tireless():
    """Somebody who never rests for half an hour is signed out when the day is over."""
    client = signed_in("aigul")
    for minutes in range(28, 8 * 60, 28):
        with later(minutes=minutes):
            assert is_in(client), minutes
    with later(hours=8, minutes=1):
        return ["the session outlives the working day"] * is_in(client)


def after_password():
    """The password is changed here; who is signed in elsewhere stays."""
    here, elsewhere = signed_in("aigul"), signed_in("aigul")
    form = {"old": PASSWORD, "new": NEW, "again": NEW}
    assert here.post(f"{OWN}password/", form).status_code == 302
    assert is_in(here)
    return ["a session outlives the password"] * is_in(elsewhere)


def after_factor():
    """A second factor is added here; who is signed in elsewhere stays."""
    here, elsewhere = signed_in("aigul"), signed_in("aigul")
    add_codes(here)
    assert is_in(here)
    reached = ["a session outlives the change of factor"] * is_in(elsewhere)
    anew(here)
    here.post(f"{OWN}codes/remove/")
    assert is_in(here)
    return reached


def by_administrator():
    """The administrator ends everything; who is signed in stays."""
    clients = [signed_in("aigul"), signed_in("aigul"), signed_in("aigul", shared="on")]
    call_command("account", "end-sessions", "aigul", verbosity=0)
    return ["a session outlives the administrator's order"] * sum(map(is_in, clients))


def all_of_it():
    return [
        *idle("aigul", 32),
        *idle("zamir", 17, shared="on"),
        *tireless(),
        *after_password(),
    ]


def test_p40_rest_ends_the_session_of_those_who_decide(world):
    assert idle("aigul", 32) == []
    assert idle("aigul", 29) == ["aigul is still in after 29 idle minutes"]
    assert idle("zamir", 32) == ["zamir is still in after 32 idle minutes"]


def test_p40_a_shared_computer_forgets_after_a_quarter_of_an_hour(world):
    assert idle("zamir", 17, shared="on") == []
    client = signed_in("zamir", shared="on")
    assert client.cookies["sessionid"]["max-age"] == ""  # gone when the browser is closed


def test_p40_the_working_day_ends(world):
    assert tireless() == []


def test_p40_a_new_password_signs_out_elsewhere(world):
    assert after_password() == []


def test_p40_a_new_factor_signs_out_elsewhere(world):
    assert after_factor() == []


def test_p40_the_administrator_ends_all(world, capsys):
    assert by_administrator() == []


def test_p40_notices_when_time_is_not_looked_at(world, monkeypatch):
    monkeypatch.setattr(keeper, "over", lambda _mark, _now: "")
    assert idle("aigul", 32)
    assert idle("zamir", 17, shared="on")


def test_p40_notices_when_the_day_does_not_end(world, settings):
    settings.SESSION_COOKIE_AGE = 24 * 60 * 60
    assert tireless()


@pytest.mark.parametrize("check", [after_password, after_factor, by_administrator])
def test_p40_notices_when_sessions_are_kept(world, monkeypatch, capsys, check):
    def keep(*_arguments, **_named):
        return 0

    monkeypatch.setattr(sessions, "end_sessions", keep)
    monkeypatch.setattr("ashar.entrance.actions.accounts.end_sessions", keep)
    monkeypatch.setattr("ashar.entrance.management.commands.account.end_sessions", keep)
    # Django itself compares the password; without that too nothing would end.
    monkeypatch.setattr(
        "django.contrib.auth.base_user.AbstractBaseUser._get_session_auth_hash",
        lambda *_arguments, **_named: "always the same",
    )
    assert check()


def test_one_session_is_ended_from_the_list(world):
    here, there = signed_in("aigul"), signed_in("aigul")
    page = here.get(OWN)
    (other,) = [row for row in page.context["sessions"] if not row.is_this]
    assert here.post(f"{OWN}sessions/{other.row}/end/").status_code == 302
    assert is_in(here)
    assert not is_in(there)
    assert written("sessions_ended")[-1].data == {"why": "one", "count": 1}


def test_nobody_ends_the_session_of_another(world):
    mine, his = signed_in("aigul"), signed_in("zamir")
    (row,) = his.get(OWN).context["sessions"]
    mine.post(f"{OWN}sessions/{row.row}/end/")
    assert is_in(his)


def test_all_others_are_ended_at_once(world):
    here, there = signed_in("aigul"), signed_in("aigul")
    here.post(f"{OWN}sessions/end/")
    assert (is_in(here), is_in(there)) == (True, False)


def test_who_was_signed_out_is_told_and_led_back(world):
    client = signed_in("aigul")
    with later(minutes=40):
        answer = client.get(DESK, follow=True)
    assert "next=%2Fky%2Fdesk%2F" in answer.redirect_chain[0][0]
    assert answer.context["messages"]


def test_pages_of_those_signed_in_are_not_kept_by_the_browser(world):
    client = signed_in("aigul")
    assert "no-store" in client.get(DESK)["Cache-Control"]
    assert "no-store" not in browser().get("/ky/").headers.get("Cache-Control", "")


def test_signed_in_pages_ask_nothing_more(world, django_assert_num_queries):
    client = signed_in("zamir")
    with django_assert_num_queries(2):  # the session and the account, as without the keeper
        client.get("/ky/law/")


def test_signing_in_is_written(world):
    signed_in("aigul")
    (entry,) = written("signed_in")
    assert entry.actor_account == world.aigul.pk
    assert entry.data == {"methods": ["password"]}
