"""How well one-stop work went: service indices as data, exact scores, and counts of dossiers.

* :func:`index` gives an edition; ``index.score(counts)`` and ``index.evaluate(facts)`` a :class:`Scorecard`.
* :func:`tally` counts dossiers for it; tallies add up. :func:`figure` opens what was counted.
* :func:`score_document` and :func:`read_facts` read what comes in files.
* :func:`form_06` fills report form 06, :func:`check_form_06` finds what does not add up in one.
* :func:`html_report` makes a page of scorecards.
* :func:`load_index` takes an index of your own.
* :func:`card` is the historical card of nine indices for officials and agencies (``cards``, ``nine_index``).
* :func:`rates` and :func:`share` give shares beside the index (``parameters`` defines them), :class:`Answers` satisfaction,
  :func:`standard_cost` compliance cost (``cost``).
* :func:`find_slow_spots` tells which step, in which unit, consumes the time; :func:`compare` sets a period against a
  baseline by the three reductions and three increases; :func:`pool` sets pooled counters against territorial ones (``staffing``, ``erlang``).

Where what lives: ``definitions`` (what an index is made of), ``editions`` (those that ship), ``engine``
(scoring), ``scorecard`` (the result), ``timeliness`` (when a dossier is on time),
``expressions`` and ``figures`` (which dossiers a number counts), ``tallies``, ``counts``, ``reading``, ``form06``.
"""

from onestop_core._publish import publish
from onestop_core.kpi.counters.erlang_c import ServedWithin, erlang_b, erlang_c, least_counters
from onestop_core.kpi.counters.staffing import (
    CounterPlan,
    Place,
    Pooling,
    WaitingPromise,
    plan_counters,
    pool,
    read_places,
    workload_staff,
)
from onestop_core.kpi.counting.figures import Figure, Predicate, figure
from onestop_core.kpi.counting.on_time import Standing, SupplementPolicy, end_of_handling, standing
from onestop_core.kpi.counting.tallies import Count, Tally, tally, tally_by
from onestop_core.kpi.facts.files import FactsFile, read_facts, scan_facts
from onestop_core.kpi.form06 import EarlyPolicy, Form06, MissingPolicy, check_form_06, form_06, load_form_06
from onestop_core.kpi.html_page import html_report
from onestop_core.kpi.measures.compliance_cost import (
    Activity,
    ActivityKind,
    ComplianceCost,
    CostChange,
    Effort,
    ElapsedTime,
    ProcessingTimeCost,
    processing_time_cost,
    standard_cost,
)
from onestop_core.kpi.measures.definitions import (
    Formula,
    Measures,
    Parameter,
    SatisfactionFactor,
    SatisfactionFactors,
    ShareDefinition,
    measures,
    parameter,
)
from onestop_core.kpi.measures.satisfaction import Answers, mean_of_parts, satisfaction_by_factor, satisfaction_factors
from onestop_core.kpi.measures.shares import Share, channel_shares, rates, share
from onestop_core.kpi.measures.slow_spots import SlowSpot, SlowSpots, SpotCount, StepRecord, find_slow_spots, read_steps
from onestop_core.kpi.measures.three_three import (
    Aim,
    AimChange,
    Comparison,
    Indicator,
    IndicatorChange,
    Outcome,
    PeriodFigures,
    compare,
)
from onestop_core.kpi.nine_index.card_table import (
    CardClass,
    CardIndex,
    CardSubject,
    CardTable,
    PointLevel,
    SpotShare,
    Subject,
    card_names,
)
from onestop_core.kpi.nine_index.scoring import (
    AgencyRecord,
    Card,
    CardScore,
    HandledDossier,
    IndexScore,
    Pace,
    PointTally,
    card,
)
from onestop_core.kpi.service_index.definitions import (
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
from onestop_core.kpi.service_index.documents import DEFAULT_INDEX, score_document
from onestop_core.kpi.service_index.editions import check_index, editions, index, load_index
from onestop_core.kpi.service_index.scorecard import GroupScore, MetricScore, Scorecard, Treatment
from onestop_core.kpi.service_index.scoring import Index
from onestop_core.model import Channel, DossierFacts, FinishedKind

__all__ = [
    "DEFAULT_INDEX",
    "Activity",
    "ActivityKind",
    "AgencyRecord",
    "Aim",
    "AimChange",
    "Answers",
    "Band",
    "Bands",
    "Card",
    "CardClass",
    "CardIndex",
    "CardScore",
    "CardSubject",
    "CardTable",
    "Channel",
    "Comparison",
    "ComplianceCost",
    "CostChange",
    "Count",
    "CounterPlan",
    "CountingRule",
    "DossierFacts",
    "EarlyPolicy",
    "Effort",
    "ElapsedTime",
    "FactsFile",
    "Figure",
    "FinishedKind",
    "Form06",
    "Formula",
    "Group",
    "GroupScore",
    "HandledDossier",
    "Index",
    "IndexScore",
    "Indicator",
    "IndicatorChange",
    "Level",
    "Measures",
    "Metric",
    "MetricKind",
    "MetricScore",
    "MissingPolicy",
    "Outcome",
    "Pace",
    "Parameter",
    "PeriodFigures",
    "Place",
    "PointLevel",
    "PointTally",
    "Pooling",
    "Predicate",
    "ProcessingTimeCost",
    "Rounding",
    "SatisfactionFactor",
    "SatisfactionFactors",
    "Scorecard",
    "ServedWithin",
    "Share",
    "ShareDefinition",
    "SlowSpot",
    "SlowSpots",
    "SpotCount",
    "SpotShare",
    "Standing",
    "StepRecord",
    "Subject",
    "SupplementPolicy",
    "Tally",
    "Ties",
    "Treatment",
    "WaitingPromise",
    "ZeroPolicy",
    "ZeroRule",
    "card",
    "card_names",
    "channel_shares",
    "check_form_06",
    "check_index",
    "compare",
    "editions",
    "end_of_handling",
    "erlang_b",
    "erlang_c",
    "figure",
    "find_slow_spots",
    "form_06",
    "html_report",
    "index",
    "least_counters",
    "load_form_06",
    "load_index",
    "mean_of_parts",
    "measures",
    "parameter",
    "plan_counters",
    "pool",
    "processing_time_cost",
    "rates",
    "read_facts",
    "read_places",
    "read_steps",
    "satisfaction_by_factor",
    "satisfaction_factors",
    "scan_facts",
    "score_document",
    "share",
    "standard_cost",
    "standing",
    "tally",
    "tally_by",
    "workload_staff",
]

publish(globals())
