"""Commands for a desk and its office: ``triage`` (the morning); ``spreadsheets`` is what they need of the extra ``office``."""
