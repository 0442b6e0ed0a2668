"""Pages for everybody: the country, a place, its chain, the law."""
