"""One event after the other: ``machine`` runs the table, ``guards`` and ``refusals`` say no and why, ``moves`` move."""
