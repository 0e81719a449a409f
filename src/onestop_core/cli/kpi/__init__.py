"""Commands about figures: ``scores`` (``onestop kpi``), ``form06``, ``index_766`` (the portal's own figures)."""
