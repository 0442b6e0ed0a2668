"""Settings and addresses of the whole site."""
