"""Commands of places, one module per command."""
