"""Money, days, words and public identifiers; pure, without Django."""
