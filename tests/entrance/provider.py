"""A real identity provider in a process of its own: allauth's, with two citizens.

python provider.py PORT FOLDER CALLBACK
"""

from __future__ import annotations

# ruff: noqa: PLC0415, T201 - Django is set up by this process itself; “ready” is its answer
import sys
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings

CLIENT, SECRET = "ashar", "only-in-tests"
CITIZENS = {"asan": "asan@example.kg", "uson": "uson@example.kg"}


def key():
    """The key with which the provider signs."""
    return (
        rsa.generate_private_key(public_exponent=65537, key_size=2048)
        .private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        .decode()
    )


def configure(folder):
    """The provider's own settings: nothing of ours."""
    settings.configure(
        SECRET_KEY="only-in-tests",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=__name__,
        SESSION_COOKIE_NAME="provider",
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
            "allauth",
            "allauth.account",
            "allauth.idp.oidc",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "allauth.account.middleware.AccountMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
            }
        ],
        DATABASES={
            "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": Path(folder) / "db.sqlite3"}
        },
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
        IDP_OIDC_PRIVATE_KEY=key(),
        IDP_OIDC_RATE_LIMITS=False,
    )
    django.setup()


def enter(request, name):
    """Somebody signs in at the provider; how, is the provider's business."""
    from django.contrib.auth import get_user_model, login
    from django.http import HttpResponse

    backend = "django.contrib.auth.backends.ModelBackend"
    login(request, get_user_model().objects.get(username=name), backend=backend)
    return HttpResponse("in")


def fill(callback):
    """Two citizens and one site that may ask about them."""
    from allauth.idp.oidc.models import Client
    from django.contrib.auth import get_user_model
    from django.contrib.auth.hashers import make_password
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    for name, address in CITIZENS.items():
        get_user_model().objects.create_user(name, address)
    Client.objects.create(
        id=CLIENT,
        name="Ashar",
        secret=make_password(SECRET),
        redirect_uris=callback,
        skip_consent=True,
    )


class _Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Silent(WSGIRequestHandler):
    def log_message(self, *_arguments):
        """Say nothing."""


def main(port, folder, callback):
    """Serve until ended."""
    configure(folder)
    fill(callback)
    from django.core.wsgi import get_wsgi_application

    with make_server("127.0.0.1", int(port), get_wsgi_application(), _Threads, _Silent) as server:
        print("ready", flush=True)
        server.serve_forever()


def __getattr__(name):
    """The addresses are known once Django is set up."""
    if name != "urlpatterns":
        raise AttributeError(name)
    from django.urls import include, path

    return [
        path("enter/<str:name>/", enter),
        path("account/", include("allauth.account.urls")),
        path("", include("allauth.idp.urls")),
    ]


if __name__ == "__main__":
    main(*sys.argv[1:])
