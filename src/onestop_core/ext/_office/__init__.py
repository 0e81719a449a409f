"""Inside ``ext.office``: ``files`` looks at a workbook from outside, ``tables`` reads a desk's table, ``sheets`` writes sheets."""
