"""Fixed vocabularies of calls."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class CheckResult(models.TextChoices):
    """What was found on a rule of eligibility."""

    MET = "met", _("met")
    NOT_MET = "not_met", _("not met")


# Items of the announcement that are written in words, in the order in which they stand there.
NOTICE_PARTS = {
    "goal": _("Goal of the project"),
    "tasks": _("Tasks of the project"),
    "problem": _("Description of the problem"),
    "target_group": _("Target group"),
    "results": _("Required results"),
    "requirements": _("Requirements to applicants and papers to attach"),
    "contact": _("Where and whom to ask"),
}

# Items of the announcement that are days and sums.
NOTICE_FIGURES = {
    "starts_on": _("Work begins"),
    "ends_on": _("Work ends"),
    "maximum": _("Largest sum asked from the customer"),
}

# Parts of a proposal, as the form and the papers name them.
PROPOSAL_PARTS = {
    "title": _("Title of the project"),
    "summary": _("Summary"),
    "method": _("How the work will be done"),
    "experience": _("Experience of the organisation"),
    "sustainability": _("What stays after the project"),
    "results": _("Results"),
    "activities": _("Schedule"),
    "team": _("Team"),
    "budget": _("Budget"),
    "results_faults": _("Results: some rows cannot be read"),
    "activities_faults": _("Schedule: some rows cannot be read"),
    "team_faults": _("Team: some rows cannot be read"),
    "budget_faults": _("Budget: some rows cannot be read"),
}

COLUMN_TITLES = {
    "results": {
        "title": _("Result"),
        "unit": _("Unit"),
        "target": _("How much"),
    },
    "activities": {
        "title": _("Activity"),
        "starts_on": _("From"),
        "ends_on": _("To"),
    },
    "team": {
        "role": _("Role in the project"),
        "qualification": _("Training and experience"),
    },
    "budget": {
        "title": _("What for"),
        "unit": _("Unit"),
        "quantity": _("Quantity"),
        "rate": _("Price of a unit, som"),
        "source": _("Source"),
    },
}

FAULTS = {
    "empty": _("Please fill in this cell, or clear the whole row."),
    "negative": _("It cannot be below zero. Write it without a minus."),
    "exponent": _("Write the number in digits, without the letter “e”."),
    "ambiguous": _(
        "It is not clear where the fraction begins. Write 1 234,56: a space between "
        "thousands, a comma before the fraction."
    ),
    "too_precise": _("At most two digits after the comma."),
    "too_large": _("This number is too large. Check the number of digits."),
    "not_a_number": _("Write a number in digits, for example 1 234,56."),
    "day_missing": _("Write the day, for example 21.11.2026."),
    "day": _("This is not a date. Write day, month and year: 21.11.2026."),
    "ends_before": _("The end is before the beginning. Check both days."),
    "source": _("Choose the source from the list."),
    "source_missing": _("Choose who pays for this line."),
}

CALL_STAGES = {
    "preparing": _("Being prepared"),
    "open": _("Proposals are accepted"),
    "admission": _("Admission"),
    "scoring": _("Scoring"),
    "decided": _("Decided"),
    "awarded": _("Winner determined"),
    "failed": _("Did not take place"),
    "cancelled": _("Cancelled"),
}
PROPOSAL_STAGES = {
    "draft": _("Draft"),
    "submitted": _("Handed in"),
    "admitted": _("Admitted"),
    "not_admitted": _("Not admitted"),
    "awarded": _("Won"),
    "not_awarded": _("Did not win"),
    "withdrawn": _("Withdrawn"),
    "lapsed": _("Not handed in on time"),
}
# While a call stands here, proposals are sealed to all but their own applicants.
SEALED_STAGES = frozenset({"preparing", "open"})
