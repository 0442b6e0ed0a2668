"""Gatherings, focus groups, hearings, visits: who came, and how they voted."""
