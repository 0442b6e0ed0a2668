"""Writes of notices: telling the actors of a case, reminding them, sending the letters."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from ashar.cases.models import Case, Decision
from ashar.cases.queries import procedure_of
from ashar.journal.queries.marks import printed_mark
from ashar.notices.models import Message
from ashar.notices.queries import accounts_standing_as
from ashar.parties.models import Account

LANGUAGES = ("ky", "ru", "en")
# The office's own habit, not a term of any law: a reminder some days before and the day after.
REMIND_BEFORE = timedelta(days=3)
SENT_AT_ONCE = 200


def tell(accounts: Iterable[Account], case: Case, *, occasion: str, texts: dict[str, str]) -> int:
    """Put one message for each account into the outbox; the same occasion is told once."""
    now = timezone.now()
    messages = [
        Message(
            to=account,
            case=case,
            occasion=occasion,
            text_ky=texts["ky"],
            text_ru=texts["ru"],
            text_en=texts["en"],
            created_at=now,
        )
        for account in accounts
    ]
    Message.objects.bulk_create(messages, ignore_conflicts=True)
    return len(messages)


def tell_of_decision(case: Case, decision: Decision, actor: str) -> None:
    """Tell those who stand as the actor, here or below, what was decided."""
    texts = {tongue: _decision_in_words(case, decision, tongue) for tongue in LANGUAGES}
    accounts = accounts_standing_as(case, actor)
    tell(accounts, case, occasion=f"decision:{decision.pk}", texts=texts)


def _decision_in_words(case: Case, decision: Decision, tongue: str) -> str:
    """Say what was decided, where the case stands now, and the reason where one was written."""
    track = procedure_of(case).tracks[case.track]
    left = track.stages.get(decision.from_stage)
    move = left.moves.get(decision.move) if left else None
    stage = track.stages[decision.to_stage]
    reason = str(decision.answers.get("reason") or "").strip()
    with override(tongue):
        title = case.title_ru if tongue == "ru" else case.title_ky
        said = {"case": title or case.title_ru, "stage": stage.title.say(tongue)}
        text = _("«%(case)s»: now at «%(stage)s».") % said
        if move is not None:
            said["move"] = move.title.say(tongue)
            text = _("«%(case)s»: decided «%(move)s», now at «%(stage)s».") % said
        why = _("Reason: %(reason)s") % {"reason": reason}
        return f"{text} {why}" if reason else text


def remind(now: datetime | None = None) -> int:
    """Remind of every deadline near or just passed; return how many messages were written."""
    moment = now or timezone.now()
    near = Case.objects.running().filter(
        due_at__lte=moment + REMIND_BEFORE, due_at__gte=moment - timedelta(days=1)
    )
    written = 0
    for case in near.order_by("due_at")[:SENT_AT_ONCE]:
        is_past = case.due_at is not None and case.due_at <= moment
        texts = {}
        for tongue in LANGUAGES:
            with override(tongue):
                title = case.title_ru if tongue == "ru" else case.title_ky
                day = timezone.localtime(case.due_at).strftime("%d.%m.%Y %H:%M")
                sentence = (
                    _("«%(case)s»: the term ended on %(day)s.")
                    if is_past
                    else _("«%(case)s»: the term ends on %(day)s.")
                )
                texts[tongue] = sentence % {"case": title, "day": day}
        occasion = f"{'after' if is_past else 'before'}:{case.due_at:%Y-%m-%d}"
        written += tell(accounts_standing_as(case, None), case, occasion=occasion, texts=texts)
    return written


def send_due() -> int:
    """Send by e-mail what is in the outbox for accounts with an address; return how many.

    A letter that cannot be sent stays in the outbox and is tried again at the next round.
    """
    sent = 0
    mark = _mark_in_words()
    waiting = Message.objects.filter(sent_at__isnull=True).exclude(to__email="")
    for message in waiting.select_related("to", "case")[:SENT_AT_ONCE]:
        address = f"{settings.ASHAR_ADDRESS}/ky/cases/{message.case.ref}/"
        body = f"{message.text_ky}\n\n{message.text_ru}\n\n{address}\n{mark}"
        try:
            send_mail("Ашар", body, None, [message.to.email])
        except OSError:
            continue
        Message.objects.filter(pk=message.pk, sent_at__isnull=True).update(sent_at=timezone.now())
        sent += 1
    return sent


def _mark_in_words() -> str:
    """Say the newest mark of the journal: letters kept by many hands cannot be rewritten."""
    mark = printed_mark()
    if not mark:
        return ""
    lines = []
    for tongue in ("ky", "ru"):
        with override(tongue):
            lines.append(_("Keep this letter. Mark of the journal: %(mark)s") % {"mark": mark})
    return "\n" + "\n".join(lines) + "\n"


def mark_read(account: Account) -> int:
    """Note that the person has seen all messages; return how many were new."""
    return Message.objects.filter(to=account, read_at__isnull=True).update(read_at=timezone.now())
