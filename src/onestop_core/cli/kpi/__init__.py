"""Commands about figures: ``scores`` (``onestop kpi``; ``counted``: the dossiers of its files), ``form06``, ``index_766`` (the portal's own figures)."""
