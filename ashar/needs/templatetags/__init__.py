"""Words of needs in templates."""
