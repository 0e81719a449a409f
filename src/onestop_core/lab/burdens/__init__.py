"""What law costs and where time goes: catalogues priced, periods compared, slowness by its causes.

* ``rates``: what each thing costs that a catalogue asks for: :class:`Rates` of whoever counts.
* ``costs``: a catalogue by the standard cost model: :func:`burden`.
* ``periods``: what is known of a :class:`Period`.
* ``aims``: three reductions, three increases between two of them: :func:`reductions_and_increases`.
* ``seen``: what logs show beside these figures: :class:`Seen`.
* ``projects``: two periods from files: :func:`load_periods`.
* ``slowness``: why dossiers took longer than their limit: :func:`slowness`.
"""

from onestop_core._public import publish
from onestop_core.lab.burdens.aims import PeriodsCompared, reductions_and_increases
from onestop_core.lab.burdens.costs import ActivityBurden, Burden, ProcedureBurden, StepBurden, burden
from onestop_core.lab.burdens.periods import Period
from onestop_core.lab.burdens.projects import TwoPeriods, load_periods, standing
from onestop_core.lab.burdens.rates import Rates
from onestop_core.lab.burdens.seen import Seen
from onestop_core.lab.burdens.slowness import Cause, Size, Slow, Slowness, SlowPlace, slowness

__all__ = [
    "ActivityBurden",
    "Burden",
    "Cause",
    "Period",
    "PeriodsCompared",
    "ProcedureBurden",
    "Rates",
    "Seen",
    "Size",
    "Slow",
    "SlowPlace",
    "Slowness",
    "StepBurden",
    "TwoPeriods",
    "burden",
    "load_periods",
    "reductions_and_increases",
    "slowness",
    "standing",
]

publish(globals())
