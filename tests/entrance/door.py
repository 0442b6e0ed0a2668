"""What a person does at the door, in words."""

from __future__ import annotations

import json
import re
import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from ashar.desk.core import PASSWORD
from ashar.journal.models import Entry

DESK = "/ky/desk/"
SIGN_IN = "/ky/account/sign-in/"
OWN = "/ky/account/"


def browser(**headers):
    """A browser at the address by which passkeys may be tried without https."""
    return Client(SERVER_NAME="localhost", headers=headers)


def sign_in(client, name, password=PASSWORD, **further):
    """Name and password."""
    return client.post(SIGN_IN, {"username": name, "password": password, **further})


def is_in(client):
    """Whether the desk opens."""
    return client.get(DESK).status_code == 200


def anew(client, password=PASSWORD):
    """Sign in anew."""
    return client.post("/ky/account/anew/", {"password": password})


def code_of(secret, shift=0):
    """The six digits that the telephone shows."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + shift))


def add_codes(client):
    """Set up codes; return the secret that the telephone keeps."""
    page = client.get(f"{OWN}codes/add/").content.decode()
    secret = re.search(r"\b[A-Z2-7]{32}\b", page)[0]
    answer = client.post(f"{OWN}codes/add/", {"code": code_of(secret)})
    assert answer.status_code == 302, answer.content.decode()
    return secret


def options(page):
    """What the page asks the device for."""
    html = page.content.decode()
    told = re.search(r'<script id="passkey-options" type="application/json">(.*?)</script>', html)
    return json.loads(told[1])


def add_passkey(client, authenticator):
    """Add a passkey."""
    asked = options(client.get(f"{OWN}passkeys/add/"))
    made = json.dumps(authenticator.create(asked))
    return client.post(f"{OWN}passkeys/add/", {"name": "", "credential": made})


def passkey_options(client):
    """Ask for what a passkey must sign."""
    answer = client.get(f"{OWN}passkey/", headers={"accept": "application/json"})
    return answer.json()["request_options"]


def sign_in_by_passkey(client, assertion):
    """Open the door by a passkey alone."""
    return client.post(f"{OWN}passkey/", {"credential": json.dumps(assertion)})


def written(action):
    """The entries of the journal about it."""
    return list(Entry.objects.filter(action=action).order_by("number"))
