"""Accounts are watched by the journal: their manager is no longer that of Django."""

from django.db import migrations


class Migration(migrations.Migration):
    """Nothing in the table changes."""

    dependencies = [("parties", "0004_confirmed_by_another")]
    operations = [migrations.AlterModelManagers(name="account", managers=[])]
