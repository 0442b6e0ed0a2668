"""Commands of the privacy room."""
