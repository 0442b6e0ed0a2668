"""Reads for everybody: the chain of a place, the country in figures, search, the law."""
