"""One event after the other: how a machine reads the table.

* ``machine``: the machine itself: :class:`Machine`, :func:`machine`.
* ``guards``: whether a condition of the table holds, and what is in its way.
* ``moves``: the table made ready to run: which event leads where, what it does to the time and asks of the host.
* ``folding``: what an event makes of a dossier once it is judged, or told by an accepted log.
* ``striking``: an event recorded by mistake is struck, and the dossier goes on without it.
* ``limits``: which of the times that a law gives holds for a dossier: :func:`law_limit`.
* ``refusals``: why an event is refused, in which words and on what ground; ``MAX_EVENTS``.
"""

from onestop_core._public import publish
from onestop_core.dossier.stepping.limits import law_limit
from onestop_core.dossier.stepping.machine import Machine, machine
from onestop_core.dossier.stepping.refusals import MAX_EVENTS

__all__ = ["MAX_EVENTS", "Machine", "law_limit", "machine"]

publish(globals())
