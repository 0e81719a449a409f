"""What came of a run: ``report`` and how it is printed (``formats``)."""
