"""Start pages of those who work: my cases, my deadlines."""
