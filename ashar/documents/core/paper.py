"""A paper as data: what stands on it, in one language, before it is set in type."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields, is_dataclass
from datetime import date

from ashar.kernel.money import Som

NO_BREAK = "\u00a0"
ABSENT = "—"

Cell = str | int | Som | None


@dataclass(frozen=True)
class Heading:
    """A heading inside the paper; level 1 is a section, 2 a part of it."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """Running text, justified."""

    text: str


@dataclass(frozen=True)
class KeyValues:
    """Short facts, each with its name: "Place: house of culture"."""

    rows: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True)
class Column:
    """A column: kind is text, number, money or center; width is its share of the line."""

    title: str
    kind: str = "text"
    width: int = 1


@dataclass(frozen=True)
class Table:
    """Rows under columns; totals, when given, is one more row, set in bold."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: tuple[Cell, ...] = ()
    caption: str = ""

    def __post_init__(self) -> None:
        """Refuse a row with more or fewer cells than there are columns."""
        for row in (*self.rows, *((self.totals,) if self.totals else ())):
            if len(row) != len(self.columns):
                raise ValueError(f"{len(self.columns)} columns but {len(row)} cells: {row}")


@dataclass(frozen=True)
class BulletList:
    """Items of a list, numbered when their order matters."""

    items: tuple[str, ...]
    is_numbered: bool = False


@dataclass(frozen=True)
class Signature:
    """A line for one signature: in which role, whose, and whether a stamp goes beside it."""

    role: str
    name: str = ""
    has_stamp: bool = False


@dataclass(frozen=True)
class Signatures:
    """The lines for signatures, kept together on one page."""

    rows: tuple[Signature, ...]


@dataclass(frozen=True)
class Note:
    """A remark beside the text, with a line along its edge."""

    text: str


Block = Heading | Paragraph | KeyValues | Table | BulletList | Signatures | Note


@dataclass(frozen=True)
class Letterhead:
    """The name of the body that issues the paper, Kyrgyz beside Russian, line by line."""

    ky: tuple[str, ...]
    ru: tuple[str, ...]


@dataclass(frozen=True)
class Paper:
    """All that stands on a paper, in one language ("ky", "ru")."""

    title: str
    language: str
    blocks: tuple[Block, ...]
    subtitle: str = ""
    letterhead: Letterhead | None = None
    number: str = ""
    day: date | None = None
    place: str = ""
    case_ref: str = ""
    whose_figures: str = ""
    key_lines: tuple[tuple[str, Cell], ...] = ()

    def __post_init__(self) -> None:
        """Refuse parts without their section: a screen reader walks headings level by level."""
        level = 0
        for block in self.blocks:
            if isinstance(block, Heading):
                if block.level > level + 1:
                    raise ValueError(f"heading {block.text!r} of level {block.level} after {level}")
                level = block.level

    @property
    def summary(self) -> tuple[tuple[str, str], ...]:
        """The lines that whoever verifies the paper compares with the print in hand."""
        rows = self.key_lines or next((b.rows for b in self.blocks if isinstance(b, KeyValues)), ())
        return tuple((name, written(value)) for name, value in rows)


@dataclass(frozen=True)
class Words:
    """The fixed words of a printed paper, in the language of the paper.

    `day` and `original` are ready for this paper; `page` contains {page} and {pages}.
    """

    day: str
    number: str
    case: str
    page: str
    verify: str
    digest: str
    mark: str
    made: str
    original: str
    stamp: str
    signature: str
    qr: str


@dataclass(frozen=True)
class Imprint:
    """What ties the print to its record: code, address, digest of the data, when made."""

    code: str
    address: str
    sha256: str
    made_at: str
    # The mark of the journal just before: number of lines, a point, and the root in base64.
    mark: str = ""

    @property
    def scanned(self) -> str:
        """What the QR code leads to: the paper's page, which compares the mark at once."""
        return f"{self.address}?mark={self.mark}" if self.mark else self.address


def written(value: Cell) -> str:
    """A cell as it is printed: money as 1 234,56; nothing known as a dash."""
    if value is None:
        return ABSENT
    if isinstance(value, Som):
        return str(value).replace(" ", NO_BREAK).replace(".", ",")
    if isinstance(value, int):
        return f"{value:,}".replace(",", NO_BREAK)
    return value


def snapshot(papers: dict[str, Paper], data: object = None) -> dict[str, object]:
    """The data all files of one paper are made from, fit for JSON; money is in tyiyn."""
    return {
        "data": _plain(data),
        "papers": {language: _plain(papers[language]) for language in sorted(papers)},
    }


def canonical(data: object) -> bytes:
    """The one way these data are written as bytes, whatever database kept them."""
    return json.dumps(
        data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def digest(data: object) -> str:
    """SHA-256 of the canonical bytes."""
    return hashlib.sha256(canonical(data)).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, Som):
        return {"tyiyn": value.tyiyn}
    if is_dataclass(value) and not isinstance(value, type):
        plain = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        return {"is": type(value).__name__, **plain}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, str | bool | int):
        return value
    # A fraction kept as a float would not give the same bytes everywhere.
    raise TypeError(f"a paper is not made from {type(value).__name__}; write it as text or Som")
