"""Inside ``ext.office``.

``documents`` writes annexes as Word, ``forms`` the forms of a desk; ``files`` looks at a workbook from outside, ``tables`` reads
a desk's table, ``sheets`` writes sheets.
"""
