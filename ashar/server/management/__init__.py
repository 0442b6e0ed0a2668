"""Commands of the server room."""
