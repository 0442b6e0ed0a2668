"""Words in Kyrgyz, Russian and English; keys for finding and ordering them alike everywhere."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

LANGUAGES = ("ky", "ru", "en")

# Hard and soft signs are often left out; a hyphen is written or not, in many shapes.
_LOOSE = str.maketrans(
    {"ь": None, "ъ": None, "-": " ", "\u2010": " ", "\u2011": " ", "\u2013": " "}
)
_FOLDED = str.maketrans("ёөүң", "еоун")
_KYRGYZ = "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя"
_FIRST_LETTER, _FIRST_LATIN, _OTHER_LETTER = 20, 60, 99


@dataclass(frozen=True)
class Wording:
    """The same words in three languages; English may be missing."""

    ky: str
    ru: str
    en: str = ""

    def say(self, language: str) -> str:
        """Return the words in this language, else in Kyrgyz, Russian, English, in that order."""
        asked = {"ky": self.ky, "ru": self.ru, "en": self.en}.get(language, "")
        return asked or self.ky or self.ru or self.en

    def __bool__(self) -> bool:
        """Say whether there are any words at all."""
        return bool(self.ky or self.ru or self.en)


def search_key(text: str, *, is_folded: bool = True) -> str:
    """Return the text as it is searched: any case, ё as е, no ь and ъ, hyphens as spaces.

    Folded (the usual), ө ү ң are о у н, for those who type without a Kyrgyz keyboard. Keys
    compare only with keys made the same way.
    """
    # NFC first: a letter й typed as и and a breve must be the same letter.
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_LOOSE)
    plain = " ".join(folded.split())
    return plain.translate(_FOLDED) if is_folded else plain.replace("ё", "е")


def sort_key(text: str) -> str:
    """Return a key that orders by the Kyrgyz alphabet in any database.

    Two digits for each sign (so twice as long as the text): digits alone are ordered the same
    by every collation. Spaces come first, then signs, digits, Kyrgyz and Latin letters.
    """
    return "".join(_rank(sign) for sign in unicodedata.normalize("NFKC", text).casefold())


def _rank(sign: str) -> str:
    if sign.isspace():
        return "00"
    if sign in "0123456789":
        return f"1{sign}"
    if sign in _KYRGYZ:
        return str(_FIRST_LETTER + _KYRGYZ.index(sign))
    if sign.isascii() and sign.isalpha():
        return str(_FIRST_LATIN + ord(sign) - ord("a"))
    return str(_OTHER_LETTER) if sign.isalpha() else "01"
