"""The annex of the publishing decision (phụ lục quyết định công bố): the catalogue is the master, the annex its print.

``content`` is what it says, one value of headings, paragraphs, facts and tables (``values``) in both languages; ``html``
is a page to print (``html_page``); the extra ``office`` writes Word.

By part: ``dossiers`` (steps, papers, results, forms), ``offers`` (ways to submit, time limits, fees), ``about`` (all
else); ``words`` are those of codes, ``naming`` names cases and steps, ``sources`` numbers the bases that are cited.
"""

from onestop_core._public import publish
from onestop_core.catalogue.annex.content import content
from onestop_core.catalogue.annex.html_page import html
from onestop_core.catalogue.annex.values import Annex, Block, Fact, Heading, Paragraph, Table

__all__ = ["Annex", "Block", "Fact", "Heading", "Paragraph", "Table", "content", "html"]

publish(globals())
