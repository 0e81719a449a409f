"""What came of a run: ``results`` (cases, counts, verdicts), ``report``, ``comparing`` (two of them), and how they are told (``formats``)."""
