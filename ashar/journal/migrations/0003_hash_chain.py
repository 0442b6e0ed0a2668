"""Every entry carries the digest of the one before it; what was written so far is chained."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from ashar.journal.core import append_only_steps
from ashar.journal.core.chain import FIRST, Line, digest_of

GUARD, UNGUARD = append_only_steps("journal_entry")


def chain(apps, schema_editor):
    """Number what was written from 1 and chain it, in the order of writing."""
    entry_model, head_model = apps.get_model("journal", "Entry"), apps.get_model("journal", "Head")
    previous, at = FIRST, None
    written = list(entry_model.objects.order_by("number").values())
    entry_model.objects.all().delete()
    entries = []
    for number, values in enumerate(written, start=1):
        entry = entry_model(**{**values, "number": number, "rows": {}})
        previous = entry.digest = digest_of(
            [getattr(entry, name) for name in Line._fields[:-1]], previous
        )
        at = entry.at
        entries.append(entry)
    entry_model.objects.bulk_create(entries, batch_size=500)
    head_model.objects.create(pk=1, number=len(entries), digest=previous, at=at)


def unchain(apps, schema_editor):
    """Nothing but the digests is lost."""


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_append_only")]
    operations = [
        migrations.RunPython(UNGUARD, GUARD),
        migrations.AddField(
            "entry",
            "rows",
            models.JSONField(
                blank=True, default=dict, editable=False, verbose_name="digests of rows"
            ),
        ),
        migrations.AddField(
            "entry",
            "digest",
            models.CharField(default="", editable=False, max_length=64, verbose_name="digest"),
            preserve_default=False,
        ),
        migrations.CreateModel(
            "Head",
            [
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveBigIntegerField(default=0)),
                ("digest", models.CharField(default=FIRST, max_length=64)),
                ("at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.RunPython(chain, unchain),
        migrations.RunPython(GUARD, UNGUARD),
    ]
