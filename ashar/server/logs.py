"""Log lines say what failed and where, never the values it failed on."""

from __future__ import annotations

import logging
import traceback
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any

ExceptionInfo = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)
# All that a line may say. What is not named here is dropped: a name slips into a log by an
# unthinking extra={...}, and stays there for years.
KNOWN = frozenset(
    [
        "at",
        "level",
        "logger",
        "event",
        "request_id",
        "route",
        "method",
        "status",
        "ms",
        "task",
        "error",
        "frames",
    ]
)
OURS = "ashar"


class QuietFormatter(logging.Formatter):
    """Print the frames and the kind of an error, not its text.

    PostgreSQL repeats the offending row in its message, with names and numbers of people.
    """

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802 - the name is logging's
        """Frames and kind of the error."""
        kind, _value, frames = ei
        name = kind.__name__ if kind else "error"
        return "".join(traceback.format_tb(frames)) + f"{name} (text withheld)"


def known_only(_logger: Any, _name: str, said: MutableMapping[str, Any]) -> dict[str, Any]:
    """Drop what no line may say."""
    return {key: value for key, value in said.items() if key in KNOWN}


class LineFormatter(logging.Formatter):
    """One line of JSON for each event, for programs that read logs."""

    def __init__(self) -> None:
        super().__init__()
        # Loaded only where lines are read by programs: the terminal of a demonstration is not.
        import structlog  # noqa: PLC0415

        self.steps = (
            structlog.contextvars.merge_contextvars,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            known_only,
            structlog.processors.JSONRenderer(sort_keys=True, ensure_ascii=False),
        )

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        said: Any = {
            **{key: value for key, value in vars(record).items() if key in KNOWN},
            "event": _event(record),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        if status := getattr(record, "status_code", None):
            said["status"] = status
        if record.exc_info and record.exc_info[0]:
            said["error"] = record.exc_info[0].__name__
            said["frames"] = _frames(record.exc_info[2])
        for step in self.steps:
            said = step(None, record.levelname, said)
        return str(said)


def _event(record: logging.LogRecord) -> str:
    """Return what happened: our own sentences whole, those of libraries without their values."""
    if record.name.split(".")[0] == OURS:
        return record.getMessage()
    if record.name == "django.request" and isinstance(record.args, tuple) and record.args:
        return str(record.args[0])  # “Not Found”; the address stands behind it and is left out
    return str(record.msg)


def _frames(trace: TracebackType | None) -> list[str]:
    return [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(trace)]
