"""Who prepared and who approved a payment; which programme pays for a need in which year."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The columns; the database begins to demand them in 0004."""

    dependencies = [
        ("agreements", "0001_initial"),
        ("cases", "0002_append_only"),
        ("needs", "0001_initial"),
        ("parties", "0001_initial"),
        ("programmes", "0001_initial"),
    ]
    operations = [
        migrations.AddField(
            model_name="tranche",
            name="prepared_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="parties.person",
            ),
        ),
        migrations.AddField(
            model_name="tranche",
            name="approved_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="parties.person",
            ),
        ),
        migrations.CreateModel(
            name="NeedFunding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                (
                    "need",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="funded_years",
                        to="needs.need",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programmes.programme",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="needfunding",
            constraint=models.UniqueConstraint(fields=("need", "year"), name="need_funded_once"),
        ),
    ]
