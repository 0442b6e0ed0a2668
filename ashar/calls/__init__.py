"""Open contests: the call, the proposals, admission, scores, the award."""
