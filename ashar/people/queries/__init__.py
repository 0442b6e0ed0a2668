"""Reads of cards, readings and consents."""
