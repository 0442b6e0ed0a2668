"""Keys and ciphers of the vault, without Django."""
