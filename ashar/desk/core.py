"""The cast of the demonstration and of the tests: fictitious people and bodies, by key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

PASSWORD = "ashar-demo"  # noqa: S105 - printed at start; the demonstration has no secrets


@dataclass(frozen=True)
class Body:
    """A fictitious organisation; `is_local` bodies belong to the model aimak."""

    key: str
    kind: str
    name_ky: str
    name_ru: str
    name_en: str
    is_local: bool = True
    registration_number: str = ""


@dataclass(frozen=True)
class Role:
    """Somebody of the cast: how he signs in, and as whom he acts for which body."""

    username: str
    name: str
    body: str = ""
    role: str = ""
    is_independent: bool = False


BODIES = (
    Body(
        "okmotu", "aiyl_okmotu", "Үлгү айыл өкмөтү", "Образцовый айыл окмоту", "Model aiyl okmotu"
    ),
    Body(
        "kenesh", "kenesh", "Үлгү айылдык кеңеши", "Образцовый айылный кенеш", "Model aiyl kenesh"
    ),
    Body(
        "bulak",
        "non_commercial",
        "«Булак» коомдук фонду",
        "Общественный фонд «Булак»",
        "Public foundation «Bulak»",
        registration_number="ДЕМО-101",
    ),
    Body(
        "meerim",
        "non_commercial",
        "«Мээрим» коомдук бирикмеси",
        "Общественное объединение «Мээрим»",
        "Public association «Meerim»",
        registration_number="ДЕМО-102",
    ),
    Body(
        "demilge",
        "initiative_group",
        "«Демилге» демилгелүү тобу",
        "Инициативная группа «Демилге»",
        "Initiative group «Demilge»",
    ),
    Body(
        "ministry",
        "ministry",
        "Үлгү министрлик (үйрөтүү үчүн)",
        "Образцовое министерство (учебное)",
        "Model ministry (for training)",
        is_local=False,
    ),
    Body(
        "donor",
        "donor",
        "Үлгү донор (үйрөтүү үчүн)",
        "Образцовый донор (учебный)",
        "Model donor (for training)",
        is_local=False,
    ),
)

CAST = (
    Role("aigul", "Айгүл", "okmotu", "specialist"),
    Role("azamat", "Азамат", "okmotu", "specialist"),
    Role("head", "Сагын", "okmotu", "head"),
    Role("kanat", "Канат", "kenesh", "deputy"),
    Role("bakyt", "Бакыт"),
    Role("begimai", "Бегимай"),
    Role("bolot", "Болот"),
    Role("burul", "Бурул", is_independent=True),
    Role("beksultan", "Бексултан", is_independent=True),
    Role("chinara", "Чынара", "bulak", "representative"),
    Role("cholpon", "Чолпон", "bulak", "representative"),
    Role("jamila", "Жамила", "meerim", "representative"),
    Role("murat", "Мурат", "demilge", "representative"),
    Role("daniyar", "Данияр"),
    Role("elmira", "Эльмира", "ministry", "officer"),
    Role("farid", "Фарид", "donor", "manager"),
    Role("gulnara", "Гүлнара"),
    Role("zamir", "Замир"),
)
LINE_BYTES = 75
COMMISSION = ("bakyt", "begimai", "bolot", "burul", "beksultan")


def calendar(events: list[tuple[str, datetime, str, str]]) -> str:
    """Return deadlines (reference, moment, title, address) as an iCalendar text (RFC 5545)."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Ashar//Ashar//KY"]
    for ref, due_at, title, address in events:
        moment = f"{due_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
        lines += [
            "BEGIN:VEVENT",
            f"UID:{ref}@ashar",
            f"DTSTAMP:{moment}",
            f"DTSTART:{moment}",
            f"SUMMARY:{_escaped(title)}",
            f"URL:{address}",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "\r\n".join(part for line in lines for part in _folded(line)) + "\r\n"


def _escaped(text: str) -> str:
    """Return the text with the signs that iCalendar gives a meaning."""
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> list[str]:
    """Return the line in pieces of at most 75 bytes, as the format demands."""
    pieces, piece = [], ""
    for sign in line:
        if len((piece + sign).encode()) > LINE_BYTES:
            pieces.append(piece)
            piece = " "
        piece += sign
    return [*pieces, piece]
