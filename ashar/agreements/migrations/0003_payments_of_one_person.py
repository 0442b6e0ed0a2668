"""What one person recorded as paid waits for a second person; nobody is made up to have approved."""

from django.db import migrations


def wait_for_a_second_person(apps, _schema_editor):
    """Turn every payment recorded by one person into one that is prepared."""
    tranche_model = apps.get_model("agreements", "Tranche")
    case_model = apps.get_model("cases", "Case")
    decision_model = apps.get_model("cases", "Decision")
    for tranche in tranche_model.objects.filter(paid__isnull=False).select_related("case"):
        decision = decision_model.objects.filter(case_id=tranche.case_id, move="pay").last()
        payer = decision.made_by.person_id if decision and decision.made_by else None
        tranche_model.objects.filter(pk=tranche.pk).update(
            paid=None, paid_on=None, payment_order="", prepared_by=payer
        )
        case_model.objects.filter(pk=tranche.case_id).update(
            stage="prepared" if payer else "payable",
            closed_at=None,
            version=tranche.case.version + 1,
        )


def leave_as_it_is(_apps, _schema_editor):
    """The way back invents no payment: what waits stays unpaid until somebody records it."""


class Migration(migrations.Migration):
    """The decisions, and with them what was paid, stay as they are."""

    dependencies = [("agreements", "0002_two_persons"), ("cases", "0002_append_only")]
    operations = [migrations.RunPython(wait_for_a_second_person, leave_as_it_is)]
