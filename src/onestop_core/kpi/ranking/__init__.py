"""Ranks with ties: :func:`places` gives each of a series its :class:`Place` (``places``)."""

from onestop_core._public import publish
from onestop_core.kpi.ranking.places import Place, places

__all__ = ["Place", "places"]

publish(globals())
