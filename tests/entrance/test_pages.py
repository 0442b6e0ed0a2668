"""No page of allauth's own look can be reached; the headers stand on every page."""

from __future__ import annotations

from django.conf import settings
from django.template.loader import get_template
from django.urls import URLPattern, get_resolver

from ashar.entrance import urls
from tests.entrance.door import browser

FURTHER = (
    *("account/account_inactive.html", "account/signup_closed.html", "429.html"),
    *("socialaccount/authentication_error.html", "entrance/closed.html"),
)


def patterns(resolver=None):
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLPattern):
            yield one
        else:
            yield from patterns(one)


def foreign(addresses, further=FURTHER):
    """Addresses of allauth that we did not name, and pages that are not ours."""
    named = {id(one) for one in (*urls.urlpatterns, *urls.callback_patterns)}
    found, templates = [], list(further)
    for one in addresses:
        view = getattr(one.callback, "view_class", None)
        if one.callback.__module__.startswith("allauth") or (
            view is not None and view.__module__.startswith("allauth")
        ):
            found += [] if id(one) in named else [one.name]
        template = getattr(view, "template_name", None)
        if template and any(base.__module__.startswith("allauth") for base in view.__mro__):
            templates.append(template)
    here = str(settings.BASE_DIR / "ashar" / "entrance")
    return found + [name for name in templates if here not in get_template(name).origin.name]


def test_every_page_of_the_door_is_ours():
    assert foreign(patterns()) == []


def test_notices_when_a_page_of_allauth_is_reached():
    from allauth.account.urls import urlpatterns  # noqa: PLC0415 - not ours to have at hand

    assert {"account_signup", "account/signup.html"} <= set(foreign(urlpatterns))


def test_there_is_no_open_registration(db):
    for address in ("signup/", "login/", "password/reset/", "email/", "confirm-email/"):
        assert browser().get(f"/ky/account/{address}").status_code == 404, address


def test_the_headers(db):
    answer = browser().get("/ky/account/sign-in/")
    policy = answer["Content-Security-Policy"]
    assert {"script-src 'self'", "default-src 'none'"} <= set(policy.split("; "))
    assert "unsafe-eval" not in policy
    assert "camera=()" in answer["Permissions-Policy"]
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Referrer-Policy"] == "same-origin"
