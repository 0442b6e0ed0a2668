"""What the desk writes: the demonstration and the archive, through the rooms below."""
