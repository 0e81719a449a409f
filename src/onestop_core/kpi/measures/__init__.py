"""Measures beside the index: shares, satisfaction, compliance cost, slow steps, two periods compared.

* :func:`share` and :func:`rates` give shares, each with its definition (``shares``); :class:`Answers` the share of the
  satisfied (``satisfaction``).
* :func:`standard_cost` prices the effort of applicants, :func:`processing_time_cost` elapsed time; :class:`CostChange` sets
  before against after (``compliance_cost``).
* :func:`find_slow_spots` tells which step, in which unit, consumes the time (``slow_spots``).
* :func:`compare` sets a period against a baseline by the three reductions and three increases
  (``three_three``): ``aims`` are what they rest on, ``period_figures`` what is known of a period.
* :func:`measures` and :func:`parameter` are the definitions and numbers behind all of it, as data (``definitions``).
"""

from onestop_core._public import publish
from onestop_core.kpi.measures.aims import DEFAULT_AIMS, Aim, Aims, Indicator, aims
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
    DEFAULT_MEASURES,
    Formula,
    Measures,
    Parameter,
    SatisfactionFactor,
    SatisfactionFactors,
    ShareDefinition,
    measures,
    parameter,
)
from onestop_core.kpi.measures.period_figures import PeriodFigures
from onestop_core.kpi.measures.satisfaction import Answers, Survey, satisfaction_by_factor, satisfaction_factors
from onestop_core.kpi.measures.shares import Share, rates, share
from onestop_core.kpi.measures.slow_spots import SlowSpot, SlowSpots, SpotCount, StepRecord, find_slow_spots, read_steps
from onestop_core.kpi.measures.three_three import AimChange, AimOutcome, Comparison, IndicatorChange, compare

__all__ = [
    "DEFAULT_AIMS",
    "DEFAULT_MEASURES",
    "Activity",
    "ActivityKind",
    "Aim",
    "AimChange",
    "AimOutcome",
    "Aims",
    "Answers",
    "Comparison",
    "ComplianceCost",
    "CostChange",
    "Effort",
    "ElapsedTime",
    "Formula",
    "Indicator",
    "IndicatorChange",
    "Measures",
    "Parameter",
    "PeriodFigures",
    "ProcessingTimeCost",
    "SatisfactionFactor",
    "SatisfactionFactors",
    "Share",
    "ShareDefinition",
    "SlowSpot",
    "SlowSpots",
    "SpotCount",
    "StepRecord",
    "Survey",
    "aims",
    "compare",
    "find_slow_spots",
    "measures",
    "parameter",
    "processing_time_cost",
    "rates",
    "read_steps",
    "satisfaction_by_factor",
    "satisfaction_factors",
    "share",
    "standard_cost",
]

publish(globals())
