"""Migrations of the journal app."""
