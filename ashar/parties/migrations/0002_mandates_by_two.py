"""Who proposed, confirmed and ended a mandate; how an organisation is reached and paid."""

import django.db.models.deletion
from django.db import migrations, models


def person():
    """Somebody of the register, where anybody is named."""
    return models.ForeignKey(
        blank=True,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="parties.person",
    )


class Migration(migrations.Migration):
    """The columns; the database begins to demand two persons in 0004."""

    dependencies = [("parties", "0001_initial")]
    operations = [
        migrations.AddField("mandate", "given_by", person()),
        migrations.AddField(
            "mandate",
            "given_at",
            models.DateTimeField(blank=True, null=True, verbose_name="proposed"),
        ),
        migrations.AddField("mandate", "confirmed_by", person()),
        migrations.AddField(
            "mandate",
            "confirmed_at",
            models.DateTimeField(blank=True, null=True, verbose_name="confirmed"),
        ),
        migrations.AddField("mandate", "ended_by", person()),
        migrations.AddField(
            "mandate",
            "ended_on",
            models.DateField(blank=True, null=True, verbose_name="ended on"),
        ),
        migrations.AddField(
            "mandate",
            "end_reason",
            models.CharField(blank=True, max_length=300, verbose_name="why it was ended"),
        ),
        migrations.AddField(
            "organisation",
            "telephone",
            models.CharField(blank=True, max_length=60, verbose_name="telephone"),
        ),
        migrations.AddField(
            "organisation",
            "account_number",
            models.CharField(blank=True, max_length=60, verbose_name="bank account"),
        ),
        migrations.AddField(
            "organisation",
            "keeper",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="kept",
                to="parties.organisation",
            ),
        ),
    ]
