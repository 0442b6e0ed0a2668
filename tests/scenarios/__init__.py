"""Scenarios in plain text: given a stage and facts, when somebody makes a move, then what."""
