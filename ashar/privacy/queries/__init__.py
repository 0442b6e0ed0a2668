"""Reading the policy and people's own data."""
