"""Signing in: passwords, second factors, state identity, sessions."""
