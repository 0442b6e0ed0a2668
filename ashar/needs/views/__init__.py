"""Pages of needs: studies and sessions, grouping, gatherings, needs and their outcomes."""

from __future__ import annotations
