"""How Ashar stands on a machine: storage, the server, the clock."""
