"""Frozen values that every floor above speaks in: law and its evidence, codes, intervals, facts.

Values only: nothing here reads a file or a clock.
"""

from onestop_core.model.intervals import Interval
from onestop_core.model.legal import Basis, Firmness
from onestop_core.model.moments import HO_CHI_MINH, aware, day_of, parse_moment, plain_day

__all__ = ["HO_CHI_MINH", "Basis", "Firmness", "Interval", "aware", "day_of", "parse_moment", "plain_day"]
