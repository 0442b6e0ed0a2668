"""The policy as text: types, reading, checking; without Django."""
