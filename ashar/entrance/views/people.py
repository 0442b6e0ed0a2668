"""The administrator's pages: who may sign in, and help for those who cannot."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ashar.entrance.access import administrator, has_factor, signed_in_anew
from ashar.entrance.actions.accounts import give_first_password, invite_identity, make_account
from ashar.entrance.actions.sessions import end_sessions
from ashar.entrance.forms import AccountForm
from ashar.entrance.queries import (
    MOST_SHOWN,
    accounts_found,
    first_password_of,
    identities_of,
    open_sessions,
)
from ashar.parties.models import Account


@login_required
@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    """List who may sign in."""
    administrator(request)
    words = request.GET.get("q", "")[:100]
    context = {"accounts": accounts_found(words), "words": words, "most": MOST_SHOWN}
    return render(request, "entrance/accounts.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_anew
def new_account(request: HttpRequest) -> HttpResponse:
    """Open an account; its first password is shown once, to be printed."""
    me = administrator(request)
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made, password = make_account(given["username"], given["name"], by=me)
        return _paper(request, made, password)
    return render(request, "entrance/new_account.html", {"form": form})


@login_required
@require_safe
def account(request: HttpRequest, row: int) -> HttpResponse:
    """Show how somebody signs in, without any secret."""
    administrator(request)
    found = get_object_or_404(Account.objects.select_related("person"), pk=row)
    context = {
        "account": found,
        "has_factor": has_factor(found),
        "first_password": first_password_of(found),
        "session_count": len(open_sessions(found, None)),
        "identities": identities_of(found),
        "identity_name": settings.ASHAR_IDENTITY["name"] if settings.ASHAR_IDENTITY else "",
    }
    return render(request, "entrance/account.html", context)


@login_required
@require_POST
@signed_in_anew
def sign_out_everywhere(request: HttpRequest, row: int) -> HttpResponse:
    """End every session of a person: a telephone was lost, somebody left the service."""
    me = administrator(request)
    found = get_object_or_404(Account, pk=row)
    count = end_sessions(found, by=me, why="administrator")
    messages.success(
        request, _("Signed out everywhere. Sessions ended: %(count)d.") % {"count": count}
    )
    return redirect("entrance:account", row)


@login_required
@require_POST
@signed_in_anew
def reset(request: HttpRequest, row: int) -> HttpResponse:
    """Give a new first password; it is shown once, to be printed."""
    me = administrator(request)
    found = get_object_or_404(Account, pk=row)
    return _paper(request, found, give_first_password(found, by=me))


@login_required
@require_POST
@signed_in_anew
def invite(request: HttpRequest, row: int) -> HttpResponse:
    """Give a link by which the person links her state identity, once."""
    me = administrator(request)
    found = get_object_or_404(Account.objects.select_related("person"), pk=row)
    link = reverse("entrance:invited", args=[invite_identity(found, by=me)])
    context = {"account": found, "link": settings.ASHAR_ADDRESS + link}
    return render(request, "entrance/invitation_paper.html", context)


def _paper(request: HttpRequest, found: Account, password: str) -> HttpResponse:
    context = {
        "account": found,
        "password": password,
        "address": settings.ASHAR_ADDRESS + reverse("sign-in"),
    }
    return render(request, "entrance/first_password.html", context)
