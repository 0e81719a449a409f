"""Commands of the conformance suite: ``running`` (``onestop conformance``), ``reports`` (a report printed, compared, side by side with others), ``showing`` (one case, or a profile), ``progress``."""
