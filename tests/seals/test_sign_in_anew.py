"""P38: a session left open makes no seal: whoever changes one shows anew who she is."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ashar.desk.core import COMMISSION
from ashar.parties.actions import give_mandate
from ashar.seals import views
from ashar.seals.core import new_identity, recipient_of
from ashar.seals.core.passphrase import lock
from ashar.seals.models import MemberKey
from tests.people import build_world

pytestmark = pytest.mark.django_db
EASY = 4  # the words of a test need not resist


@pytest.fixture
def member(settings):
    """A member of a commission who signed in long ago."""
    settings.ASHAR_SIGN_IN_ANEW = True
    world = build_world()
    account = world.people[COMMISSION[0]]
    give_mandate(
        person=account.person,
        organisation=world.bodies["kenesh"],
        role="member",
        valid_from=timezone.localdate(),
        by=None,
    )
    client = Client()
    client.force_login(account)
    return client


def seals_made_without_asking(client):
    """Return how many seals the open session can make or lock anew."""
    identity = new_identity()
    sent = {
        "recipient": recipient_of(identity),
        "locked": lock(identity, "төрт жөнөкөй сөз керек", work_factor=EASY),
    }
    for name in ("seals:keep_key", "seals:keep_passphrase"):
        client.post(reverse(name), sent)
    return MemberKey.objects.count()


def test_p38_a_session_left_open_makes_no_seal(member):
    assert "/account/anew/" in member.get(reverse("seals:my_key")).headers["Location"]
    assert seals_made_without_asking(member) == 0


def test_p38_notices_when_nobody_is_asked_for_a_seal(member, monkeypatch):
    monkeypatch.setattr(views, "must_sign_in_anew", lambda _request: False)
    assert seals_made_without_asking(member) == 1
