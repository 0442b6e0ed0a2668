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

# What the page on which a proposal is sealed says while it works.
SEAL_WORDS = {
    "sum": _("Sum"),
    "whole_budget": _("Whole budget"),
    "asked": _("Asked from the customer"),
    "too_much": _("more than the announcement allows"),
    "too_much_sentence": _("More is asked from the customer than the announcement allows."),
    "largest": _("Largest sum by the announcement"),
    "missing": _("Still to be filled in"),
    "all_there": _("Everything that must be filled in is filled in."),
    "no_answer": _(
        "Not saved: the site does not answer. What you typed stays on this page. If you were "
        "signed out, sign in again in another tab, then press “Save” here."
    ),
    "meanwhile": _("{person} saved this proposal while you were writing"),
    "begin_anew": _(
        "Begin with an empty form? What was written before can then be read only with the old code."
    ),
    "forget": _(
        "Forget the code on this computer? Whoever sits here next cannot read the proposal. You "
        "will need the code that you wrote down or printed."
    ),
    "take_off": _("Take off"),
    "no_file": _("Choose a file first."),
    "file_too_large": _("The file is too large. Make it smaller or send it in parts."),
    "file_kind": _(
        "This file cannot be accepted. Send one of these kinds: PDF, DOCX, XLSX, ODT, JPG, PNG."
    ),
    "sealing": _("The proposal is being closed and handed in. Please wait."),
    "kept_here": _("Kept on this computer at {time}."),
    "file_made": _("The file is made. Take it to a computer with the Internet and hand it in."),
    "file_whole_too_large": _(
        "The papers together are too large for one file. Take some off and send them smaller."
    ),
}

# Why an envelope is not taken in.
ENVELOPE_FAULTS = {
    "call": _("Proposals of this contest are not closed with keys."),
    "recipient": _("The envelope came broken. Open the page anew and hand in again."),
    "ciphertext": _("The envelope came broken or too large. Open the page anew and try again."),
    "shares": _(
        "The envelope is not made for the members of this commission. Open the page anew and "
        "hand in again."
    ),
    "papers": _("One of the papers is not there any more. Attach it again, then hand in."),
    "sealed_by": _("The envelope came broken. Open the page anew and hand in again."),
}

# The one rule on a sealed proposal that the system looks at by itself when it is opened.
AS_STATED = "as_stated"
AS_STATED_TITLE = _("The proposal holds what its page said when it was handed in")

CALL_STAGES = {
    "preparing": _("Being prepared"),
    "open": _("Proposals are accepted"),
    "opening": _("Proposals are being opened"),
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
    "not_opened": _("Remained sealed"),
}
# While a call stands here, proposals are sealed to all but their own applicants.
SEALED_STAGES = frozenset({"preparing", "open", "opening"})
