"""Frozen values that every floor above speaks in: law and evidence, codes, moments, time limits, the clock, facts.

Values only: nothing here reads a file or a clock.

* ``legal`` (basis and firmness), ``codes``, ``intervals``, ``moments``, ``time_limits`` (time limits), ``facts`` (of a dossier)
* ``frozen``: mappings that cannot change
* ``words`` and ``amounts``: the gates for text and for numbers from outside, ``series`` for things of a kind, several of them, and mappings
* ``clock``: the one clock of a dossier
"""

from onestop_core._public import publish
from onestop_core.model.clock.acts import Act, Phase
from onestop_core.model.clock.clock import Clock
from onestop_core.model.clock.history import Appointment, Extension, Span
from onestop_core.model.codes import AgencyCode, DossierCode, ProcedureCode, issue, issue_central, result_code
from onestop_core.model.facts import Channel, DossierFacts, FinishedKind
from onestop_core.model.frozen import FrozenMap, freeze, thaw
from onestop_core.model.intervals import Interval
from onestop_core.model.legal import Basis, Firmness
from onestop_core.model.moments import HO_CHI_MINH, aware, day_of, parse_moment, plain_day, read_moment
from onestop_core.model.time_limits import LimitStep, LimitUnit, TimeLimit

__all__ = [
    "HO_CHI_MINH",
    "Act",
    "AgencyCode",
    "Appointment",
    "Basis",
    "Channel",
    "Clock",
    "DossierCode",
    "DossierFacts",
    "Extension",
    "FinishedKind",
    "Firmness",
    "FrozenMap",
    "Interval",
    "LimitStep",
    "LimitUnit",
    "Phase",
    "ProcedureCode",
    "Span",
    "TimeLimit",
    "aware",
    "day_of",
    "freeze",
    "issue",
    "issue_central",
    "parse_moment",
    "plain_day",
    "read_moment",
    "result_code",
    "thaw",
]

publish(globals())
