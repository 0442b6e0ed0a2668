"""P4: whoever changes rights, approvals or costs by SQL is seen: not scores and sums alone."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.utils import timezone

from ashar.agreements.models import CostLine
from ashar.calls.models import BudgetLine
from ashar.journal.queries import verify
from ashar.journal.queries.rows import watched_models
from ashar.parties.models import Account
from ashar.people.actions import give_clearance
from ashar.people.models import Clearance
from ashar.privacy.models import CardRequest
from tests.people import build_world

pytestmark = pytest.mark.django_db
WATCHED = (Account, Clearance, CardRequest, CostLine, BudgetLine)


def behind_the_back(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_p4_a_stolen_account_shows():
    world = build_world()
    assert verify().faults == []
    behind_the_back(
        "UPDATE parties_account SET password = %s WHERE id = %s", "another", world.aigul.pk
    )
    assert len(verify().faults) == 1


def test_p4_a_right_to_read_written_by_sql_shows():
    world = build_world()
    given = give_clearance(
        person=world.aigul.person,
        organisation=world.bodies["okmotu"],
        kind="health",
        valid_from=timezone.localdate(),
        act="Буйрук № 1",
        by=world.people["head"],
    )
    assert verify().faults == []
    behind_the_back(
        "UPDATE people_clearance SET valid_to = %s WHERE id = %s", date(2040, 1, 1), given.pk
    )
    assert len(verify().faults) == 1


def test_p4_signing_in_is_no_change_of_rights(client):
    world = build_world()
    client.force_login(world.aigul)
    Account.objects.filter(pk=world.bakyt.pk).update(is_active=False)
    assert verify().faults == []


def test_p4_the_watch_notices_when_an_account_is_left_out(monkeypatch):
    world = build_world()
    monkeypatch.setattr(Account, "unwatched", ("last_login", "password"))
    assert len(verify().faults) >= 1  # the journal says otherwise of every account
    assert world.aigul.pk


@pytest.mark.parametrize("model", WATCHED, ids=lambda model: model.__name__)
def test_p4_each_is_watched(model):

    assert model in watched_models()
    assert hasattr(model.objects.all(), "hold")
