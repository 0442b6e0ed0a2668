"""Keys and encrypted fields of people's data."""
