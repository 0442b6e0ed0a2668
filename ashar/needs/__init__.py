"""What a community lacks, how it was found out, in which order, and what became of it."""
