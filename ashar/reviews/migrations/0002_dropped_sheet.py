"""A declaration keeps that it dropped a sheet, and which hints the member was shown."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two columns; nothing was dropped or hinted at before."""

    dependencies = [("reviews", "0001_initial")]
    operations = [
        migrations.AddField(
            "disclosure",
            "dropped_sheet",
            models.BooleanField(default=False, verbose_name="a sheet was dropped"),
        ),
        migrations.AddField(
            "disclosure",
            "hinted",
            models.JSONField(default=list, verbose_name="kinds of hints shown"),
        ),
    ]
