"""The pure part of the journal: the chain, the tree over it, signed notes and row digests."""

from __future__ import annotations

from ashar.journal.core.append_only import append_only_sql, append_only_steps

__all__ = ["append_only_sql", "append_only_steps"]
