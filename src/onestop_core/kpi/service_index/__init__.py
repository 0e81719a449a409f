"""The index of service to people and businesses: Decision 766/QĐ-TTg and the portal's own formulas.

* :func:`index` gives an edition that ships, :func:`editions` all of them, :func:`load_index` one of your own, and
  :func:`check_index` says what is wrong with it (``editions``).
* :class:`Index` scores (``scoring``): ``given`` reads counts, whatever names they come under, ``points`` makes a card of
  them; :class:`Scorecard` is what comes out, with :class:`MetricScore` and
  :class:`GroupScore` in it (``scorecard``), and how it is shown (``rendering``).
* :func:`score_document` scores counts that come in a file (``documents``).
* :class:`Metric`, :class:`Group`, :class:`Bands` and the policies are what an index is made of (``definitions``);
  :class:`Rounding` says how its figures are rounded (``rounding``).
"""

from onestop_core._public import publish
from onestop_core.kpi.service_index.definitions import (
    Band,
    Bands,
    CountingRule,
    Group,
    Level,
    Metric,
    MetricKind,
    NotApplicable,
    Owner,
    PortalFields,
    SingleProcedure,
    UnusedFields,
    ZeroPolicy,
    ZeroRule,
)
from onestop_core.kpi.service_index.documents import score_document
from onestop_core.kpi.service_index.editions import (
    DEFAULT_INDEX,
    EDITIONS,
    check_index,
    editions,
    index,
    load_index,
)
from onestop_core.kpi.service_index.rounding import Rounding, Ties
from onestop_core.kpi.service_index.scorecard import Bounds, GroupScore, MetricScore, Scorecard, Treatment
from onestop_core.kpi.service_index.scoring import Index

__all__ = [
    "DEFAULT_INDEX",
    "EDITIONS",
    "Band",
    "Bands",
    "Bounds",
    "CountingRule",
    "Group",
    "GroupScore",
    "Index",
    "Level",
    "Metric",
    "MetricKind",
    "MetricScore",
    "NotApplicable",
    "Owner",
    "PortalFields",
    "Rounding",
    "Scorecard",
    "SingleProcedure",
    "Ties",
    "Treatment",
    "UnusedFields",
    "ZeroPolicy",
    "ZeroRule",
    "check_index",
    "editions",
    "index",
    "load_index",
    "score_document",
]

publish(globals())
