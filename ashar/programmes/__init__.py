"""Approved plans: what they want, what they will do, for which money."""
