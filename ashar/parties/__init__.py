"""Whoever can have rights and duties: persons, organisations, and who may act for whom."""
