"""Pages of cards: finding, opening, correcting, and who read."""
