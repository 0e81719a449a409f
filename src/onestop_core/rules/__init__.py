"""Law as data: effective-dated tables, and the one reader of documents, packaged data and schemas.

* ``dated``: effective-dated tables; ``editions``: one registry for every kind of edition; ``cited``: bases in place of names
* ``reading``: the one reader of JSON, CSV and what ships, and where in a text a place stands
* ``schema``: the published schemas, and how one judges a document, in which words
* ``wording``: published wordings of time limits, read and never guessed
* ``converter``: documents to values and back; ``making``: values of what a schema has judged, much faster
* ``sheets``: a sheet of an office as a value, and as CSV
* ``collecting``: the garbage collector out of the way while something large is made
* ``once``: what is made on first use, once for all threads
"""

from onestop_core._public import publish
from onestop_core.rules.dated import Dated, Entry

__all__ = ["Dated", "Entry"]

publish(globals())
