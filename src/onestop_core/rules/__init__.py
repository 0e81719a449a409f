"""Law as data: effective-dated tables, and the one reader of documents, packaged data and schemas.

* ``dated``: effective-dated tables; ``editions``: one registry for every kind of edition; ``cited``: bases in place of names
* ``documents`` and ``positions``: the one reader of JSON, and where in a text a place stands; ``csv_files``: of CSV
* ``json_text`` and ``plain``: what a document may hold; ``size_limits``: how much of it; ``dialect`` and ``violations``: how a schema judges it, and in which words
* ``resources``: what ships; ``schemas``: validation; ``converter``: documents to values and back
* ``once``: what is made on first use, once for all threads
"""

from onestop_core._public import publish
from onestop_core.rules.dated import Dated, Entry

__all__ = ["Dated", "Entry"]

publish(globals())
