"""Console commands of the spine."""
