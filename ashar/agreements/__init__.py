"""Agreements: results, tranches, reports, visits and the evaluation."""
