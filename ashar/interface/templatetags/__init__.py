"""Tags and filters that any template of Ashar may load."""
