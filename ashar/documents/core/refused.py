"""The one way in which a file is turned away."""

from __future__ import annotations

MEGABYTE = 1024 * 1024


class RefusedFile(ValueError):
    """The file is not accepted; `reason` is a key of `choices.REFUSALS`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
