"""Ashar: from a community's need to a delivered, measured public service."""
