"""From here on the database itself refuses a payment of one person."""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    """A constraint of the table: no setting and no bulk update goes round it."""

    dependencies = [("agreements", "0003_payments_of_one_person")]
    operations = [
        migrations.AddConstraint(
            model_name="tranche",
            constraint=models.CheckConstraint(
                condition=Q(paid__isnull=True, paid_on__isnull=True)
                | (
                    Q(paid__isnull=False, paid_on__isnull=False)
                    & Q(prepared_by__isnull=False, approved_by__isnull=False)
                    & ~Q(prepared_by=F("approved_by"))
                ),
                name="tranche_paid_by_two",
            ),
        ),
    ]
