"""The one clock of a dossier: ``acts`` (what happens to it), ``history`` (what it remembers), ``clock`` (itself)."""
