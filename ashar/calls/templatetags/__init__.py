"""Tags of the calls room."""
