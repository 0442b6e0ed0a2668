"""Envelopes may only be added: the database itself refuses the rest."""

from django.db import migrations

from ashar.journal.core import append_only_steps


class Migration(migrations.Migration):
    """Triggers on both databases."""

    dependencies = [("seals", "0001_initial")]
    operations = [migrations.RunPython(*append_only_steps("seals_envelope"))]
