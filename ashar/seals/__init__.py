"""Sealed envelopes: the keys of commission members, and the opening."""
