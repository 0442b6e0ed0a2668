"""Template tags of the spine."""
