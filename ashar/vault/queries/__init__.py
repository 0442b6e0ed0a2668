"""Reading keys and data keys."""
