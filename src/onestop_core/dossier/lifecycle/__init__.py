"""The lifecycle of a dossier as a table.

``table`` (its classes), ``policies`` (where a procedure differs), ``checks`` and ``axis_checks`` (what makes a table
sound).
"""
