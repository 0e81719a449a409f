"""Pictures of a lifecycle, drawn from its table and nothing else.

* ``diagrams``: Mermaid, Graphviz DOT and a Markdown table; :func:`mermaid`, :func:`dot`, :func:`table`.
* ``conditions``: the guards in words; :func:`condition_words`.
* ``picture``: an SVG document that needs no other program; :func:`svg`.
* ``state_chart``: SCXML for other engines; :func:`scxml`.
"""

from onestop_core._public import publish
from onestop_core.dossier.render.conditions import condition_words
from onestop_core.dossier.render.diagrams import dot, mermaid, table
from onestop_core.dossier.render.picture import svg
from onestop_core.dossier.render.state_chart import scxml

__all__ = ["condition_words", "dot", "mermaid", "scxml", "svg", "table"]

publish(globals())
