"""What is asked of a limit and of a dossier's clock.

``deadline`` (one limit), ``countdown`` (a dossier's clock), ``promise_gap`` (an appointment beyond the limit, or short of it),
``appointments`` (what an event must carry), ``readings`` (what open law allows).
"""

from onestop_core._public import publish
from onestop_core.deadlines.answers.promise_gap import PromiseGap
from onestop_core.deadlines.answers.readings import Ground, Reading, Readings, Way

__all__ = ["Ground", "PromiseGap", "Reading", "Readings", "Way"]

publish(globals())
