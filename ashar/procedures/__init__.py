"""The engine: legal procedures read from text, decided without Django or a database."""
