"""What the commands need of the extra ``office``: the one place that imports it, when it is needed."""

from onestop_core.ext.office import form, read_desk_rows, read_sheet, sheets

__all__ = ["form", "read_desk_rows", "read_sheet", "sheets"]
