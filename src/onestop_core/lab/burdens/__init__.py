"""What law costs and where time goes: catalogues priced, periods compared, slowness by its causes.

* ``costs``: a catalogue by the standard cost model: :func:`burden`, with :class:`Rates` of whoever counts.
* ``periods``: three reductions, three increases between two :class:`Period`: :func:`reductions_and_increases`.
* ``slowness``: why dossiers took longer than their limit: :func:`slowness`.
"""

from onestop_core._public import publish
from onestop_core.lab.burdens.costs import Burden, ProcedureBurden, Rates, StepBurden, burden
from onestop_core.lab.burdens.periods import Period, reductions_and_increases
from onestop_core.lab.burdens.slowness import Cause, Size, Slow, Slowness, slowness

__all__ = [
    "Burden",
    "Cause",
    "Period",
    "ProcedureBurden",
    "Rates",
    "Size",
    "Slow",
    "Slowness",
    "StepBurden",
    "burden",
    "reductions_and_increases",
    "slowness",
]

publish(globals())
