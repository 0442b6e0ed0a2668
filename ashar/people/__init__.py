"""Protected cards of those whom services and social contracts concern."""
