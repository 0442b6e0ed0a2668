"""How long data is kept, and what a person may ask about one's own."""
