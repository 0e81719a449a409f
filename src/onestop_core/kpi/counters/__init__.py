"""How many counters a hall needs for a promise of waiting; apart and pooled.

* :func:`plan_counters` plans one :class:`Place`; :func:`pool` sets pooled counters against those of each territory;
  :func:`read_places` reads places and promise from a document (``staffing``).
* :func:`erlang_b`, :func:`erlang_c`, :func:`least_counters` and :class:`ServedWithin` are the mathematics, exact
  (``erlang_c``).
"""

from onestop_core._public import publish
from onestop_core.kpi.counters.erlang_c import MOST_COUNTERS, ServedWithin, erlang_b, erlang_c, least_counters
from onestop_core.kpi.counters.staffing import (
    CounterPlan,
    Place,
    Pooling,
    WaitingPromise,
    plan_counters,
    pool,
    read_places,
)

__all__ = [
    "MOST_COUNTERS",
    "CounterPlan",
    "Place",
    "Pooling",
    "ServedWithin",
    "WaitingPromise",
    "erlang_b",
    "erlang_c",
    "least_counters",
    "plan_counters",
    "pool",
    "read_places",
]

publish(globals())
