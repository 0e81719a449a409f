"""``onestop lab``: ``command`` (its parts), ``proving``, ``asking`` (replay, audit, forecast), ``laws`` (a law by options)."""
