"""Why a back-up or a restore was refused."""

from __future__ import annotations


class BackupRefused(Exception):
    """It cannot be done; the text says why and what to do, never what the data holds."""
