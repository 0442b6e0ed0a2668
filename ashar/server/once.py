"""A form that is sent twice is carried out once, also when the machine died before it answered.

Every form carries a mark of its own (`ashar.interface.templatetags.ashar_forms`). What the form
does and the mark are written in one transaction: either both stand or neither. The same form with
the same words, sent again, is answered with the way to what came of it. Changed words are another
form: nothing a person typed is swallowed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, connection, transaction
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ashar.interface.templatetags.ashar_forms import MARK
from ashar.journal.actions import deed
from ashar.server.models import SentForm

LEFT_OUT = {"csrfmiddlewaretoken"}
KEPT = timedelta(days=3)
WRITES = ("INSERT", "UPDATE", "DELETE")
View = Callable[..., HttpResponseBase]


class FormsOnce:
    """Carries out each marked form once; must be the last in MIDDLEWARE, next to the page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass everything on; the work is done around the page itself."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, arguments: Any, named: Any
    ) -> HttpResponseBase | None:
        """Write the mark, carry out the page and keep both or neither."""
        if request.method != "POST" or not request.POST.get(MARK):
            return None
        digest = digest_of(request)
        try:
            # One deed: the journal's head is held at its end only, however much the page does.
            with deed():
                if not _is_first(digest):
                    return _again(request, digest)
                return _carry_out(digest, lambda: view(request, *arguments, **named))
        except _Failed as failed:
            return failed.response


class _Failed(Exception):
    """The page failed with an answer of its own: what was begun is undone."""

    def __init__(self, response: HttpResponseBase) -> None:
        super().__init__()
        self.response = response


def digest_of(request: HttpRequest) -> str:
    """Return the digest of who sends what to where; a changed word gives another one."""
    said = hashlib.sha256(f"{request.user.pk or ''}\0{request.path}".encode())
    for name in sorted(set(request.POST) - LEFT_OUT):
        said.update(f"\0{name}".encode("utf-8", "surrogatepass"))
        for value in request.POST.getlist(name):
            said.update(b"\1" + str(value).encode("utf-8", "surrogatepass"))
    for name in sorted(request.FILES):
        for upload in request.FILES.getlist(name):
            said.update(f"\2{name}\0{upload.name}\0{upload.size}".encode("utf-8", "surrogatepass"))
            _add_content(said, upload)
    return said.hexdigest()


def _add_content(said: Any, upload: UploadedFile[Any]) -> None:
    if upload.file is not None and upload.seekable():
        for chunk in upload.chunks():
            said.update(chunk)
        upload.seek(0)


def _is_first(digest: str) -> bool:
    """Write the mark; a second sender waits here until the first is done."""
    try:
        with transaction.atomic():
            SentForm.objects.create(digest=digest)
    except IntegrityError:
        return False
    return True


def _carry_out(digest: str, view: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Carry out the page; the mark stays only if something was written and an answer given."""
    written: list[bool] = []

    def watch(execute: Any, sql: str, values: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        if sql.lstrip()[:6].upper() in WRITES:
            written.append(True)
        return execute(sql, values, many, context)

    with connection.execute_wrapper(watch):
        response = view()
    mine = SentForm.objects.filter(digest=digest)
    if written and isinstance(response, HttpResponseRedirect):
        mine.update(answer=response.url)
    else:
        mine.delete()
    if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise _Failed(response)
    return response


def _again(request: HttpRequest, digest: str) -> HttpResponseBase:
    """Lead to what came of the same form the first time."""
    messages.info(request, _("This was already sent and carried out once. Here is the result."))
    answer = SentForm.objects.values_list("answer", flat=True).get(digest=digest)
    return HttpResponseRedirect(answer or request.path)


def sweep() -> int:
    """Forget old marks; nobody sends the same page again after days."""
    gone, _kinds = SentForm.objects.filter(at__lt=timezone.now() - KEPT).delete()
    return gone
