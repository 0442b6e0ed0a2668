"""What people are told: once, in their language, and only those whom it concerns."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from ashar.cases.actions import Opening, make_move, open_case
from ashar.cases.models import Case
from ashar.journal.actions import publish_checkpoint
from ashar.journal.queries.marks import judge_printed, printed_mark
from ashar.notices.actions import mark_read, remind, send_due, tell
from ashar.notices.models import Message
from ashar.notices.queries import accounts_standing_as, messages_of
from tests.people import build_world

TEXTS = {"ky": "Чечим чыкты", "ru": "Принято решение", "en": "Decided"}


@pytest.fixture
def world(db):
    return build_world()


@pytest.fixture
def case(world):
    return open_case(
        Opening("needs_study", "study", world.aimak, title_ky="Изилдөө", title_ru="Изучение",
                parties={"municipality": world.bodies["okmotu"]}),
        by=world.aigul,
    )  # fmt: skip


def names(accounts):
    return {one.username for one in accounts}


def test_those_who_stand_in_the_case(world, case):
    assert names(accounts_standing_as(case, "municipality")) == {"aigul", "azamat", "head"}
    assert names(accounts_standing_as(case, None)) == {"aigul", "azamat", "head"}
    assert names(accounts_standing_as(case, "kenesh")) == set()


def test_the_same_is_told_once(world, case):
    for _time in range(2):
        tell([world.aigul], case, occasion="decision:1", texts=TEXTS)
    assert messages_of(world.aigul).count() == 1
    assert messages_of(world.zamir).count() == 0


@pytest.mark.parametrize(
    ("hours", "expected"), [(48, "бүтөт"), (-2, "бүттү"), (24 * 5, ""), (-24 * 3, "")]
)
def test_reminders_before_and_after_the_day(world, case, hours, expected):
    now = timezone.now()
    Case.objects.filter(pk=case.pk).update(due_at=now + timedelta(hours=hours))
    written = remind(now)
    texts = {one.text_ky for one in Message.objects.all()}
    assert written == (3 if expected else 0)
    assert all(expected in text for text in texts)
    remind(now)
    assert Message.objects.count() == written


def test_a_closed_case_reminds_nobody(world, case):
    now = timezone.now()
    Case.objects.filter(pk=case.pk).update(due_at=now, closed_at=now)
    assert remind(now) == 0


def test_letters_go_to_those_with_an_address(world, case, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    type(world.aigul).objects.filter(pk=world.aigul.pk).update(email="aigul@example.org")
    tell([world.aigul, world.azamat], case, occasion="one", texts=TEXTS)
    assert (send_due(), send_due()) == (1, 0)
    (letter,) = mail.outbox
    assert letter.to == ["aigul@example.org"]
    assert "Чечим чыкты" in letter.body
    assert case.ref in letter.body


def test_a_letter_that_fails_is_tried_again(world, case, settings, monkeypatch):
    type(world.aigul).objects.filter(pk=world.aigul.pk).update(email="aigul@example.org")
    tell([world.aigul], case, occasion="one", texts=TEXTS)

    def fail(*_args, **_kwargs):
        raise OSError

    monkeypatch.setattr("ashar.notices.actions.send_mail", fail)
    assert send_due() == 0
    assert Message.objects.filter(sent_at__isnull=True).count() == 1


def test_reading_is_noted(world, case):
    tell([world.aigul], case, occasion="one", texts=TEXTS)
    assert (mark_read(world.aigul), mark_read(world.aigul)) == (1, 0)


def test_a_returned_programme_says_what_was_done_and_why(world):
    programme = open_case(
        Opening("social_order_programme", "programme", world.aimak,
                title_ky="Программа", title_ru="Программа 2027",
                parties={"municipality": world.bodies["okmotu"],
                         "kenesh": world.bodies["kenesh"]}),
        by=world.aigul,
    )  # fmt: skip
    Case.objects.filter(pk=programme.pk).update(stage="before_kenesh")
    programme.refresh_from_db()
    reason = {"reason": "Булагы так эмес"}
    make_move(programme, "return_to_drafting", by=world.kanat, answers=reason)
    (told,) = messages_of(world.aigul)
    assert told.text_ru == (
        "«Программа 2027»: принято решение «Вернуть на доработку», теперь на стадии "
        "«Подготовка проекта». Причина: Булагы так эмес"
    )
    assert "Себеби: Булагы так эмес" in told.text_ky
    assert messages_of(world.kanat).count() == 0


def test_p3_every_letter_carries_the_newest_mark_of_the_journal(world, case, settings, tmp_path):
    settings.CHECKPOINT_DIR, settings.KEYS_DIR = tmp_path / "marks", tmp_path / "keys"
    publish_checkpoint()
    world.aigul.email = "aigul@example.kg"
    world.aigul.save()
    tell([world.aigul], case, occasion="receipt:1", texts=TEXTS)
    assert send_due() == 1
    assert printed_mark() in mail.outbox[0].body
    assert judge_printed(printed_mark()).verdict == "fits"
