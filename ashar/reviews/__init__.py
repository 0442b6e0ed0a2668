"""Who judged what, by which criteria, with which interest declared."""
