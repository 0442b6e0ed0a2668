"""What leaves as a table is data: no spreadsheet program takes any of it for a formula."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable

from django.http import HttpResponse

# Signs with which a formula begins, full-width ones of Asian keyboards included.
FORMULA_SIGNS = frozenset("=+-@\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b\u2212")
# Line ends and tabs at the front are eaten by programs before they look for a formula.
_EATEN = frozenset("\t\r\n")
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zs", "Zl", "Zp", "Mn", "Me"})
QUOTE = "'"


def looks_like_formula(text: str) -> bool:
    """Say whether some program could take the text for a formula."""
    if text[:1] in _EATEN and text[:1]:
        return True
    for sign in text:
        if sign in FORMULA_SIGNS:
            return True
        if unicodedata.category(sign) not in _INVISIBLE:
            return False
    return False


def is_unwritable(sign: str) -> bool:
    """Say whether no file can carry the sign: NUL, or half a letter."""
    return sign == "\0" or "\ud800" <= sign <= "\udfff"


def plain_cell(text: str) -> str:
    """Return the text for a CSV file: what looks like a formula stands behind a quote.

    Lone halves of letters and NUL, which no file can carry, become the sign of a lost letter.
    """
    whole = "".join("\ufffd" if is_unwritable(sign) else sign for sign in text)
    return f"{QUOTE}{whole}" if looks_like_formula(whole) else whole


def csv_answer(name: str, rows: Iterable[Iterable[object]]) -> HttpResponse:
    """Answer with a CSV file that Excel opens in Kyrgyz letters; nothing in it is a formula."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.write("\ufeff")
    # Every cell between quotes: where the program expects other separators, none splits a cell.
    writer = csv.writer(answer, quoting=csv.QUOTE_ALL)
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return answer


def _cell(value: object) -> object:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return value if value is None or is_number else plain_cell(str(value))
