"""The tool of sentences finds what lacks Kyrgyz or Russian."""

from __future__ import annotations

import polib
import pytest

from tools import messages


@pytest.fixture
def room(tmp_path):
    made = tmp_path / "wells"
    (made / "templates").mkdir(parents=True)
    (made / "views.py").write_text(
        'from x import gettext as _, pgettext\nA = _("Well" " dug")\nB = pgettext("water", "Spring")\n'
    )
    (made / "templates/well.html").write_text(
        "{% load i18n %}{% translate 'Deep' %}"
        "{% blocktranslate trimmed count n=n %}\n one\n{% plural %}\n many {{ n }}\n"
        "{% endblocktranslate %}"
    )
    return made


def save(room, language):
    book = messages.update(room, language)
    (room / "locale" / language / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
    book.save()
    return book


def test_sentences_of_code_and_pages_are_found(room):
    assert set(messages.sentences(room)) == {
        (None, "Well dug", ""),
        ("water", "Spring", ""),
        (None, "Deep", ""),
        (None, "one", "many %(n)s"),
    }


def test_missing_and_doubtful_sentences_are_listed(room):
    assert len(list(messages.missing(room, "ky"))) == 4
    book = save(room, "ky")
    for entry in book:
        if entry.msgid_plural:
            entry.msgstr_plural = {0: "бир"}
        else:
            entry.msgstr = "сөз"
    book.save()
    assert list(messages.missing(room, "ky")) == []
    book.find("Deep").flags.append("fuzzy")
    book.save()
    assert list(messages.missing(room, "ky")) == ["wells/templates/well.html:1: no ky: 'Deep'"]


def test_a_translation_survives_and_a_gone_sentence_is_marked(room):
    book = save(room, "ru")
    book.find("Deep").msgstr = "Глубоко"
    book.find("Well dug").msgstr = "Колодец"
    book.save()
    (room / "views.py").write_text("")
    again = messages.update(room, "ru")
    assert again.find("Deep").msgstr == "Глубоко"
    assert [entry.msgid for entry in again.obsolete_entries()] == ["Well dug", "Spring"]


def test_compiling_needs_no_gettext(room):
    book = save(room, "ky")
    book.find("Deep").msgstr = "Терең"
    book.save()
    assert messages.compile_all([room]) == 1
    compiled = polib.mofile(str(room / "locale/ky/LC_MESSAGES/django.mo"))
    assert [(entry.msgid, entry.msgstr) for entry in compiled] == [("Deep", "Терең")]


def test_nothing_of_this_room_lacks_a_translation():
    assert messages.main("check", "interface") == 0
