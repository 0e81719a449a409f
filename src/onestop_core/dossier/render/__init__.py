"""Pictures of a lifecycle, drawn from its table and nothing else: Mermaid, DOT, SCXML and a Markdown table."""

from onestop_core._publish import publish
from onestop_core.dossier.render.diagrams import dot, mermaid, table
from onestop_core.dossier.render.state_chart import scxml

__all__ = ["dot", "mermaid", "scxml", "table"]

publish(globals())
