"""The arithmetic of limits: ``steps`` (days, months and hours, with their waits)."""
