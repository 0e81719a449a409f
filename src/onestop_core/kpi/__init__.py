"""How well one-stop work went: service indices as data, exact scores, and counts of dossiers.

* :func:`index` gives an edition; ``index.score(counts)`` and ``index.evaluate(facts)`` a :class:`Scorecard`.
* :func:`tally` counts dossiers for it; tallies add up. :func:`figure` opens what was counted.
* :func:`score_document` and :func:`read_facts` read what comes in files.
* :func:`form_06` fills report form 06, :func:`check_form_06` finds what does not add up in one.
* :func:`load_index` takes an index of your own.

Where what lives: ``definitions`` (what an index is made of), ``editions`` (those that ship), ``engine``
(scoring), ``scorecard`` (the result), ``timeliness`` (when a dossier is on time),
``expressions`` and ``figures`` (which dossiers a number counts), ``tallies``, ``counts``, ``reading``, ``form06``.
"""

from onestop_core.kpi.counts import DEFAULT_INDEX, score_document
from onestop_core.kpi.definitions import (
    Band,
    Bands,
    CountingRule,
    Group,
    Level,
    Metric,
    MetricKind,
    Rounding,
    Ties,
    ZeroPolicy,
    ZeroRule,
)
from onestop_core.kpi.editions import check_index, editions, index, load_index
from onestop_core.kpi.engine import Index
from onestop_core.kpi.figures import Figure, Predicate, figure
from onestop_core.kpi.form06 import EarlyPolicy, Form06, MissingPolicy, check_form_06, form_06, load_form_06
from onestop_core.kpi.reading import FactsFile, read_facts, scan_facts
from onestop_core.kpi.scorecard import GroupScore, MetricScore, Scorecard, Treatment
from onestop_core.kpi.tallies import Count, Tally, tally, tally_by
from onestop_core.kpi.timeliness import Standing, SupplementPolicy, end_of_handling, standing
from onestop_core.model import Channel, DossierFacts, FinishedKind

__all__ = [
    "DEFAULT_INDEX",
    "Band",
    "Bands",
    "Channel",
    "Count",
    "CountingRule",
    "DossierFacts",
    "EarlyPolicy",
    "FactsFile",
    "Figure",
    "FinishedKind",
    "Form06",
    "Group",
    "GroupScore",
    "Index",
    "Level",
    "Metric",
    "MetricKind",
    "MetricScore",
    "MissingPolicy",
    "Predicate",
    "Rounding",
    "Scorecard",
    "Standing",
    "SupplementPolicy",
    "Tally",
    "Ties",
    "Treatment",
    "ZeroPolicy",
    "ZeroRule",
    "check_form_06",
    "check_index",
    "editions",
    "end_of_handling",
    "figure",
    "form_06",
    "index",
    "load_form_06",
    "load_index",
    "read_facts",
    "scan_facts",
    "score_document",
    "standing",
    "tally",
    "tally_by",
]
