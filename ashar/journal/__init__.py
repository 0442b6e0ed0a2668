"""The append-only journal: who did what, when and in which case."""
