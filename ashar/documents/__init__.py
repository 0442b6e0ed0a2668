"""Papers and files: made from data, stored, shown, verified."""
