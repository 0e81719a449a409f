"""Commands for a desk: ``form`` (the forms 01 to 07), ``triage`` (the morning), ``lists``, ``notice``; ``spreadsheets`` is for ``office``."""
