"""Saving so that a refusal is a sentence and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ashar.agreements.actions import ChangedMeanwhile, NotNow, ReportAwaited
from ashar.documents.actions import RefusedUpload
from ashar.interface.forms import AsharForm
from ashar.parties.models import Account


def writer(request: HttpRequest) -> Account:
    """Return the account of the person who writes; the page let in nobody without one."""
    return cast("Account", request.user)


def saved(request: HttpRequest, form: AsharForm, draft: Any, act: Callable[[], object]) -> bool:
    """Carry out the act; when it is refused say why in the form and return False.

    After a refusal because somebody else saved, the form carries the present version, so that
    what was typed can be saved after a look.
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
        draft.refresh_from_db(fields=["draft_version"])
        typed: Any = form.data
        form.data = typed.copy()
        form.data["version"] = str(draft.draft_version)  # type: ignore[index]
    except NotNow:
        form.add_error(
            None, _("The matter has moved on to another stage; this can no longer be changed.")
        )
    except ReportAwaited:
        form.add_error(
            None,
            _("A tranche waits for the report that is left out. Change the tranche first."),
        )
    except RefusedUpload as refused:
        form.add_error("receipt", str(refused))
    else:
        messages.success(request, _("Saved."))
        return True
    return False


def form_page(request: HttpRequest, context: Mapping[str, Any]) -> HttpResponse:
    """Show a form of this room; 409 when it was refused as a whole."""
    form = context["form"]
    is_refused = form.is_bound and bool(form.non_field_errors())
    template = context.get("template", "agreements/form.html")
    return render(request, template, dict(context), status=409 if is_refused else 200)
