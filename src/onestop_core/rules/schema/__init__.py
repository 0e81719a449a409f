"""How a schema judges a document: ``schemas`` (the published ones), ``dialect``, ``violations`` (in which words)."""
