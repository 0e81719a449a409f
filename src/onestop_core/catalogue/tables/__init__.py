"""A catalogue as tables for spreadsheets, and back.

``tables`` (writing), ``reading``, ``layout`` (which table holds what), ``cell_text`` (how a value looks in a cell).
"""
