"""What is wrong with a catalogue.

``rules`` (every rule with its words and basis), ``document`` (the whole check), and what judges the parts of a
procedure: ``procedure``, ``parts``, ``steps``, ``characters``; ``selection`` says which findings are wanted,
``plain`` reads numbers and days from a document that may be wrong.
"""
