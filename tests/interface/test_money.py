"""An amount goes into the database as whole tyiyn and comes back the same."""

from __future__ import annotations

import pytest
from django.db import connection, models
from django.test.utils import isolate_apps

from ashar.interface.fields import SomFormField
from ashar.interface.money import SomField
from ashar.kernel.money import LARGEST, Som


@pytest.fixture
def purse(transactional_db):
    with isolate_apps("ashar.interface"):

        class Purse(models.Model):  # noqa: DJ008 - lives for one test
            amount = SomField(null=True)

            class Meta:
                app_label = "interface"

        with connection.schema_editor() as editor:
            editor.create_model(Purse)
        yield Purse
        with connection.schema_editor() as editor:
            editor.delete_model(Purse)


@pytest.mark.parametrize("amount", [Som(1), Som.of(13_900_000), Som(LARGEST), Som(0), None])
def test_there_and_back(purse, amount):
    pk = purse.objects.create(amount=amount).pk
    assert purse.objects.get(pk=pk).amount == amount


def test_amounts_are_compared_and_added_in_the_database(purse):
    for tyiyn in (1, 200, 30_000):
        purse.objects.create(amount=Som(tyiyn))
    assert purse.objects.filter(amount__gte=Som(200)).count() == 2
    assert purse.objects.aggregate(total=models.Sum("amount"))["total"] == Som(30_201)


def test_the_form_asks_as_people_write():
    field = SomField(blank=True, verbose_name="Cost").formfield()
    assert isinstance(field, SomFormField)
    assert (field.required, field.label) == (False, "Cost")
    assert field.prepare_value(Som.of(1234, 5)) == "1 234,05"
    assert not field.has_changed(Som.of(1), "1,00")


def test_a_dump_holds_tyiyn():
    field = SomField()
    assert (field.to_python("125"), field.get_prep_value(Som(125))) == (Som(125), 125)
