"""Log lines say what failed and where, never the values it failed on."""

from __future__ import annotations

import logging
import traceback
from types import TracebackType

ExceptionInfo = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


class QuietFormatter(logging.Formatter):
    """Print the frames and the kind of an error, not its text.

    PostgreSQL repeats the offending row in its message, with names and numbers of people.
    """

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802 - the name is logging's
        """Frames and kind of the error."""
        kind, _value, frames = ei
        name = kind.__name__ if kind else "error"
        return "".join(traceback.format_tb(frames)) + f"{name} (text withheld)"
