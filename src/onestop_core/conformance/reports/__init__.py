"""What came of a run: ``results`` (cases, counts, verdicts), ``report``, ``comparing`` (two of them), ``showing`` (one case to read), and how they are told (``formats``)."""
