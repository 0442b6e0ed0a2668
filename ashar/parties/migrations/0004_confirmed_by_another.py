"""From here on the database itself refuses a mandate that one person gave alone."""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    """A constraint of the table; a mandate that was ended may be given again the same day."""

    dependencies = [("parties", "0003_mandates_given_before")]
    operations = [
        migrations.AddConstraint(
            "mandate",
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=True, given_by__isnull=True)
                | (
                    Q(confirmed_at__isnull=False, confirmed_by__isnull=False)
                    & Q(given_by__isnull=False)
                    & ~Q(given_by=F("confirmed_by"))
                    & ~Q(person=F("confirmed_by"))
                ),
                name="mandate_confirmed_by_another",
            ),
        ),
        migrations.RemoveConstraint("mandate", "mandate_once"),
        migrations.AddConstraint(
            "mandate",
            models.UniqueConstraint(
                condition=Q(ended_on__isnull=True),
                fields=("person", "organisation", "role", "valid_from"),
                name="mandate_once",
            ),
        ),
    ]
