"""Back-ups: one file that holds everything but the keys, and the way back from it."""
