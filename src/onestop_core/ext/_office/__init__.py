"""Inside ``ext.office``: ``files`` (a workbook from outside is looked at first), ``tables`` (tables of a desk from workbooks)."""
