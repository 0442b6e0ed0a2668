"""Reminders of the days on which the parties themselves agreed: reports and payments."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from ashar.agreements.models import Report, Tranche
from ashar.notices.actions import LANGUAGES, REMIND_BEFORE, SENT_AT_ONCE, tell
from ashar.notices.queries import accounts_standing_as

RUNNING = "running"


def remind_of_agreed_days(now: datetime | None = None) -> int:
    """Remind the contractor of reports and the customer of payments, before and after the day.

    These days stand in no law but in the agreement, so the procedure has no clock for them.
    Returns how many messages were written; the same day is told once.
    """
    today = timezone.localdate(now or timezone.now())
    near = {
        "agreement__case__stage": RUNNING,
        "due_on__lte": today + REMIND_BEFORE,
        "due_on__gte": today - timedelta(days=1),
    }
    reports = Report.objects.filter(case__stage="draft", **near)
    tranches = Tranche.objects.filter(case__stage="payable", **near)
    return _tell(reports, "contractor", today) + _tell(tranches, "customer", today)


def _tell(parts: Any, actor: str, today: date) -> int:
    written = 0
    for part in _first(parts):
        is_past = part.due_on < today
        texts = {}
        for tongue in LANGUAGES:
            with override(tongue):
                title = part.case.title_ru if tongue == "ru" else part.case.title_ky
                sentence = (
                    _("«%(case)s»: the agreed day was %(day)s.")
                    if is_past
                    else _("«%(case)s»: the agreed day is %(day)s.")
                )
                texts[tongue] = sentence % {"case": title, "day": f"{part.due_on:%d.%m.%Y}"}
        occasion = f"{'agreed-after' if is_past else 'agreed-before'}:{part.due_on}"
        accounts = accounts_standing_as(part.case, actor)
        written += tell(accounts, part.case, occasion=occasion, texts=texts)
    return written


def _first(parts: Any) -> Iterable[Any]:
    return list(parts.select_related("case").order_by("due_on", "pk")[:SENT_AT_ONCE])
