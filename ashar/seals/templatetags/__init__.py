"""Tags of seals."""
