"""Mandates given before two persons were asked stay in force, as given by the installation."""

from django.db import migrations
from django.utils import timezone


def keep_in_force(apps, _schema_editor):
    """Mark every mandate there is as confirmed, by nobody in particular."""
    now = timezone.now()
    apps.get_model("parties", "Mandate").objects.update(given_at=now, confirmed_at=now)


def leave_as_it_is(_apps, _schema_editor):
    """The columns go with the way back."""


class Migration(migrations.Migration):
    """Nobody loses a right by the upgrade."""

    dependencies = [("parties", "0002_mandates_by_two")]
    operations = [migrations.RunPython(keep_in_force, leave_as_it_is)]
