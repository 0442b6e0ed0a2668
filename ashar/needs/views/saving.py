"""Saving so that a refusal is a sentence and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from ashar.cases.models import Case
from ashar.interface.forms import AsharForm
from ashar.needs.actions import ChangedMeanwhile, NotNow
from ashar.parties.models import Account


def signed_in(request: HttpRequest) -> Account:
    """Return the account of a page that asks to sign in first."""
    return cast("Account", request.user)


def _moved_on() -> str:
    return _(
        "The matter has moved on to another stage, so this can no longer be changed. "
        "Look at the page of the study or gathering to see where it stands."
    )


def is_too_late(request: HttpRequest, case: Case, *stages: str) -> bool:
    """Say in a message that the page cannot be opened any more, when the case left the stages.

    What was typed before is not turned away here: the action refuses it beside the form.
    """
    if request.method == "POST" or case.stage in stages:
        return False
    messages.info(request, _moved_on())
    return True


def saved(
    request: HttpRequest, form: AsharForm, act: Callable[[], object], *, fresh: Callable[[], int]
) -> bool:
    """Carry out the act; when it is refused say why in the form and return False.

    `fresh` reads the present version, under which what was typed can be saved after a look.
    """
    try:
        act()
    except ChangedMeanwhile:
        form.add_error(
            None,
            _(
                "Somebody saved this page while you were typing. What you typed is kept here. "
                "Compare it with the saved page in another tab, then save again."
            ),
        )
        typed = cast("QueryDict", form.data).copy()
        typed["version"] = str(fresh())
        form.data = typed
    except NotNow:
        form.add_error(None, _moved_on())
    else:
        messages.success(request, _("Saved."))
        return True
    return False


def status_of(form: AsharForm) -> int:
    """Return the answer's code: 409 when the page was refused as a whole."""
    return 409 if form.is_bound and form.non_field_errors() else 200
