"""Commands about figures: ``scores`` (``onestop kpi``), ``form06``."""
