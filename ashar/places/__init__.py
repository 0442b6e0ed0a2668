"""Places: the units of the country as they were in each period, and what became of them."""
