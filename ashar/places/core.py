"""Pure rules of place names: words for kinds, fallback between languages, tolerant spelling."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ashar.kernel.text import search_key

LANGUAGES = ("ky", "ru", "en")

# The register writes "с. Ак-Булун", "пгт. Борду", "г. Ош"; the kind is known without it.
_REGISTER_PREFIX = re.compile(r"^(?:с|г|пгт)\.\s*", re.IGNORECASE)
_KEEPS_PREFIX = ("city_republican", "city_oblast", "city_rayon", "pgt", "village")
_RUSSIAN_KIND = re.compile(r"\s+(?:айылный аймак|район|область)$")
# What people add to a name when they ask for a place.
_ASKED_KIND = re.compile(
    r"\s+(?:айыл аймагы|айылный аймак|айыльный аймак|ayil aimak|aiyl aimak|аа|а/а"
    r"|району|район|district|облусу|область|oblast|шаары|city|айылы|village)$",
    re.IGNORECASE,
)

_KIND_WORDS = {
    "ky": {
        "oblast": "облусу",
        "city_republican": "шаары",
        "rayon": "району",
        "city_oblast": "шаары",
        "city_district": "району",
        "ayil_aimak": "айыл аймагы",
        "city_rayon": "шаары",
        "pgt": "шаарчасы",
        "village": "айылы",
    },
    "en": {
        "oblast": "oblast",
        "city_republican": "city",
        "rayon": "district",
        "city_oblast": "city",
        "city_district": "city district",
        "ayil_aimak": "ayil aimak",
        "city_rayon": "town",
        "pgt": "urban-type settlement",
        "village": "village",
    },
}


@dataclass(frozen=True)
class Naming:
    """Kind of a unit and its names as the sources spell them; a blank name stays blank."""

    kind: str
    ky: str
    ru: str
    en: str

    def written(self, language: str) -> str:
        """Return the name the source gives in this language, or nothing."""
        return {"ky": self.ky, "ru": self.ru, "en": self.en}.get(language, "")


@dataclass(frozen=True)
class PlaceName:
    """A name and the language it is really in, so that a page can mark a foreign one."""

    text: str
    language: str

    def __str__(self) -> str:
        """Return the name alone."""
        return self.text


def plain_name(naming: Naming, language: str) -> PlaceName:
    """Return the name without the word for its kind; Russian where the language has none."""
    if written := naming.written(language):
        return PlaceName(without_prefix(written, naming.kind), language)
    return PlaceName(without_prefix(naming.ru, naming.kind), "ru")


def full_name(naming: Naming, language: str) -> PlaceName:
    """Return the official name: bare name and kind; the register's Russian where there is none."""
    written = naming.written(language)
    if not written or language == "ru":
        return PlaceName(naming.ru, "ru")
    word = _KIND_WORDS.get(language, {}).get(naming.kind, "")
    return PlaceName(f"{written} {word}".strip(), language)


def without_prefix(name: str, kind: str) -> str:
    """Strip "с.", "г." and "пгт." from a name of a kind that the register so marks."""
    return _REGISTER_PREFIX.sub("", name) if kind in _KEEPS_PREFIX else name


def asked_name(text: str) -> str:
    """Return the name a person means by "г. Ош", "Каргалык айыл аймагы", "Чаткальский АА"."""
    bare = _REGISTER_PREFIX.sub("", text.strip())
    return _ASKED_KIND.sub("", bare).strip() or bare


def name_keys(naming: Naming) -> tuple[str, str]:
    """Return the exact and the tolerant search text of all names of a unit.

    The exact one also holds the key every other list searches by, so that they find places too.
    """
    names = [
        _RUSSIAN_KIND.sub("", without_prefix(written, naming.kind))
        for language in LANGUAGES
        if (written := naming.written(language))
    ]
    exact = dict.fromkeys(key(name) for key in (exact_key, search_key) for name in names)
    tolerant = dict.fromkeys(spelling_key(name) for name in names)
    return f"|{'|'.join(exact)}|", f"|{'|'.join(tolerant)}|"


_UNSPOKEN = str.maketrans({"ь": "", "ъ": "", "-": " ", "–": " ", "|": " ", "'": "", "’": ""})


def exact_key(text: str) -> str:
    """Return a name as it is searched first: hyphens as spaces, no soft or hard sign."""
    said = search_key(text).translate(_UNSPOKEN)
    return " ".join("".join(sign for sign in said if sign.isprintable()).split())


# Latin as written on road signs and in mail; longest first.
_LATIN = (
    ("shch", "щ"), ("dzh", "ж"), ("zh", "ж"), ("kh", "х"), ("ch", "ч"), ("sh", "ш"),
    ("ts", "ц"), ("yu", "у"), ("ya", "а"), ("yo", "о"), ("ye", "о"), ("ng", "н"),
    ("a", "а"), ("b", "б"), ("c", "к"), ("d", "д"), ("e", "о"), ("f", "ф"), ("g", "г"),
    ("h", "х"), ("i", "и"), ("j", "ж"), ("k", "к"), ("l", "л"), ("m", "м"), ("n", "н"),
    ("o", "о"), ("p", "п"), ("q", "к"), ("r", "р"), ("s", "с"), ("t", "т"), ("u", "о"),
    ("v", "в"), ("w", "в"), ("x", "кс"), ("y", "и"), ("z", "з"),
)  # fmt: skip
# Sounds that Russian spelling of Kyrgyz names renders now so, now otherwise:
# Кара-Көл / Кара-Куль, Бөрү-Баш / Берю-Баш, Жети / Джети, Чүй / Чуй.
_SOUNDS = (
    ("дж", "ж"), ("нг", "н"), ("у", "о"), ("ю", "о"), ("е", "о"), ("э", "о"), ("ё", "о"),
    ("ы", "и"), ("й", "и"), ("я", "а"),
)  # fmt: skip
_REPEATED = re.compile(r"(\w)\1+")


def spelling_key(text: str) -> str:
    """Return what is left of a name when only the differences no speller agrees on are gone.

    Two different places may share this key; it widens a search and never decides a match.
    """
    key = exact_key(text).replace(" ", "")
    for written, sound in (*_LATIN, *_SOUNDS):
        key = key.replace(written, sound)
    return _REPEATED.sub(r"\1", key)
