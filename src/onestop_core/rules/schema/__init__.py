"""How a schema judges a document: ``schemas`` (the published ones), ``dialect``, ``violations`` (in which words).

``wording`` reads the words that a schema has for people, ``exports`` writes schemas for generators of types and of APIs.
"""
