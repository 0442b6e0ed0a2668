"""Pages of the door, and those who stand at it: the keeper and the adapters of allauth."""
