"""Commands for a desk: ``triage`` (the morning), ``lists``; ``spreadsheets`` is what they need of the extra ``office``."""
